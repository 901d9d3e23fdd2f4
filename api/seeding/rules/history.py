"""The history of releases hangs together: versions rise, and undoing the changes gives what was published, by digest."""

from collections.abc import Iterator

from api.changes import undo
from api.errors import ContentInvalid, Finding
from api.seeding.book import Book
from api.seeding.change_records import to_change
from api.seeding.digest import digest_of
from api.seeding.following import is_followed
from api.seeding.read import history_file, version_order
from api.seeding.snapshot import snapshot

_RESTORE = "restore the file as 'calcification-api release' wrote it; the past is never edited"


def versions_follow(book: Book) -> Iterator[Finding]:
    """Each past release names the next one, and the last names the current version."""
    past = book.reading.past_releases
    release = book.reading.release
    if release is None:
        return
    following = [other.version for other in past[1:]] + [release.version] * bool(past)
    for entry, version in zip(past, following, strict=True):
        if entry.next.version != version or version_order(entry.version) >= version_order(version):
            yield Finding(history_file(entry.version), "next.version", f"'{version}' follows; {_RESTORE}")


def changes_lead_back(book: Book) -> Iterator[Finding]:
    """Undone one after the other, the changes give each past release's digest; later edits await their own release."""
    try:
        seed = book.reading.seed()
    except ContentInvalid:
        return
    followed = is_followed(seed)
    for entry, holds in list(zip(seed.history, followed, strict=True))[:-1]:
        if not holds:
            yield Finding(history_file(entry.version), "next.digest", f"the next release has another digest; {_RESTORE}")
    if not followed or not followed[-1]:
        return
    state = snapshot(seed)
    for entry in reversed(seed.history):
        try:
            state = undo(state, [to_change(change) for change in entry.changes])
        except (ValueError, AttributeError, KeyError) as error:
            yield Finding(history_file(entry.version), "changes", f"{error}; {_RESTORE}")
            return
        if digest_of(state, entry.schema_revision) != entry.digest:
            yield Finding(history_file(entry.version), "digest", f"undoing the changes does not give it; {_RESTORE}")
            return


RULES = (versions_follow, changes_lead_back)
