"""Makes what lists of risk figures read: each by its rank in the release, and by what it may be asked for."""

import json
from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby, islice

from sqlmodel import Session

from api.evidence.choice import BLOCKS, COUNT, FACET, FIGURE, IN_MATRIX, REPEATS, TEXTS, facets_of, texts_of
from api.evidence.estimates import estimates_of
from api.evidence.matrix import stands_somewhere
from api.evidence.repeats import Telling, alike, repeated, telling
from api.evidence.wording import load_wording
from api.knowledge.catalogue import Catalogue
from api.knowledge.shared import each_statement
from api.search.index import Entry, as_json, packed
from api.search.spool import Held, Spool

_ALIKE = "alike"
_IN_A_BLOCK = 200


def evidence_entries(session: Session, _catalogue: Catalogue) -> Iterator[Entry]:
    """Every risk figure of a statement, one statement at a time."""
    wording = load_wording(session)
    rank = 0
    with closing(Spool()) as spool, closing(Spool()) as later:
        for statement in each_statement(session):
            for item in estimates_of(statement, wording):
                spool.add(f"{_ALIKE}/{alike(item)}", rank, as_json(telling(item)))
                for facet in (*facets_of(item), *((IN_MATRIX,) if stands_somewhere(item, wording) else ())):
                    spool.add(f"{FACET}/{facet}", rank, b"")
                for name, text in texts_of(item):
                    spool.add(f"{TEXTS}/{name}/{text}", rank, b"")
                rank += 1
        yield COUNT, str(rank).encode()
        for name, groups in groupby(spool.grouped(), key=_part):
            if name == _ALIKE:
                yield from _figures((rows for _, rows in groups), later)
            elif name.startswith(TEXTS):
                yield from _blocks(name, ((key.removeprefix(f"{name}/"), rows) for key, rows in groups))
            else:
                yield from ((key, _ranks(rows)) for key, rows in groups)
        yield from ((key, _ranks(rows)) for key, rows in later.grouped())


def _part(group: tuple[str, Iterator[Held]]) -> str:
    part, _, rest = group[0].partition("/")
    return f"{part}/{rest.partition('/')[0]}" if part == TEXTS else part


def _figures(groups: Iterable[Iterator[Held]], later: Spool) -> Iterator[Entry]:
    """Each figure with those that tell the same; which ones repeat others is gathered for later."""
    for rows in groups:
        ranked = [(rank, Telling(*json.loads(data))) for rank, data in rows]
        for (rank, told), found in zip(ranked, repeated(told for _, told in ranked), strict=True):
            yield f"{FIGURE}/{rank}", as_json([told.statement_id, found.id, found.same_as, found.repeats])
            if found.repeats:
                later.add(f"{FACET}/{REPEATS}", rank, b"")


def _blocks(name: str, texts: Iterator[tuple[str, Iterator[Held]]]) -> Iterator[Entry]:
    """The different texts of a kind with the figures that have them, many in an entry, to be looked through one by one."""
    number = 0
    while block := [[text, [rank for rank, _ in rows]] for text, rows in islice(texts, _IN_A_BLOCK)]:
        yield f"{name}/{number}", as_json(block)
        number += 1
    yield f"{BLOCKS}/{name}", str(number).encode()


def _ranks(rows: Iterator[Held]) -> bytes:
    return packed(array("I", (rank for rank, _ in rows)))
