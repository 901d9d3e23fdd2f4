"""The README's tour: its questions are asked, its answers are compared. `python -m tests.tour` writes the answers afresh."""

import json
import re
import tempfile
from pathlib import Path
from typing import Any

from anyio.from_thread import start_blocking_portal

from api.seeding.build import build
from api.settings import Settings
from tests.conftest import MIGRATIONS, ROOT, SEED, Client, client_for

README = ROOT / "README.md"
_STEP = re.compile(
    r"```console\ncurl -s (?P<body>-H 'Content-Type: application/json' -d '(?P<sent>[^']*)' )?"
    r"'http://127\.0\.0\.1:8000(?P<url>[^']*)' \| jq (?P<jq>[^\n]+)\n```\n"
    r"(?:\n```json\n(?P<shown>.*?)\n```\n)?",
    re.DOTALL,
)


def picked(body: Any, jq: str) -> Any:
    """What the few jq programs of the tour pick."""
    program = jq.strip("'")
    for part in program.split(" | "):
        if part.startswith("{"):
            body = {name.strip(): body[name.strip()] for name in part.strip("{}").split(",")}
        else:
            for name in part.strip(".").split("."):
                body = body[name] if name else body
    return body


def answer(client: Client, step: "re.Match[str]") -> Any:
    """The real answer to a step."""
    if step["sent"]:
        response = client.request("POST", step["url"], content=step["sent"], headers={"Content-Type": "application/json"})
    else:
        response = client.get(step["url"])
    return picked(response.json(), step["jq"])


def steps(text: str) -> list["re.Match[str]"]:
    """The steps of the tour."""
    return list(_STEP.finditer(text))


def rewritten(client: Client, text: str) -> str:
    """The README with the answers of today."""

    def with_answer(step: "re.Match[str]") -> str:
        question = step[0].split("\n```\n")[0]
        shown = json.dumps(answer(client, step), indent=2, ensure_ascii=False)
        return f"{question}\n```\n\n```json\n{shown}\n```\n"

    return _STEP.sub(with_answer, text)


def main() -> None:
    """Write the answers of today into the README."""
    with tempfile.TemporaryDirectory() as folder, start_blocking_portal() as portal:
        build(SEED, MIGRATIONS, Path(folder), lambda _step: None)
        with client_for(portal, Settings(data_dir=Path(folder), seed_dir=SEED, migrations_dir=MIGRATIONS)) as client:
            README.write_text(rewritten(client, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
