"""A small sound seed for tests to which the amount of content does not matter: a cut of the real one, nothing invented.

It holds the concepts that carry the founding document and the one the tests edit, with every concept they cannot do without;
links to other concepts are left out, and so are sources nobody cites any more, codes, data sets, and what the files of words say
of what is left out.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from api.seeding.book import Book
from api.seeding.canonical import plain
from api.seeding.export import files
from api.seeding.records import AnyConceptRecord, QuestionRecord
from api.seeding.rules.coverage import _SIDES
from api.seeding.seed import Seed
from api.vocabulary import Audience, ConceptKind

EDITED = "amorphous"
_WORDINGS = 3
_FINDINGS = (ConceptKind.SUBTYPE, ConceptKind.CONDITION)


def smaller(book: Book) -> Seed:
    """The cut of a seed."""
    seed = book.reading.seed()
    kept = _kept(book)
    held = _held(book, kept)
    concepts = tuple(_unlinked(concept, kept, held) for concept in seed.concepts if concept.slug in kept)
    cited = {citation.source for concept in concepts for statement in concept.statements for citation in statement.citations}
    sources = tuple(source for source in seed.sources if source.id in cited)
    named = {*book.concepts, *book.statements, *book.sources}
    left_out = named - kept - held - cited
    words = tuple(
        (stem, type(record).model_validate(_few_wordings(_only_about(plain(record), left_out))))
        for stem, record in seed.language
        if "/" not in stem
    )
    linked = {urlsplit(source.url).netloc for source in sources if source.url}
    hosts = tuple(host for host in seed.link_hosts if host.host in linked)
    return seed.model_copy(update={"concepts": concepts, "sources": sources, "link_hosts": hosts, "language": words})


def write_seed(seed: Seed, folder: Path) -> Path:
    """Write a seed as a folder of files in their canonical form."""
    for name, text in files(seed).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def _kept(book: Book) -> set[str]:
    """The concepts that stay, closed over what a concept cannot do without."""
    founding = {book.owners[statement_id].slug for statement_id, said in book.statements.items() if book.is_founding(said)}
    waiting = [EDITED, *founding]
    kept: set[str] = set()
    while waiting:
        slug = waiting.pop()
        if slug not in kept:
            kept.add(slug)
            waiting += _needed(book, book.concepts[slug])
    return kept


def _held(book: Book, kept: set[str]) -> set[str]:
    """The statements that stay: what is arranged somewhere, the founding ones, and the first of each aspect for each audience."""
    held = {statement_id for slug in kept for statement_id in _arranged(book.concepts[slug])}
    for slug in kept:
        firsts = {(said.aspect, said.audience): said.id for said in reversed(book.concepts[slug].statements)}
        held |= {
            said.id
            for said in book.concepts[slug].statements
            if slug == EDITED or book.is_founding(said) or firsts[said.aspect, said.audience] == said.id
        }
    return held


def _needed(book: Book, concept: Any) -> Iterator[str]:
    yield from (book.owners[statement_id].slug for statement_id in _arranged(concept))
    for statement in concept.statements:
        yield from (slug for figure in statement.figures for slug in (figure.morphology, figure.distribution) if slug)
    if getattr(concept, "type", None):
        yield concept.type
    if getattr(concept, "usual_assessment", None):
        yield concept.usual_assessment.assessment
    if concept.kind in _FINDINGS:
        yield from _told_by_others(book, concept)


def _told_by_others(book: Book, concept: Any) -> Iterator[str]:
    """One other concept for each side of a finding that only others tell."""
    for audience, aspects in product(Audience, _SIDES.values()):
        told = any(item.audience is audience and item.aspect in aspects for item in (*concept.statements, *concept.gaps))
        if not told:
            yield next(
                owner.slug
                for owner in book.concepts.values()
                for said in owner.statements
                if concept.slug in said.concepts and said.audience is audience and said.aspect in aspects
            )


def _arranged(concept: Any) -> Iterator[str]:
    """The ids of the statements a concept shows or rests on."""
    yield from (*concept.summary.patient, *concept.summary.clinician)
    yield from (question.because for question in concept.questions_to_ask)
    for conflict in concept.conflicts:
        yield from conflict.statements
    for statement in concept.statements:
        yield from statement.show_with
    for name in ("size_mm", "usual_assessment", "likelihood"):
        if about := getattr(concept, name, None):
            yield about.statement


def _unlinked(concept: Any, kept: set[str], held: set[str]) -> AnyConceptRecord:
    """The concept without its links to concepts that are left out."""
    statements = tuple(
        statement.model_copy(update={"concepts": _only(statement.concepts, kept)})
        for statement in concept.statements
        if statement.id in held
    )
    relations = tuple(link for link in concept.relations if link.target in kept and held.issuperset(link.statements))
    update: dict[str, Any] = {"statements": statements, "relations": relations}
    if hasattr(concept, "questions"):
        answered = (question for question in concept.questions if held.issuperset(_answer(question)))
        update["questions"] = tuple(
            question.model_copy(update={"concepts": _only(question.concepts, kept)}) for question in answered
        )
    unlinked: AnyConceptRecord = concept.model_copy(update=update)
    return unlinked


def _only_about(data: Any, left_out: set[str]) -> Any:
    """Plain data of a file of words without the entries that name what is left out, or that say nothing without it."""
    if isinstance(data, dict):
        return {key: _only_about(value, left_out) for key, value in data.items() if not _names(key, value, left_out)}
    if isinstance(data, list):
        cut = [(item, _only_about(item, left_out)) for item in data if not _is_about(item, left_out)]
        return [now for before, now in cut if not _is_emptied(before, now)]
    return data


def _few_wordings(data: dict[str, Any]) -> dict[str, Any]:
    """The typed questions a concept is known by are many: a few of each are enough here."""
    for part in (*data.get("inside", ()), *data.get("outside", ())):
        part["wordings"] = part["wordings"][:_WORDINGS]
    return data


def _names(key: str, value: Any, left_out: set[str]) -> bool:
    return key in left_out or (isinstance(value, str) and value in left_out)


def _is_about(item: Any, left_out: set[str]) -> bool:
    if isinstance(item, dict):
        return any(_is_about(value, left_out) for value in item.values() if not isinstance(value, list))
    return isinstance(item, str) and item in left_out


def _is_emptied(before: Any, now: Any) -> bool:
    return isinstance(before, dict) and any(before[key] and not value for key, value in now.items() if isinstance(value, list))


def _answer(question: QuestionRecord) -> tuple[str, ...]:
    return (*question.answer.patient, *question.answer.clinician)


def _only(slugs: tuple[str, ...], kept: set[str]) -> tuple[str, ...]:
    return tuple(slug for slug in slugs if slug in kept)
