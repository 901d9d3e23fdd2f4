"""The digest of a release: SHA-256 over the canonical content and the schema revision. No clock, no machine, no path."""

import hashlib
import json

from api.seeding.canonical import plain
from api.seeding.records import Seed


def digest(seed: Seed, schema_revision: str) -> str:
    """The hexadecimal digest of everything a release says. The same seed gives the same digest on any machine."""
    content = {
        "schema_revision": schema_revision,
        "release": plain(seed.release),
        "link_hosts": [plain(host) for host in seed.link_hosts],
        "concepts": [plain(concept) for concept in sorted(seed.concepts, key=lambda concept: concept.slug)],
        "language": {stem: plain(record) for stem, record in seed.language},
        "sources": [plain(source) for source in sorted(seed.sources, key=lambda source: source.id)],
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
