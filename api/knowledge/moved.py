"""Slugs and ids that were served once: renamed, or retired with a reason. The content check proves that none is in use."""

import re

from sqlalchemy import select
from sqlmodel import Session, col

from api.errors import Renamed, Retired
from api.knowledge.prepared import columns, fetch, one
from api.store.tables import MovedSlugRow
from api.vocabulary import SLUG_PATTERN

_MOVED = select(*columns(MovedSlugRow, ("now_slug", "reason"))).where(col(MovedSlugRow.slug) == one("slug"))
_LONGEST = 100


def is_slug(text: str) -> bool:
    """Whether a text can be a slug or id at all; what cannot is not looked for."""
    return len(text) <= _LONGEST and re.fullmatch(SLUG_PATTERN, text) is not None


def refuse_moved(session: Session, slug: str) -> None:
    """Raise Renamed or Retired when a concept was served under that slug once."""
    for now, reason in _moved(session, slug):
        if now:
            raise Renamed(slug, now)
        raise Retired(slug, reason)


def refuse_retired(session: Session, record: str) -> None:
    """Raise Retired when a statement, question or source of that id was served once and is no longer."""
    for _, reason in _moved(session, record):
        if reason:
            raise Retired(record, reason)


def _moved(session: Session, record: str) -> list[tuple[str | None, str]]:
    return [(row[0], row[1]) for row in fetch(session, _MOVED, slug=record)] if is_slug(record) else []
