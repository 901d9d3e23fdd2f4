"""What building adds to a release beside its content: pictures, and the index its rooms search in."""

from collections.abc import Iterator

from sqlmodel import Session

from api.annotation.spelling import report_entries
from api.evidence.indexing import evidence_entries
from api.evidence.picture import pictures
from api.grounding.candidates import passage_entries
from api.knowledge.catalogue import load_catalogue
from api.search.indexing import search_entries
from api.store.index_format import index_format
from api.store.opening import INDEX_FORMAT_KEY
from api.store.tables import IndexEntryRow, MadeRow, PictureRow
from api.verification.indexing import verification_entries


def derived(session: Session) -> Iterator[MadeRow | None]:
    """Every row that is made of the content of the release that is being built; after None what came before is read again."""
    yield from index(session)
    yield None
    yield from ((PictureRow, {"name": name, "content": content}) for name, content in pictures(session))


def index(session: Session) -> Iterator[MadeRow | None]:
    """The index of the release: hundreds of thousands of entries, so no object is made of each."""
    catalogue = load_catalogue(session)
    yield IndexEntryRow, {"key": INDEX_FORMAT_KEY, "data": index_format().encode()}
    for room in (evidence_entries, search_entries, passage_entries, report_entries, verification_entries):
        for key, data in room(session, catalogue):
            yield IndexEntryRow, {"key": key, "data": data}
