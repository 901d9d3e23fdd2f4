"""The content record by record, as changes see it: concepts, statements, questions, sources and the rest, each on its own.

Nothing is lost: a concept's record keeps the ids of its statements and questions in order, so the whole can be rebuilt.
"""

from typing import Any

from api.changes import Data, Key, State
from api.seeding.canonical import plain
from api.seeding.seed import Seed
from api.vocabulary import RecordKind

_OWN = (("statements", RecordKind.STATEMENT, "id"), ("questions", RecordKind.QUESTION, "slug"))
_RELEASE: Key = (RecordKind.RELEASE, "release")
_LINK_HOSTS: Key = (RecordKind.LINK_HOSTS, "link-hosts")


def snapshot(seed: Seed) -> dict[Key, Data]:
    """Every record of a seed by kind and id, as plain data; the history is no part of it."""
    state: dict[Key, Data] = {
        _RELEASE: plain(seed.release),
        _LINK_HOSTS: {"hosts": [plain(host) for host in seed.link_hosts]},
    }
    state |= {(RecordKind.SOURCE, source.id): plain(source) for source in seed.sources}
    state |= {(RecordKind.LANGUAGE_FILE, stem): plain(record) for stem, record in seed.language}
    for concept in seed.concepts:
        data = plain(concept)
        for name, kind, key in _OWN:
            if name in data:
                state |= {(kind, item[key]): item for item in data[name]}
                data[name] = [item[key] for item in data[name]]
        state[RecordKind.CONCEPT, concept.slug] = data
    return state


def assembled(state: State) -> dict[str, Any]:
    """The records put together again as the content a digest is made of."""
    return {
        "release": state[_RELEASE],
        "link_hosts": state[_LINK_HOSTS].get("hosts", []),
        "concepts": [_whole(state, data) for data in _of(state, RecordKind.CONCEPT).values()],
        "language": _of(state, RecordKind.LANGUAGE_FILE),
        "sources": list(_of(state, RecordKind.SOURCE).values()),
    }


def _of(state: State, kind: RecordKind) -> dict[str, Data]:
    return {record: state[held, record] for held, record in sorted(state) if held is kind}


def _whole(state: State, concept: Data) -> Data:
    own = {name: [state[kind, item] for item in concept[name]] for name, kind, _ in _OWN if name in concept}
    return {**concept, **own}
