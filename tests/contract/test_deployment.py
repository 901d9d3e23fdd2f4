"""The example deployment names real settings and real services, and a real nginx accepts its file."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from api.settings import Settings
from tests.conftest import ROOT

COMPOSE = ROOT / "docs" / "compose.yaml"
NGINX = ROOT / "docs" / "nginx.conf"
OPERATIONS = ROOT / "docs" / "operations.md"


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """The services of the compose file."""
    described: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
    return described


def test_replicas_are_set_with_real_settings(services: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("first", "second", "content"):
        given = services[name]["environment"]
        for variable, value in given.items():
            assert variable.removeprefix("CALC_").lower() in Settings.model_fields, variable
            assert isinstance(value, str), f"{variable} must be quoted"
            monkeypatch.setenv(variable, value)
        settings = Settings()
        assert settings.limits_rates
        assert settings.redis_url
        assert settings.drain_seconds + settings.stop_seconds < TypeAdapter(int).validate_python(
            services[name]["stop_grace_period"].removesuffix("s")
        )


def test_services_know_each_other(services: dict[str, Any]) -> None:
    environment = services["first"]["environment"]
    assert re.search(r"@(\w+):", environment["CALC_DATABASE_URL"])[1] in services  # type: ignore[index]  # a missing host fails
    assert re.search(r"//(\w+):", environment["CALC_REDIS_URL"])[1] in services  # type: ignore[index]  # a missing host fails
    password = services["database"]["environment"]["POSTGRES_PASSWORD"]
    assert f":{password}@" in environment["CALC_DATABASE_URL"]
    upstreams = re.findall(r"server (\w+):(\d+) ", NGINX.read_text(encoding="utf-8"))
    assert upstreams == [("first", "8000"), ("second", "8000")]
    assert {name for name, _ in upstreams} <= set(services)
    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)
    for volume in services["proxy"]["volumes"]:
        assert (COMPOSE.parent / volume.split(":")[0]).exists()
    assert (COMPOSE.parent / services["first"]["build"] / "Dockerfile").exists()


def test_proxy_hides_metrics_and_drops_claims() -> None:
    text = NGINX.read_text(encoding="utf-8")
    assert re.search(r"location = /metrics \{\s*return 404;", text)
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert "$request_uri" not in text
    assert "$args" not in text


def test_real_nginx_accepts_the_file(tmp_path: Path) -> None:
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not nginx:
        pytest.skip("no nginx on this machine (apt-get install nginx): its file was not checked by it")
    text = NGINX.read_text(encoding="utf-8").replace("first:", "127.0.0.1:").replace("second:", "127.0.0.2:")
    text = text.replace("/tmp/", f"{tmp_path}/")  # noqa: S108  # what the file says
    (tmp_path / "nginx.conf").write_text(text, encoding="utf-8")
    done = subprocess.run([nginx, "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_setting_is_told_to_operators() -> None:
    told = OPERATIONS.read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"`CALC_{name.upper()}`" in told, name
