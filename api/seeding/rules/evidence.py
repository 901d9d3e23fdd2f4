"""Risk figures name their population and stand at the right concepts; codes, data sets and word lists name what exists."""

from collections.abc import Iterator
from typing import TypeVar

from api.errors import Finding
from api.seeding.book import Book
from api.seeding.language import key_of
from api.seeding.read import language_file
from api.seeding.records import FigureRecord, Record, StatementRecord, SubtypeRecord
from api.seeding.rules.figures import counts_printed
from api.seeding.shapes_codes import CodeSystemRecord
from api.seeding.shapes_datasets import DatasetLabelRecord, DatasetRecord
from api.seeding.shapes_evidence import EvidenceWordsRecord
from api.seeding.shapes_resolve import ResolveWordsRecord
from api.vocabulary import CodeUse, ConceptKind, Measure, Scheme

Shape = TypeVar("Shape", bound=Record)


def figures_at_home(book: Book) -> Iterator[Finding]:
    """A figure's shape and distribution are concepts of its statement, and a predictive value names its population."""
    for concept in book.concepts.values():
        for statement in concept.statements:
            for place, figure in enumerate(statement.figures):
                key = f"{statement.id}.figures.{place}"
                about = {concept.slug, *statement.concepts}
                for slug in (figure.morphology, figure.distribution):
                    if slug and slug not in about:
                        remedy = f"the figure is about '{slug}' but the statement is not; add it to `concepts`"
                        yield Finding(book.file(concept), key, remedy)
                if figure.measure is Measure.PPV and not figure.among:
                    yield Finding(book.file(concept), key, "a ppv needs `among`: the people or findings counted")


def printed_counts(book: Book) -> Iterator[Finding]:
    """Where a sentence prints 'events of n', a figure of that proportion holds both."""
    for statement_id, statement in book.statements.items():
        file = book.file(book.owners[statement_id])
        for place, figure in enumerate(statement.figures):
            if figure.measure in (Measure.PPV, Measure.UPGRADE) and (missed := _missed(statement, figure)):
                yield Finding(file, f"{statement_id}.figures.{place}", f"the text prints '{missed}'; give events and n")


def _missed(statement: StatementRecord, figure: FigureRecord) -> str | None:
    if figure.value is None or figure.events is not None:
        return None
    held = {(other.events, other.n) for other in statement.figures}
    for events, n, printed in counts_printed(statement.text):
        if (events, n) not in held and n and abs(events / n - figure.value) <= 0.5 * 10 ** -_decimals(figure.value):
            return printed
    return None


def _decimals(value: float) -> int:
    return max(2, len(f"{value:g}".partition(".")[2]))


def codes(book: Book) -> Iterator[Finding]:
    """Codes stand once in their system, name concepts that exist, and show the owner's words only where that is allowed."""
    for key, system in _records(book, CodeSystemRecord):
        file = language_file(key)
        seen: set[str] = set()
        for code in system.codes:
            if code.code.casefold() in seen:
                yield Finding(file, code.code, "the code stands twice; keep one and name all its concepts there")
            seen.add(code.code.casefold())
            if code.display and system.use is not CodeUse.CODE_AND_DISPLAY:
                yield Finding(file, code.code, "the owner's wording may not be shown; write a `label` of our own")
            yield from _known(book, file, code.code, [target.slug for target in code.concepts])


def datasets(book: Book) -> Iterator[Finding]:
    """A data set cites a source of the seed and maps its labels to shapes and distributions."""
    for key, record in _records(book, DatasetRecord):
        file = language_file(key)
        if record.source not in book.sources:
            yield Finding(file, "source", f"no source is called '{record.source}'")
        yield from _labels(book, file, "shapes", record.shapes, ConceptKind.SUBTYPE)
        yield from _labels(book, file, "distributions", record.distributions, ConceptKind.DISTRIBUTION)
        for place, row in enumerate(record.rows):
            if row.outcome not in record.outcomes:
                yield Finding(file, f"rows.{place}", f"the outcome '{row.outcome}' is not among `outcomes`")


def _labels(book: Book, file: str, key: str, labels: tuple[DatasetLabelRecord, ...], kind: ConceptKind) -> Iterator[Finding]:
    for item in labels:
        target = book.concepts.get(item.concept)
        if target is None or target.kind is not kind:
            yield Finding(file, f"{key}.{item.label}", f"'{item.concept}' is no {kind} of the seed")


def words(book: Book) -> Iterator[Finding]:
    """The word lists name concepts, sources and statements that exist; the matrix has every lexicon shape and distribution."""
    for key, record in _records(book, ResolveWordsRecord):
        yield from _known(book, language_file(key), "names", [name.concept for name in record.names])
        yield from _known(book, language_file(key), "subordinate", list(record.subordinate))
    for key, told in _records(book, EvidenceWordsRecord):
        yield from _evidence_words(book, language_file(key), told)


def _evidence_words(book: Book, file: str, told: EvidenceWordsRecord) -> Iterator[Finding]:
    shapes = {c.slug for c in book.concepts.values() if isinstance(c, SubtypeRecord) and c.scheme is Scheme.LEXICON}
    spreads = {c.slug for c in book.concepts.values() if c.kind is ConceptKind.DISTRIBUTION}
    for key, given, wanted in (("rows", told.rows, shapes), ("columns", told.columns, spreads)):
        if sorted(given) != sorted(wanted):
            yield Finding(file, key, f"name each of these once: {', '.join(sorted(wanted))}")
    for population in told.populations:
        for source in population.sources:
            if source not in book.sources:
                yield Finding(file, f"populations.{population.kind}", f"no source is called '{source}'")
    for joint in told.joint:
        yield from _known(book, file, "joint", [*joint.morphologies, *joint.distributions])
    for pair in told.pair_assessments:
        yield from _known(book, file, "pair_assessments", [pair.morphology, pair.distribution, pair.assessment])
        if pair.statement not in book.statements:
            yield Finding(file, "pair_assessments", f"no statement is called '{pair.statement}'")


def _known(book: Book, file: str, key: str, slugs: list[str]) -> Iterator[Finding]:
    for slug in slugs:
        if slug not in book.concepts:
            yield Finding(file, key, f"no concept is called '{slug}'")


def _records(book: Book, shape: type[Shape]) -> Iterator[tuple[str, Shape]]:
    for name, record in book.reading.language.items():
        if isinstance(record, shape):
            yield key_of(name), record


RULES = (figures_at_home, printed_counts, codes, datasets, words)
