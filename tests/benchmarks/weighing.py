"""Fits the weights of `grounding/doubt.py` and `grounding/confidence.py` anew: `python -m tests.benchmarks.weighing`.

Every line of `wordings.yaml` is asked with a fifth of all lines held out, it among them, and every question of the sets but
the blind one with none. The weights are logistic regressions with a small penalty over both. The figures told are of weights
fitted without the questions they are told of, so that they are no flattery; the numbers to write into the code are fitted on
everything.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from sqlmodel import Session

from api.grounding.ground import Grounding, load_grounding
from api.grounding.passages import load_shelf
from api.grounding.refusal import refuse, shown_by_words, signals_of
from api.grounding.select import Wish, choose, pooled
from api.knowledge.catalogue import load_catalogue
from api.knowledge.language import load_language_file
from api.knowledge.questions import each_question
from api.knowledge.shared import each_sentence
from api.search.examples import Example, example_entries
from api.search.index import Entry, Index, stored
from api.search.indexing import introductions_of
from api.search.labels import load_names
from api.search.library import Library
from api.search.meaning import gather
from api.search.stems import stem
from api.search.taught import concepts_of, examples_of_names, loose_texts, stems_of, told_of, typical_texts, wordings_of
from api.search.typical import prototype_entries
from api.settings import Settings
from api.store.engine import open_for_reading
from api.store.releases import current
from api.vocabulary import Audience
from tests.benchmarks.regression import Case, fitted, odds

_SETS = Path(__file__).parent.parent / "data"
_BLIND = "questions.judged"
_FOLDS = 5
_HEAVY = {"doubt": 5.0, "confidence": 3.0}
_MOST_STRENGTH = 5.0
_WISH = Wish(Audience.PATIENT, None, 5)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the service saw it: its set ("lines" for held-out ones), the fold, and what the weights are fitted on."""

    named: str
    fold: int
    refusable: bool
    signals: tuple[float, ...]
    doubt: float
    strongest: float
    right: bool | None


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    example: Example

    @property
    def fold(self) -> int:
        return crc32(self.text.encode()) % _FOLDS


def main() -> None:
    """Ask everything, fit, print."""
    engine = open_for_reading(current(Settings().data_dir))
    with Session(engine) as session:
        asked = list(_all(session))
    _told("doubt", [_doubt_case(item) for item in asked])
    answered = [item for item in asked if item.right is not None]
    _told("confidence", [_confidence_case(item) for item in answered])


def _all(session: Session) -> Iterator[Asked]:
    grounding = load_grounding(session, load_catalogue(session))
    for path in sorted(_SETS.glob("questions.*.jsonl")):
        if path.stem == _BLIND:
            continue
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
        for number, row in enumerate(rows):
            yield _ask(grounding, session, stored(session), row["question"], set(row["relevant"]), (path.stem, number % _FOLDS))
    lines = _lines(session, grounding)
    for fold in range(_FOLDS):
        taught = dict(_entries(session, grounding, [line.example for line in lines if line.fold != fold]))
        for line in lines:
            if line.fold == fold:
                yield _ask(grounding, session, _over(session, taught), line.text, set(line.example.concepts), ("lines", fold))


def _lines(session: Session, grounding: Grounding) -> list[_Line]:
    typed = load_language_file(session, "wordings")

    def stems(text: str) -> tuple[str, ...]:
        return tuple(map(stem, grounding.search.words.rewriter.words(text)))

    inside = [_Line(text, Example(stems(text), tuple(part["concepts"]))) for part in typed["inside"] for text in part["wordings"]]
    return inside + [
        _Line(text, Example(stems(text), reason=part["reason"])) for part in typed["outside"] for text in part["wordings"]
    ]


def _entries(session: Session, grounding: Grounding, lines: Iterable[Example]) -> Iterator[Entry]:
    """What the index would hold of examples, had there been these lines only."""
    words = grounding.search.words
    asked = (
        Example(stems_of(wording, words.rewriter), concepts_of(question))
        for question in each_question(session)
        for wording in wordings_of(question)
    )
    examples = [*examples_of_names(load_names(session), words.rewriter), *asked, *lines]
    told = (told_of(sentence, stems_of(sentence.text, words.rewriter)) for sentence in each_sentence(session))
    loose = loose_texts(session, told, introductions_of(session), words.rewriter)
    yield from example_entries(examples, words.stop_stems)
    yield from prototype_entries([*typical_texts(examples), *loose], words.stop_stems)


def _over(session: Session, taught: dict[str, bytes]) -> Index:
    """The index of the release with other examples."""
    kept = stored(session)
    parts = {key.partition("/")[0] for key in taught}

    def read(keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        yield from ((key, taught[key]) for key in keys if key in taught)
        rest = [key for key in keys if key.partition("/")[0] not in parts]
        kept.want(rest)
        yield from ((key, data) for key in rest if (data := kept.get(key)) is not None)

    return Index(read)


def _ask(grounding: Grounding, session: Session, index: Index, question: str, labels: set[str], place: tuple[str, int]) -> Asked:
    library = Library(grounding.search.words, index)
    reading = library.reader.read(question)
    evidence = gather(library, grounding.search.intents, reading)
    ours = bool(grounding.gate.field.matches(reading.words))
    shown = shown_by_words(grounding.gate, reading.words, ours=ours) is not None
    signals = signals_of(grounding.gate, library, reading, evidence, shown=shown, ours=ours)
    refusal, doubt = refuse(grounding.gate, library, reading, evidence)
    chosen = [] if refusal else choose(load_shelf(index, pooled(evidence)), evidence, _WISH)
    right = chosen[0].concepts[0] in labels if chosen else None
    return Asked(*place, not labels, signals.values(), doubt, min(evidence.strongest, _MOST_STRENGTH), right)


def _doubt_case(item: Asked) -> Case:
    return Case(item.named, item.fold, item.signals, item.refusable, 1.0 if item.named == "lines" else _HEAVY["doubt"])


def _confidence_case(item: Asked) -> Case:
    heavy = 1.0 if item.named == "lines" else _HEAVY["confidence"]
    return Case(item.named, item.fold, (item.strongest, item.doubt), bool(item.right), heavy)


def _told(name: str, cases: Sequence[Case]) -> None:
    """The weights, and how often a case lies on the right side by weights fitted without its fold."""
    print(name, " ".join(f"{weight:.2f}" for weight in fitted(cases)))  # noqa: T201  # a report
    above: dict[tuple[str, bool], list[bool]] = defaultdict(list)
    for fold in range(_FOLDS):
        weights = fitted([case for case in cases if case.fold != fold])
        for case in cases:
            if case.fold == fold:
                above[case.named, case.wanted].append(odds(weights, case) > 0)
    for (named, wanted), sides in sorted(above.items()):
        share = sum(sides) / len(sides)
        print(f"{named:20} {'wanted' if wanted else 'not   '} {share:.3f} above 0 of {len(sides)}")  # noqa: T201  # a report


if __name__ == "__main__":
    main()
