"""A whole release as v1 shows it, item by item: what the pages of each list and each card hold, for the bulk copies."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel
from sqlmodel import Session, col, select

from api.exports.copy import write_copy
from api.exports.files import ExportFormat, Exports, find_or_make
from api.exports.texts import write_texts
from api.knowledge.catalogue import Catalogue, load_catalogue
from api.knowledge.concepts import get_concept
from api.knowledge.lens import Lens
from api.knowledge.listing import Window
from api.knowledge.questions import list_questions
from api.knowledge.references import references_after
from api.knowledge.sources import list_sources
from api.knowledge.statements import load_statements
from api.knowledge.views import Concept
from api.rest.v1 import assessments, concepts, conditions, distributions, guidance, questions, subtypes, types
from api.rest.v1.cards import INCLUDABLE, NOUNS
from api.rest.v1.sources import to_source_out
from api.rest.v1.statements import to_statement_out
from api.store.engine import open_for_reading
from api.store.tables import StatementRow
from api.vocabulary import ConceptKind
from api.web.envelope import meta_of

_AT_ONCE = 500
_CODE = version("calcification-api")
_CARDS: dict[ConceptKind, Callable[[Concept, list[str]], BaseModel]] = {
    ConceptKind.TYPE: types.to_out,
    ConceptKind.SUBTYPE: subtypes.to_out,
    ConceptKind.DISTRIBUTION: distributions.to_out,
    ConceptKind.CONDITION: conditions.to_out,
    ConceptKind.GUIDANCE: guidance.to_out,
    ConceptKind.ASSESSMENT: assessments.to_out,
}


@dataclass(frozen=True)
class BulkCopies:
    """The bulk copies of a release in the data folder, made when they are not there: a part of the open store."""

    data_dir: Path
    takes_long: ClassVar[bool] = True

    def __call__(self, session: Session, catalogue: Catalogue) -> Exports:
        """Find or make them. Another version of the code shows content otherwise and so has copies of its own."""
        release = catalogue.release
        systems = frozenset(system.id for system in catalogue.codes.systems)

        def write(paths: dict[ExportFormat, Path]) -> None:
            about = meta_of(release).model_dump(mode="json", exclude={"page"})
            write_texts(paths, about, collections(session, catalogue))
            write_copy(session, paths[ExportFormat.SQLITE], release.schema_revision, systems)

        name = f"release-{release.id}-{release.edition[:12]}.exports-{_CODE}-{_short(systems)}"
        return find_or_make(self.data_dir / name, write)


def _short(systems: frozenset[str]) -> str:
    """What tells copies with other code systems apart."""
    return hashlib.sha256(" ".join(sorted(systems)).encode()).hexdigest()[:8]


def make_copies(release_file: Path, data_dir: Path) -> Exports:
    """Make the bulk copies of a finished release file, if they are not there."""
    engine = open_for_reading(release_file)
    try:
        with Session(engine) as session:
            return BulkCopies(data_dir)(session, load_catalogue(session))
    finally:
        engine.dispose()


def collections(session: Session, catalogue: Catalogue) -> Iterator[tuple[str, Iterator[str]]]:
    """Each collection by the name of its list, items as JSON: whole cards; statements, questions and sources as listed."""
    for kind, to_out in _CARDS.items():
        yield NOUNS[kind], _cards(session, catalogue, kind, to_out)
    yield "concepts", _cards(session, catalogue, None, concepts.to_out)
    yield "questions", _questions(session)
    yield "statements", _statements(session)
    yield "sources", _sources(session)


def _cards(
    session: Session, catalogue: Catalogue, kind: ConceptKind | None, to_out: Callable[[Concept, list[str]], BaseModel]
) -> Iterator[str]:
    after: str | None = None
    while found := references_after(session, after, _AT_ONCE):
        for reference in found:
            if kind in (None, reference.kind):
                concept = get_concept(session, catalogue, reference.slug, kind, Lens())
                yield to_out(concept, []).model_dump_json(exclude=set(INCLUDABLE))
                session.expunge_all()
        after = found[-1].slug


def _questions(session: Session) -> Iterator[str]:
    def page(window: Window) -> Any:
        return list_questions(session, None, (), window, Lens())

    return _walked(session, page, lambda item: questions.to_out(item).model_dump_json(exclude={"statements"}))


def _sources(session: Session) -> Iterator[str]:
    def page(window: Window) -> Any:
        return list_sources(session, None, None, "id", window)

    return _walked(session, page, lambda item: to_source_out(item).model_dump_json())


def _walked(session: Session, page: Callable[[Window], Any], to_json: Callable[[Any], str]) -> Iterator[str]:
    after: int | None = None
    while True:
        part = page(Window(_AT_ONCE, after))
        yield from map(to_json, part.items)
        session.expunge_all()
        after = part.next_after
        if after is None:
            return


def _statements(session: Session) -> Iterator[str]:
    after = -1
    while True:
        found = select(StatementRow.id, StatementRow.position).where(StatementRow.position > after)
        rows = session.exec(found.order_by(col(StatementRow.position)).limit(_AT_ONCE)).all()
        if not rows:
            return
        for statement in load_statements(session, [row[0] for row in rows]):
            yield to_statement_out(statement).model_dump_json()
        session.expunge_all()
        after = rows[-1][1]
