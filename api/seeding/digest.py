"""Digests: SHA-256 over the canonical content and the schema revision. No clock, no machine, no path."""

import hashlib
import json
from typing import Any

from api.changes import State
from api.seeding.canonical import plain
from api.seeding.past_records import PastReleaseRecord
from api.seeding.seed import Seed
from api.seeding.snapshot import assembled, snapshot


def digest(seed: Seed, schema_revision: str) -> str:
    """The hexadecimal digest of everything a release says. The same seed gives the same digest on any machine."""
    return digest_of(snapshot(seed), schema_revision)


def digest_of(state: State, schema_revision: str) -> str:
    """The digest of content given record by record."""
    return _sha256({"schema_revision": schema_revision, **assembled(state)})


def edition(digest: str, history: tuple[PastReleaseRecord, ...]) -> str:
    """The digest of content and history together: what answers depend on. Without history it is the digest itself."""
    return _sha256({"digest": digest, "history": [plain(past) for past in history]}) if history else digest


def _sha256(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
