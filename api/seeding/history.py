"""The history of releases: closes the current one by recording what it was and the changes that lead to the next."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sqlmodel import Session, select

from api.changes import Change, Retired, apply, compare
from api.errors import BadQuery, ContentInvalid, Finding
from api.seeding.canonical import write
from api.seeding.change_records import to_change_record
from api.seeding.check import sound_seed
from api.seeding.diff import seed_of
from api.seeding.digest import digest, digest_of
from api.seeding.load import release_row
from api.seeding.past_records import NextReleaseRecord, PastReleaseRecord
from api.seeding.read import RELEASE_FILE, history_file, version_order
from api.seeding.records import ReleaseRecord
from api.seeding.seed import Seed
from api.seeding.snapshot import snapshot
from api.store.engine import open_for_reading
from api.store.migrations import newest_revision
from api.store.tables import ReleaseRow
from api.vocabulary import RecordKind

_TOLD = {RecordKind.CONCEPT, RecordKind.STATEMENT, RecordKind.QUESTION, RecordKind.SOURCE}


def close(published: Path, seed_dir: Path, migrations_dir: Path, version: str, published_on: date) -> PastReleaseRecord:
    """Record the published release and its changes to the seed of now, which becomes this version; returns the record.

    Raises BadQuery when version or published release do not fit, ContentInvalid when the seed has findings or a record went
    without a reason. Nothing is written unless all is well.
    """
    now = sound_seed(seed_dir)
    revision = newest_revision(migrations_dir)
    past, release = follow(seed_of(published), _revision(published, migrations_dir), now, revision, version, published_on)
    path = seed_dir / history_file(past.version)
    path.parent.mkdir(exist_ok=True)
    path.write_text(write(past), encoding="utf-8")
    (seed_dir / RELEASE_FILE).write_text(write(release), encoding="utf-8")
    return past


def follow(
    old: Seed, old_revision: str, now: Seed, revision: str, version: str, published_on: date
) -> tuple[PastReleaseRecord, ReleaseRecord]:
    """What is recorded of the old release when `now` follows it, and what the new release says of itself."""
    _require_fitting(old, now, version)
    release = _renewed(now.release, version, published_on)
    new = now.model_copy(update={"release": release})
    before = snapshot(old)
    changes = compare(before, snapshot(new), reasons(release, [*before]))
    _require_reasons(changes)
    following = NextReleaseRecord(version=version, digest=digest(new, revision), schema_revision=revision)
    if digest_of(apply(before, changes), revision) != following.digest:
        raise BadQuery("from", "The changes do not lead from one content to the other.", "Report this as a defect.")
    return _past(old, old_revision, following, changes), release


def reasons(release: ReleaseRecord, known: Iterable[tuple[RecordKind, str]]) -> dict[str, str]:
    """Why each record went: by its own id, else by the concept whose statement it was."""
    told = {moved.slug: f"Renamed to '{moved.now}'." for moved in release.renamed}
    told |= {retired.slug: retired.reason for retired in release.retired}
    for kind, record in known:
        owner = record.rpartition("-")[0]
        if kind is RecordKind.STATEMENT and record not in told and owner in told:
            told[record] = told[owner]
    return told


def _require_fitting(old: Seed, now: Seed, version: str) -> None:
    if old.release.version != now.release.version:
        raise BadQuery(
            "from",
            f"The seed follows release {now.release.version}, but {old.release.version} was named as published.",
            "Name the file or seed folder of the release that the seed's release.yaml still shows.",
        )
    if version_order(version) <= version_order(now.release.version):
        raise BadQuery("version", f"{version} does not come after {now.release.version}.", "Take the next calendar version.")


def _require_reasons(changes: list[Change]) -> None:
    silent = [change for change in changes if isinstance(change, Retired) and change.kind in _TOLD and not change.reason]
    if silent:
        remedy = "went without a reason; tell it under 'retired'"
        raise ContentInvalid(
            tuple(Finding(RELEASE_FILE, "retired", f"{change.kind} '{change.id}' {remedy}") for change in silent)
        )


def _renewed(release: ReleaseRecord, version: str, published_on: date) -> ReleaseRecord:
    attribution = release.attribution.replace(release.version, version)
    return release.model_copy(update={"version": version, "published_on": published_on, "attribution": attribution})


def _revision(published: Path, migrations_dir: Path) -> str:
    """The schema revision a published release was built for; of a seed folder, the one of the migrations beside it."""
    if published.is_dir():
        beside = published.resolve().parent / "migrations"
        return newest_revision(beside if beside.is_dir() else migrations_dir)
    engine = open_for_reading(published)
    try:
        with Session(engine) as session:
            return session.exec(select(ReleaseRow.schema_revision)).one()
    finally:
        engine.dispose()


def _past(old: Seed, revision: str, following: NextReleaseRecord, changes: list[Change]) -> PastReleaseRecord:
    manifest = release_row(old, revision).model_dump(exclude={"id", "edition"})
    told = tuple(to_change_record(change) for change in changes)
    return PastReleaseRecord(version=old.release.version, **manifest, next=following, changes=told)
