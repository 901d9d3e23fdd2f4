"""Whether the history leads to the content: each past release's changes end where the next one begins."""

from api.seeding.digest import digest_of
from api.seeding.past_records import PastReleaseRecord
from api.seeding.seed import Seed
from api.seeding.snapshot import snapshot


def is_followed(seed: Seed) -> list[bool]:
    """For each past release, whether what it says of the next one is true; only the last can be overtaken by later edits."""
    if not seed.history:
        return []
    last = seed.history[-1]
    links = [_meets(past, following) for past, following in zip(seed.history, seed.history[1:], strict=False)]
    is_now = last.next.version == seed.release.version
    return [*links, is_now and digest_of(snapshot(seed), last.next.schema_revision) == last.next.digest]


def _meets(past: PastReleaseRecord, following: PastReleaseRecord) -> bool:
    return (past.next.version, past.next.digest) == (following.version, following.digest)
