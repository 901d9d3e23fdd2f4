"""What a process keeps in memory of its release whatever is asked: what the release says of itself, and the code book.

Concepts, questions and sources are looked up as they are needed (`references`, `near`), so this does not grow with them.
"""

from dataclasses import dataclass, field

from sqlmodel import Session, select

from api.knowledge.codes import ALL_SYSTEMS, CodeBook, load_code_book
from api.knowledge.views import Release
from api.store.tables import ReleaseRow


@dataclass(frozen=True)
class Catalogue:
    """The release and its code book, read once when the process starts."""

    release: Release
    codes: CodeBook = field(default_factory=CodeBook)


def load_catalogue(session: Session, code_systems: str = ALL_SYSTEMS) -> Catalogue:
    """Read the catalogue of the release a store holds, with the codes of these systems."""
    release = Release(**session.exec(select(ReleaseRow)).one().model_dump())
    return Catalogue(release, load_code_book(session, code_systems))
