"""Past releases and what changed between any two of them, kept in memory: a release knows its whole past."""

from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from sqlmodel import Session, col, select

from api.changes import Added, Change, Changed, Retired, net
from api.errors import BadQuery
from api.knowledge.catalogue import Catalogue
from api.knowledge.views import Release
from api.store.tables import PastReleaseRow
from api.vocabulary import ChangeKind, RecordKind

_KEPT = 32


@dataclass(frozen=True)
class History:
    """Every known release, oldest first, the current one last, and the changes from each to the next."""

    releases: tuple[Release, ...]
    steps: tuple[tuple[Change, ...], ...]
    followed: tuple[bool, ...]
    _kept: dict[tuple[int, int], tuple[Change, ...]] = field(default_factory=dict, compare=False, repr=False)

    def release(self, parameter: str, version: str) -> Release:
        """A known release. Raises BadQuery with the nearest ids."""
        return self.releases[self._place(parameter, version)]

    def changes(self, since: str, until: str | None) -> tuple[Change, ...]:
        """The net changes from one known release to another. Raises BadQuery when they are unknown or in the wrong order."""
        first = self._place("since", since)
        last = self._place("until", until) if until else len(self.releases) - 1
        if first > last:
            raise BadQuery("since", f"Release {since} came after {until}.", "Name the older release in 'since'.")
        if not all(self.followed[first:last]):
            detail = f"The content served as {self.releases[-1].id} was edited after that release was recorded."
            raise BadQuery("until", detail, "The changes are known once its edits have a release of their own; take an export.")
        if (first, last) not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[first, last] = tuple(net(self.steps[first:last]))
        return self._kept[first, last]

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
    """Read the past of the release a store holds."""
    rows = session.exec(select(PastReleaseRow).order_by(col(PastReleaseRow.position))).all()
    return History(
        releases=(*(_release(row.content) for row in rows), catalogue.release),
        steps=tuple(tuple(_change(data) for data in row.content["changes"]) for row in rows),
        followed=tuple(row.is_followed for row in rows),
    )


def _release(content: dict[str, Any]) -> Release:
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
