"""Fits the weights of `verification/telling.py` anew: `python -m tests.benchmarks.telling`.

Every labelled sentence of our sets but the blind one is held against the release. Those that a rule contradicts are left to the
rule; of the others the likeliest statement counts. The figures told are of weights fitted without the set they are told of, or
without the third of a large set; the numbers to write into the code are fitted on everything.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zlib import crc32

from sqlmodel import Session

from api.knowledge.catalogue import load_catalogue
from api.search.index import Index, stored
from api.settings import Settings
from api.store.engine import open_for_reading
from api.store.releases import current
from api.verification.held import Held
from api.verification.judge import Verdict
from api.verification.telling import Signals, Telling
from api.verification.verify import Verifier, load_verifier
from tests.benchmarks.regression import Case, fitted, odds

AGAINST = ("wrong_words", "unpaired", "unknown", "untold", "elsewhere", "adrift", "wider", "open_order")
_DATA = Path(__file__).parent.parent / "data"
_SETS = ("dev", "fresh", "a", "b", "free", "newest", "own")
_LARGE, _PARTS = ("claims", "honest", "facts"), 3
_EVERY = {"claims": 4, "honest": 4}
_HONEST, _UNSUPPORTED = 0.5, 2.0
_SIGNS = [-1 if field.name in AGAINST else 1 for field in fields(Signals)]


@dataclass(frozen=True, slots=True)
class _Sentence:
    named: str
    text: str
    supported: bool
    heavy: float = 1.0

    @property
    def part(self) -> str:
        """What is held out together: a small set, or a third of a large one."""
        return f"{self.named} {crc32(self.text.encode()) % _PARTS}" if self.named in _LARGE else self.named


def main() -> None:
    """Hold everything, fit, print."""
    with Session(open_for_reading(current(Settings().data_dir))) as session:
        verifier, index = load_verifier(session, load_catalogue(session)), stored(session)
        held = [(sentence, signals) for sentence in _sentences() for signals in _likeliest(verifier, index, sentence.text)]
    print(" ".join(f"{weight:.2f}" for weight in _fitted(held)))  # noqa: T201  # a report
    for bias in (0.0, 0.15, 0.3):
        print(f"with {bias} added")  # noqa: T201  # a report
        for (named, supported), above in sorted(_held_out(held, bias).items()):
            share = sum(above) / len(above)
            print(f"  {named:8} {'honest' if supported else 'not   '} {share:.3f} supported of {len(above)}")  # noqa: T201


def _sentences() -> Iterator[_Sentence]:
    for name in _SETS:
        for row in _rows(f"verify.{name}"):
            for sentence in row["sentences"]:
                if sentence["verdict"] != Verdict.NOT_CHECKABLE:
                    heavy = _UNSUPPORTED if sentence["verdict"] == Verdict.UNSUPPORTED else 1.0
                    yield _Sentence(name, sentence["text"], sentence["verdict"] == Verdict.SUPPORTED, heavy)
    for row in _rows("claims")[:: _EVERY["claims"]]:
        yield from (_Sentence("claims", text, supported=True) for text in row["right"])
        yield from (_Sentence("claims", item["text"], supported=False) for item in row["wrong"])
    for row in _rows("honest")[:: _EVERY["honest"]]:
        yield _Sentence("honest", row["text"], supported=True, heavy=_HONEST)
    for row in _rows("facts"):
        yield _Sentence("facts", row["text"], row["verdict"] == Verdict.SUPPORTED)


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (_DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if line]


def _likeliest(verifier: Verifier, index: Index, text: str) -> list[tuple[float, ...]]:
    """The signals of the statement that most likely tells a sentence; none where a rule contradicts it or nothing is close."""
    found: list[Signals] = []

    def weighed(telling: Telling, held: Held) -> float:
        found.append(telling.signals(held))
        return found[-1].odds()

    with patch.object(Telling, "odds", weighed):
        checked = verifier.check(text, index)
    if len(checked) != 1 or checked[0].judgement.verdict is Verdict.CONTRADICTED or not found:
        return []
    return [max(found, key=Signals.odds).values()]


def _fitted(held: Sequence[tuple[_Sentence, tuple[float, ...]]]) -> list[float]:
    """Weights of which none has the wrong sign: those that would have it are left out."""
    left_out: set[int] = set()
    while True:
        weights = fitted([_case(sentence, signals, left_out) for sentence, signals in held])
        wrong = {place for place, sign in enumerate(_SIGNS) if sign * weights[1 + place] < 0} - left_out
        if not wrong:
            return weights
        left_out |= wrong


def _case(sentence: _Sentence, signals: tuple[float, ...], left_out: set[int]) -> Case:
    values = tuple(0.0 if place in left_out else value for place, value in enumerate(signals))
    return Case(sentence.named, 0, values, sentence.supported, sentence.heavy)


def _held_out(held: Sequence[tuple[_Sentence, tuple[float, ...]]], bias: float) -> dict[tuple[str, bool], list[bool]]:
    """For each set, of honest sentences and others, which are called supported by weights fitted without them."""
    above: dict[tuple[str, bool], list[bool]] = defaultdict(list)
    for part in sorted({sentence.part for sentence, _ in held}):
        weights = _fitted([pair for pair in held if pair[0].part != part])
        for sentence, signals in held:
            if sentence.part == part:
                above[sentence.named, sentence.supported].append(odds(weights, _case(sentence, signals, set())) + bias > 0)
    return above


if __name__ == "__main__":
    main()
