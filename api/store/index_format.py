"""Which code made an index: an entry is only read by the code that made it, and nobody has to remember to say so."""

import hashlib
from functools import lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
_MAKERS = ("annotation", "evidence", "grounding", "knowledge", "search", "verification", "derived.py", "vocabulary.py")
_LENGTH = 16


@lru_cache(1)
def index_format() -> str:
    """The mark of the code that is running."""
    return mark_of(_PACKAGE)


def mark_of(package: Path) -> str:
    """The digest of the sources that make entries and read them; comments count, line ends do not."""
    total = hashlib.sha256()
    for path in sorted(path for maker in _MAKERS for path in _sources(package / maker)):
        total.update(path.relative_to(package).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).digest())
    return total.hexdigest()[:_LENGTH]


def _sources(maker: Path) -> list[Path]:
    return [maker] if maker.suffix else list(maker.glob("**/*.py"))
