"""The whole seed as one strict shape."""

from pydantic import SerializeAsAny

from api.seeding.past_records import PastReleaseRecord
from api.seeding.records import AnyConceptRecord, LinkHostRecord, Record, ReleaseRecord, SourceRecord


class Seed(Record):
    """The whole seed, read and shaped. `language` holds each language file by its stem, `history` runs oldest first."""

    release: ReleaseRecord
    link_hosts: tuple[LinkHostRecord, ...]
    concepts: tuple[AnyConceptRecord, ...]
    sources: tuple[SourceRecord, ...]
    language: tuple[tuple[str, SerializeAsAny[Record]], ...] = ()
    history: tuple[PastReleaseRecord, ...] = ()
