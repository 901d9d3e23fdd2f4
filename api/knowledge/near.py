"""Slugs that look like one that does not exist. However large a release is, only so many are read and compared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Executable, Select, select, union
from sqlmodel import Session, col

from api.knowledge.prepared import columns, fetch, one
from api.store.tables import ConceptRow, LabelRow, QuestionRow, SourceRow
from api.vocabulary import ConceptKind

LONGEST = 80
_NEAR = 5
_MOST = 1_000
_BEGINNINGS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 40)
_NEXT = _MOST // len(_BEGINNINGS)


@dataclass(frozen=True)
class _Slugs:
    """Every slug of a small release in its order, and the slugs that follow each of several beginnings."""

    first: Executable
    following: Executable


def _slugs(key: Any, position: Any, *more: Any) -> _Slugs:
    return _Slugs(select(key, *more).order_by(position).limit(_MOST + 1), union(*(_after(n, key, *more) for n in _BEGINNINGS)))


def _after(length: int, key: Any, *more: Any) -> Select[Any]:
    following = select(key.label("slug"), *more).where(key >= one(_place(length))).order_by(key).limit(_NEXT)
    return select(*following.subquery().c)


def _place(length: int) -> str:
    return f"beginning_{length}"


_CONCEPTS = _slugs(col(ConceptRow.slug), col(ConceptRow.position), col(ConceptRow.kind))
_QUESTIONS = _slugs(col(QuestionRow.slug), col(QuestionRow.position))
_SOURCES = _slugs(col(SourceRow.id), col(SourceRow.position))
_LABELS = select(*columns(LabelRow, ("concept_slug", "text"))).order_by(col(LabelRow.concept_slug), col(LabelRow.position))
_NAMES = select(*columns(ConceptRow, ("slug", "plain_name", "name"))).order_by(col(ConceptRow.position))


def near_concepts(session: Session, slug: str, kind: ConceptKind | None) -> tuple[str, ...]:
    """The concepts a mistyped slug or a name may mean, best first. Names are understood while concepts are not too many."""
    rows, is_all = _read(session, _CONCEPTS, slug)
    known = [row.slug for row in rows if kind in (None, row.kind)]
    named = _named(session, _words(slug[:LONGEST])) if is_all else None
    first = (named,) if named in known else ()
    return tuple(dict.fromkeys((*(name for name in first if name), *_closest("-".join(_words(slug[:LONGEST])), known))))[:_NEAR]


def near_questions(session: Session, slug: str) -> tuple[str, ...]:
    """The questions a mistyped slug may mean, best first."""
    return _closest(slug, [row[0] for row in _read(session, _QUESTIONS, slug)[0]])


def near_sources(session: Session, source_id: str) -> tuple[str, ...]:
    """The sources a mistyped id may mean, best first."""
    return _closest(source_id, [row[0] for row in _read(session, _SOURCES, source_id)[0]])


def _read(session: Session, slugs: _Slugs, wanted: str) -> tuple[Sequence[Any], bool]:
    """All there are, or those that follow the beginnings of the wanted one; and whether it is all."""
    rows = fetch(session, slugs.first)
    if len(rows) <= _MOST:
        return rows, True
    plain = "-".join(_words(wanted[:LONGEST]))
    places = {_place(length): plain[:length] for length in _BEGINNINGS}
    return sorted(fetch(session, slugs.following, **places)), False


def _named(session: Session, words: Sequence[str]) -> str | None:
    """The concept that has a name of these words; names go before labels, and the last of equals counts."""
    named = [*fetch(session, _LABELS), *fetch(session, _NAMES)]
    begins = words[0] if words else ""
    return next((slug for slug, *names in reversed(named) if any(_is_of(name, begins, words) for name in names)), None)


def _is_of(name: str, begins: str, words: Sequence[str]) -> bool:
    return begins in name.casefold() and _words(name) == words


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold())


def _closest(slug: str, known: list[str]) -> tuple[str, ...]:
    wanted = slug[:LONGEST].casefold()
    parts = set(wanted.split("-"))
    sharing = [other for other in known if parts & set(other.split("-"))] if wanted else []
    close = get_close_matches(wanted, known, n=_NEAR, cutoff=0.6)
    return tuple(dict.fromkeys((*close, *sharing)))[:_NEAR]
