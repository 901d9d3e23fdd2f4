"""How long the longest texts take to read, and that time grows with length and no faster. Reports, never fails on a time."""

from time import process_time

import pytest

from api.annotation.read import read_report
from api.annotation.wording import Wording, load_wording
from tests.conftest import Client

LONGEST = 20_000
PIECES = {
    "shorthand": "R br UOQ grp amorph ca++, 4B, rec stereo bx. ",
    "denials": "no dcis ",
    "cues": "no possible ",
    "grades": "4b ",
    "stops": ". ",
    "questions": "? ",
    "other script": "سرطان الثدي ",
    "emoji": "😀",
    "nul": "\0",
    "html": "<b>no</b> ",
    "one word": "x",
    "typing errors": "steretactic amorphus calcificatons ",
    "spelled letters": "d c i s ",
}


def _milliseconds(text: str, wording: Wording) -> float:
    times = []
    for _ in range(3):
        started = process_time()
        read_report(text, wording)
        times.append(process_time() - started)
    return 1000 * min(times)


@pytest.mark.benchmark
def test_reading_time_is_linear(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    wording = client.app.state.serving.store().part(load_wording)
    with capsys.disabled():
        for name, piece in PIECES.items():
            text = (piece * LONGEST)[:LONGEST]
            whole, quarter = _milliseconds(text, wording), _milliseconds(text[: LONGEST // 4], wording)
            print(f"{name:16} {whole:7.1f} ms for {LONGEST} characters, {quarter:6.1f} ms for a quarter")  # noqa: T201
