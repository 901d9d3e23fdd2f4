"""Changes as history files write them, and back."""

from typing import Any

from api.changes import Added, Change, Changed, Retired
from api.seeding.past_records import AddedRecord, AnyChangeRecord, ChangedRecord, GoneRecord
from api.vocabulary import ChangeKind


def to_change(record: AnyChangeRecord) -> Change:
    """A change as it is reckoned with."""
    if isinstance(record, AddedRecord):
        return Added(record.kind, record.id, record.value)
    if isinstance(record, ChangedRecord):
        return Changed(record.kind, record.id, record.field, record.old, record.new)
    return Retired(record.kind, record.id, record.value, record.reason)


def to_change_record(change: Change) -> AnyChangeRecord:
    """A change as it is written."""
    if isinstance(change, Added):
        return AddedRecord(change=ChangeKind.ADDED, kind=change.kind, id=change.id, value=change.value)
    if isinstance(change, Changed):
        about: dict[str, Any] = {"kind": change.kind, "id": change.id, "field": change.field}
        return ChangedRecord(change=ChangeKind.CHANGED, **about, old=change.old, new=change.new)
    about = {"kind": change.kind, "id": change.id, "value": change.value}
    return GoneRecord(change=ChangeKind.RETIRED, **about, reason=change.reason)
