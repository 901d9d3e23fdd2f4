"""The MCP face can be switched off, and everything else goes on."""

import subprocess
import sys

from anyio.from_thread import BlockingPortal

from api.settings import Settings
from tests.conftest import client_for


def test_rest_stays_when_mcp_is_off(portal: BlockingPortal, settings: Settings) -> None:
    with client_for(portal, settings.model_copy(update={"mcp": False})) as client:
        assert client.get("/v1/types").status_code == 200
        assert client.request("POST", "/v1/ground", json={"question": "What is DCIS?"}).status_code == 200
        refused = client.request("POST", "/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "ping"})
        assert refused.status_code == 404
        assert refused.json()["code"] == "no-such-path"


def test_library_is_not_loaded_before_its_first_request() -> None:
    code = "import sys; from api.app import create_app; from api.settings import Settings; create_app(Settings(mcp=True)); "
    subprocess.run([sys.executable, "-c", code + "assert 'mcp' not in sys.modules"], check=True)
