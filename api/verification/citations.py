"""Whether the ids an answer cites exist, are current, and bear what it says."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from api.knowledge.catalogue import Catalogue
from api.store.tables import CitationRow, MovedSlugRow, SourceRow, StatementRow
from api.verification.judge import Verdict
from api.verification.verify import Checked


@dataclass(frozen=True)
class CitationCheck:
    """One cited id: whether the release has it, whether it is served as such, and the sentences it supports, by number."""

    id: str
    exists: bool
    current: bool
    kind: str | None
    supports: tuple[int, ...]


class CitationBook:
    """Every statement id with its sources, and every source id, of the release."""

    def __init__(self, sources_of: dict[str, frozenset[str]], sources: frozenset[str], moved: frozenset[str]) -> None:
        self._sources_of = sources_of
        self._sources = sources
        self._moved = moved

    def check(self, ids: list[str], checked: list[Checked]) -> list[CitationCheck]:
        """Each cited id once, in the order given."""
        return [self._one(wanted, checked) for wanted in dict.fromkeys(ids)]

    def _one(self, wanted: str, checked: list[Checked]) -> CitationCheck:
        if wanted in self._sources_of:
            return CitationCheck(wanted, True, True, "statement", self._supported(checked, frozenset({wanted})))
        if wanted in self._sources:
            resting = frozenset(key for key, sources in self._sources_of.items() if wanted in sources)
            return CitationCheck(wanted, True, True, "source", self._supported(checked, resting))
        known = wanted in self._moved or wanted.rpartition("-")[0] in self._moved
        return CitationCheck(wanted, known, False, None, ())

    def _supported(self, checked: list[Checked], ids: frozenset[str]) -> tuple[int, ...]:
        return tuple(
            number
            for number, item in enumerate(checked)
            if item.judgement.verdict is Verdict.SUPPORTED
            and any(candidate.claim.statement_id in ids for candidate in item.judgement.candidates)
        )


def load_citation_book(session: Session, _catalogue: Catalogue) -> CitationBook:
    """The ids of the release, read once."""
    sources_of: dict[str, set[str]] = {key: set() for key in session.exec(select(StatementRow.id)).all()}
    rows = select(CitationRow.statement_id, CitationRow.source_id).order_by(col(CitationRow.statement_id))
    for statement_id, source_id in session.exec(rows).all():
        sources_of[statement_id].add(source_id)
    frozen = {key: frozenset(sources) for key, sources in sources_of.items()}
    served = frozenset(session.exec(select(SourceRow.id)).all())
    return CitationBook(frozen, served, frozenset(session.exec(select(MovedSlugRow.slug)).all()))
