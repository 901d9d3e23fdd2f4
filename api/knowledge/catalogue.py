"""What a process keeps in memory of its release: the release itself and the names of everything, to link and to help."""

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

from sqlalchemy import select as plain_select
from sqlmodel import Session, col, select

from api.errors import BadQuery, NotFound, Renamed, Retired
from api.knowledge.codes import ALL_SYSTEMS, CodeBook, load_code_book
from api.knowledge.prepared import columns, fetch
from api.knowledge.views import ConceptReference, Release
from api.store.tables import ConceptRow, LabelRow, MovedSlugRow, QuestionRow, ReleaseRow, SourceRow
from api.vocabulary import ConceptKind

_NEAR = 5
_LONGEST = 80
_MANY = 3_000


@dataclass(frozen=True)
class Catalogue:
    """The release and every slug, read once when the process starts."""

    release: Release
    concepts: dict[str, ConceptReference]
    questions: tuple[str, ...]
    sources: tuple[str, ...]
    moved: dict[str, str | None]
    reasons: dict[str, str]
    names: dict[str, str]
    codes: CodeBook = field(default_factory=CodeBook)

    def concept(self, slug: str, kind: ConceptKind | None = None) -> ConceptReference:
        """The concept of that slug and kind. Raises Renamed, Retired or NotFound with the nearest slugs."""
        found = self.concepts.get(slug)
        if found and kind in (None, found.kind):
            return found
        self._raise_if_moved(slug)
        known = [other.slug for other in self.concepts.values() if kind in (None, other.kind)]
        raise NotFound(kind or "concept", slug[:_LONGEST], self._near(slug, known))

    def filter_concept(self, parameter: str, slug: str, kind: ConceptKind | None = None) -> None:
        """Raise BadQuery when a list cannot be narrowed to that slug."""
        try:
            self.concept(slug, kind)
        except Renamed as error:
            raise BadQuery(parameter, error.detail, error.hint, (error.now,)) from None
        except (NotFound, Retired) as error:
            raise BadQuery(parameter, error.detail, error.hint, getattr(error, "near", ())) from None

    def filter_source(self, source_id: str) -> None:
        """Raise BadQuery when a list cannot be narrowed to that source."""
        if source_id not in self.sources:
            error = self.missing_source(source_id)
            raise BadQuery("source", error.detail, error.hint, error.near)

    def missing_question(self, slug: str) -> NotFound:
        """The error for a question that does not exist."""
        return NotFound("question", slug[:_LONGEST], _closest(slug, list(self.questions)))

    def missing_source(self, source_id: str) -> NotFound:
        """The error for a source that does not exist."""
        return NotFound("source", source_id[:_LONGEST], _closest(source_id, list(self.sources)))

    def refuse_retired(self, record: str) -> None:
        """Raise Retired when a statement, question or source of that id was served once and is no longer."""
        if record in self.reasons:
            raise Retired(record, self.reasons[record])

    def _raise_if_moved(self, slug: str) -> None:
        if slug not in self.moved:
            return
        now = self.moved[slug]
        if now:
            raise Renamed(slug, now)
        raise Retired(slug, self.reasons[slug])

    def _near(self, slug: str, known: list[str]) -> tuple[str, ...]:
        words = " ".join(re.findall(r"[a-z0-9]+", slug[:_LONGEST].casefold()))
        named = self.names.get(words)
        first = (named,) if named in known else ()
        close = _closest("-".join(words.split()), known)
        return tuple(dict.fromkeys((*(name for name in first if name), *close)))[:_NEAR]


def _closest(slug: str, known: list[str]) -> tuple[str, ...]:
    wanted = slug[:_LONGEST].casefold()
    if len(known) > _MANY:  # comparing letter by letter with everything would make a mistyped slug dear
        known = [other for other in known if other.startswith(wanted[:2])][:_MANY]
    parts = set(wanted.split("-"))
    sharing = [other for other in known if parts & set(other.split("-"))] if wanted else []
    close = get_close_matches(wanted, known, n=_NEAR, cutoff=0.6)
    return tuple(dict.fromkeys((*close, *sharing)))[:_NEAR]


def load_catalogue(session: Session, code_systems: str = ALL_SYSTEMS) -> Catalogue:
    """Read the catalogue of the release a store holds, with the codes of these systems."""
    concepts = plain_select(*columns(ConceptRow, ("slug", "kind", "name", "plain_name"))).order_by(col(ConceptRow.position))
    rows = fetch(session, concepts)
    moved = session.exec(select(MovedSlugRow)).all()
    in_order = (col(LabelRow.concept_slug), col(LabelRow.position))
    labels = fetch(session, plain_select(*columns(LabelRow, ("text", "concept_slug"))).order_by(*in_order))
    names = {" ".join(re.findall(r"[a-z0-9]+", label.text.casefold())): label.concept_slug for label in labels}
    for row in rows:
        for name in (row.plain_name, row.name):
            names[" ".join(re.findall(r"[a-z0-9]+", name.casefold()))] = row.slug
    return Catalogue(
        release=Release(**session.exec(select(ReleaseRow)).one().model_dump()),
        concepts={row.slug: ConceptReference(row.slug, ConceptKind(row.kind), row.name, row.plain_name) for row in rows},
        questions=tuple(session.exec(select(QuestionRow.slug).order_by(col(QuestionRow.position))).all()),
        sources=tuple(session.exec(select(SourceRow.id).order_by(col(SourceRow.position))).all()),
        moved={row.slug: row.now_slug for row in moved},
        reasons={row.slug: row.reason for row in moved if row.reason},
        names=names,
        codes=load_code_book(session, code_systems),
    )
