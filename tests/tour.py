"""The README's tour: its questions are asked, its answers are compared. `python -m tests.tour` writes the answers afresh."""

import json
import re
import tempfile
from pathlib import Path
from typing import Any

import jq
from anyio.from_thread import start_blocking_portal

from api.derived import derived
from api.seeding.build import build
from api.settings import Settings
from tests.conftest import MIGRATIONS, ROOT, SEED, Client, client_for

README = ROOT / "README.md"
_STEP = re.compile(
    r"```console\ncurl -s (?P<body>-H 'Content-Type: application/json' -d '(?P<sent>[^']*)' )?"
    r"'http://127\.0\.0\.1:8000(?P<url>[^']*)' \| jq (?P<compact>-c )?'(?P<program>[^'\n]+)'\n```\n"
    r"(?:\n```json\n(?P<shown>.*?)\n```\n)?",
    re.DOTALL,
)


def answer(client: Client, step: "re.Match[str]") -> str:
    """What the terminal shows: each result of the jq program, on one line each when compact."""
    if step["sent"]:
        response = client.request("POST", step["url"], content=step["sent"], headers={"Content-Type": "application/json"})
    else:
        response = client.get(step["url"])
    results = jq.compile(step["program"]).input_value(response.json()).all()
    form: dict[str, Any] = {"separators": (",", ":")} if step["compact"] else {"indent": 2}
    return "\n".join(json.dumps(result, ensure_ascii=False, **form) for result in results)


def steps(text: str) -> list["re.Match[str]"]:
    """The steps of the tour."""
    return list(_STEP.finditer(text))


def rewritten(client: Client, text: str) -> str:
    """The README with the answers of today."""

    def with_answer(step: "re.Match[str]") -> str:
        question = step[0].split("\n```\n")[0]
        return f"{question}\n```\n\n```json\n{answer(client, step)}\n```\n"

    return _STEP.sub(with_answer, text)


def main() -> None:
    """Write the answers of today into the README."""
    with tempfile.TemporaryDirectory() as folder, start_blocking_portal() as portal:
        build(SEED, MIGRATIONS, Path(folder), lambda _step: None, derive=derived)
        with client_for(portal, Settings(data_dir=Path(folder), seed_dir=SEED, migrations_dir=MIGRATIONS)) as client:
            README.write_text(rewritten(client, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
