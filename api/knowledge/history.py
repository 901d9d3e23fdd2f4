"""Past releases and what changed between any two of them.

What releases said of themselves is kept in memory; their changes are read when they are asked for, a release at a time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from sqlmodel import Session, col, select

from api.changes import Added, Change, Changed, Retired, net
from api.errors import BadQuery
from api.knowledge.catalogue import Catalogue
from api.knowledge.views import Release
from api.recent import Recent
from api.store.tables import PastReleaseRow
from api.vocabulary import ChangeKind, RecordKind

_SPANS_KEPT, _MOST_KEPT = 4, 500
_Span = tuple[int, int]


@dataclass(frozen=True)
class History:
    """Every known release, oldest first, the current one last; what changed between them is read from the database.

    Net changes are kept for the few spans asked for last, where they are at most 500, so that the next page need not make
    them again: memory does not grow with the past.
    """

    releases: tuple[Release, ...]
    followed: tuple[bool, ...]
    _kept: Recent[_Span, tuple[Change, ...]] = field(default_factory=lambda: Recent(_SPANS_KEPT), compare=False, repr=False)

    def release(self, parameter: str, version: str) -> Release:
        """A known release. Raises BadQuery with the nearest ids."""
        return self.releases[self._place(parameter, version)]

    def changes(self, session: Session, since: str, until: str | None) -> tuple[Change, ...]:
        """The net changes from one known release to another. Raises BadQuery when they are unknown or in the wrong order."""
        first = self._place("since", since)
        last = self._place("until", until) if until else len(self.releases) - 1
        if first > last:
            raise BadQuery("since", f"Release {since} came after {until}.", "Name the older release in 'since'.")
        if not all(self.followed[first:last]):
            detail = f"The content served as {self.releases[-1].id} was edited after that release was recorded."
            raise BadQuery("until", detail, "The changes are known once its edits have a release of their own; take an export.")
        kept = self._kept.get((first, last))
        return self._made(session, (first, last)) if kept is None else kept

    def _made(self, session: Session, span: _Span) -> tuple[Change, ...]:
        made = tuple(net(_steps(session, span)))
        if len(made) <= _MOST_KEPT:
            self._kept.put(span, made)
        return made

    def known(self) -> tuple[str, ...]:
        """The ids of every known release, newest first."""
        return tuple(release.id for release in reversed(self.releases))

    def _place(self, parameter: str, version: str) -> int:
        for place, release in enumerate(self.releases):
            if release.id == version:
                return place
        near = _near(version, self.known())
        raise BadQuery(parameter, f"No release is called '{version[:40]}'.", "List /v1/releases to see what is known.", near)


def load_history(session: Session, catalogue: Catalogue) -> History:
    """Read what the past releases of the release a store holds said of themselves."""
    chosen = select(PastReleaseRow.content, PastReleaseRow.is_followed).order_by(col(PastReleaseRow.position))
    past = [(_release(content), followed) for content, followed in session.exec(chosen.execution_options(yield_per=1))]
    return History((*(release for release, _ in past), catalogue.release), tuple(followed for _, followed in past))


def _steps(session: Session, span: _Span) -> Iterator[Iterator[Change]]:
    """The changes of each release of a span to the next, read one release at a time."""
    first, last = span
    place = col(PastReleaseRow.position)
    chosen = select(PastReleaseRow.content).where(place >= first, place < last).order_by(place)
    for content in session.exec(chosen.execution_options(yield_per=1)):
        yield map(_change, content["changes"])


def _release(content: Mapping[str, Any]) -> Release:
    told = {name: content[name] for name in Release.__dataclass_fields__ if name in content}
    day = date.fromisoformat(content["published_on"])
    return Release(**{**told, "id": content["version"], "edition": content["digest"], "published_on": day})


def _change(data: dict[str, Any]) -> Change:
    kind, record = RecordKind(data["kind"]), data["id"]
    if data["change"] == ChangeKind.ADDED:
        return Added(kind, record, data["value"])
    if data["change"] == ChangeKind.CHANGED:
        return Changed(kind, record, data["field"], data.get("old"), data.get("new"))
    return Retired(kind, record, data["value"], data.get("reason"))


def _near(version: str, known: tuple[str, ...]) -> tuple[str, ...]:
    close = get_close_matches(version[:40], known, n=3, cutoff=0.5)
    return tuple(close) or known[:3]
