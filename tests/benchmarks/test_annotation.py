"""How long the longest texts take to read, and that time grows with length and no faster. Reports, never fails on a time."""

from random import Random
from time import process_time

import pytest
from sqlmodel import Session

from api.annotation.read import read_report
from api.annotation.wording import Wording, load_wording
from api.search.index import stored
from tests.conftest import Client

LONGEST = 20_000
LETTERS = "abcdefghijklmnopqrstuvwxyz"
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
    "findings": "grouped amorphous calcifications, ",
    "right to left": "سرطان قنوي 4b ",
    "combining": "e\u0301 ",
}


def _texts(wording: Wording) -> dict[str, str]:
    """The pieces over and over, and texts in which no word is like another: mistyped words of ours, and words of nobody."""
    chosen = Random(1)  # repeatable, not secret
    ours = sorted(word for word in wording.vocabulary if len(word) > len("round"))
    mistyped = (word[:2] + chosen.choice(LETTERS) + word[3:] for word in chosen.choices(ours, k=3_000))
    unknown = ("".join(chosen.choices(LETTERS, k=8)) for _ in range(3_000))
    texts = {name: (piece * LONGEST)[:LONGEST] for name, piece in PIECES.items()}
    return texts | {"all mistyped": " ".join(mistyped)[:LONGEST], "all unknown": " ".join(unknown)[:LONGEST]}


def _milliseconds(text: str, wording: Wording, session: Session) -> float:
    times = []
    for _ in range(3):
        started = process_time()
        read_report(text, wording, stored(session))
        times.append(process_time() - started)
    return 1000 * min(times)


@pytest.mark.benchmark
def test_reading_time_is_linear(client: Client, release_session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    wording = client.app.state.serving.store().part(load_wording)
    with capsys.disabled():
        for name, text in _texts(wording).items():
            whole, quarter = (_milliseconds(part, wording, release_session) for part in (text, text[: LONGEST // 4]))
            print(f"{name:16} {whole:7.1f} ms for {LONGEST} characters, {quarter:6.1f} ms for a quarter")  # noqa: T201
