"""Bulk copies: they hold what the pages hold, carry the licence, prove their bytes, and go on where a download broke off."""

import base64
import csv
import hashlib
import io
import json
import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from hypothesis import given
from hypothesis import strategies as st

from api.exports.files import ExportFormat, find
from api.seeding.unload import unload
from api.settings import Settings
from api.store.engine import open_for_reading
from api.store.migrations import newest_revision
from api.store.opening import open_verified
from api.store.releases import current
from api.web.downloads import asked_range
from tests.conftest import MIGRATIONS, Client, client_for

NOUNS = ("types", "subtypes", "distributions", "conditions", "guidance", "assessments", "concepts")


@pytest.fixture(scope="module")
def document(client: Client) -> Any:
    """The JSON copy."""
    return client.get("/v1/export.json").json()


def _walk(client: Client, url: str) -> list[Any]:
    items: list[Any] = []
    following: str | None = url
    while following:
        body = client.get(following).json()
        items += body["data"]
        following = body["links"].get("next")
    return items


@pytest.mark.parametrize("name", ["statements", "questions", "sources"])
def test_copy_is_the_union_of_all_pages(client: Client, document: Any, name: str) -> None:
    assert document["data"][name] == _walk(client, f"/v1/{name}?limit=200")


@pytest.mark.parametrize("name", NOUNS)
def test_cards_are_those_of_the_pages(client: Client, document: Any, name: str) -> None:
    listed = _walk(client, f"/v1/{name}?limit=200")
    cards = {card["slug"]: card for card in document["data"][name]}
    assert list(cards) == [item["slug"] for item in listed]
    for item in listed:
        assert {**cards[item["slug"]], **item} == cards[item["slug"]]
    for slug in list(cards)[:: max(len(cards) // 4, 1)]:
        assert cards[slug] == client.data(f"/v1/{name}/{slug}")


def test_every_form_holds_the_same(client: Client, document: Any) -> None:
    lines = [json.loads(line) for line in client.get("/v1/export.ndjson").text.splitlines()]
    assert lines[0] == {"collection": "meta", "item": document["meta"]}
    held: dict[str, list[Any]] = {}
    for line in lines[1:]:
        held.setdefault(line["collection"], []).append(line["item"])
    assert held == document["data"]
    rows = list(csv.DictReader(io.StringIO(client.get("/v1/export.csv").text)))
    statements = document["data"]["statements"]
    assert [row["id"] for row in rows] == [item["id"] for item in statements]
    for row, item in zip(rows, statements, strict=True):
        assert (row["text"], row["concepts"].split()) == (item["text"], item["concepts"])
        assert json.loads(row["figures"] or "[]") == item["figures"]
        assert row["sources"].split() == [citation["source"]["id"] for citation in item["citations"]]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_notice_licence_and_attribution_are_inside(client: Client, document: Any) -> None:
    meta = client.get("/v1/types").json()["meta"]
    told = {name: meta[name] for name in ("release", "notice", "license", "attribution")}
    assert document["meta"] == told
    row = next(csv.DictReader(io.StringIO(client.get("/v1/export.csv").text)))
    assert {name: row[name] for name in ("notice", "license", "attribution")} == {
        name: meta[name] for name in ("notice", "license", "attribution")
    }


def test_database_copy_can_be_served_and_holds_the_seed(client: Client, data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.sqlite"
    path.write_bytes(client.get("/v1/export.sqlite").content)
    copy = open_verified(open_for_reading(path), newest_revision(MIGRATIONS))
    original = open_for_reading(current(data_dir))
    assert unload(copy) == unload(original)
    copy.dispose()
    original.dispose()


def test_database_copy_is_laid_out_the_same_by_every_process(client: Client) -> None:
    copy = sqlite3.connect(":memory:")
    copy.deserialize(client.get("/v1/export.sqlite").content)
    indexes: dict[str, list[str]] = {}
    for table, name in copy.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"):
        indexes.setdefault(table, []).append(name)
    copy.close()
    assert max(map(len, indexes.values())) > 3
    assert {table: sorted(names) for table, names in indexes.items()} == indexes


@pytest.mark.parametrize("form", list(ExportFormat))
def test_bytes_are_proved_and_tagged(client: Client, form: ExportFormat) -> None:
    answer = client.get(f"/v1/export.{form}")
    digest = hashlib.sha256(answer.content)
    told = next(item for item in client.data("/v1/releases/current")["exports"] if item["format"] == form)
    assert told["sha256"] == digest.hexdigest()
    assert told["bytes"] == len(answer.content) == int(answer.headers["content-length"])
    assert told["url"] == f"/v1/export.{form}"
    assert answer.headers["repr-digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
    assert answer.headers["etag"] == f'"{digest.hexdigest()}"'
    assert answer.headers["content-disposition"].endswith(f'.{form}"')
    again = client.get(f"/v1/export.{form}", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.request("HEAD", f"/v1/export.{form}")
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", answer.headers["content-length"])
    assert head.headers["etag"] == answer.headers["etag"]


def test_broken_download_goes_on(client: Client) -> None:
    whole = client.get("/v1/export.csv")
    tag, size, parts = whole.headers["etag"], len(whole.content), b""
    while len(parts) < size:
        part = client.get("/v1/export.csv", headers={"Range": f"bytes={len(parts)}-{len(parts) + 400_000}", "If-Range": tag})
        assert part.status_code == 206
        assert part.headers["content-range"] == f"bytes {len(parts)}-{len(parts) + len(part.content) - 1}/{size}"
        assert part.headers["etag"] == tag
        parts += part.content
    assert parts == whole.content
    assert client.get("/v1/export.csv", headers={"Range": "bytes=-5"}).content == whole.content[-5:]
    other = client.get("/v1/export.csv", headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    assert (other.status_code, other.content) == (200, whole.content)
    for ignored in ("bytes=9-3", "lines=1-2", "bytes=0-1,4-5", "bytes=-", "bytes=a-b", "nonsense"):
        assert client.get("/v1/export.csv", headers={"Range": ignored}).status_code == 200
    for outside in (f"bytes={size}-", "bytes=-0", "bytes=99999999999-"):
        refused = client.get("/v1/export.csv", headers={"Range": outside})
        assert (refused.status_code, refused.json()["code"]) == (416, "range-not-satisfiable")
        assert refused.headers["content-range"] == f"bytes */{size}"


@given(
    header=st.one_of(st.text(max_size=30), st.from_regex(r"bytes=[0-9]{0,20}-[0-9]{0,20}", fullmatch=True)),
    size=st.integers(0, 999),
)
def test_any_range_is_inside_or_refused(header: str, size: int) -> None:
    found = asked_range(header, size)
    assert found is None or found == (0, 0) or 0 <= found[0] < found[1] <= size


def test_copies_are_found_again_and_damage_is_noticed(client: Client, data_dir: Path, tmp_path: Path) -> None:
    client.get("/v1/export.csv")
    (folder,) = data_dir.glob("release-*.exports-*")
    assert set(find(folder) or ()) == set(ExportFormat)
    copy = shutil.copytree(folder, tmp_path / "copy")
    data = bytearray((copy / "export.csv").read_bytes())
    data[100] ^= 1
    (copy / "export.csv").write_bytes(data)
    assert find(copy) is None


def _letter_changed(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\0")


@pytest.mark.parametrize("harm", [_letter_changed, Path.unlink], ids=["changed", "removed"])
def test_harmed_copy_is_made_again(
    portal: BlockingPortal, later_settings: Settings, tmp_path: Path, later: Client, harm: Callable[[Path], None]
) -> None:
    whole = later.get("/v1/export.csv").content
    copy = shutil.copytree(later_settings.data_dir, tmp_path / "data")
    with client_for(portal, later_settings.model_copy(update={"data_dir": copy})) as other:
        assert other.get("/v1/export.csv").content == whole
        (folder,) = copy.glob("release-*.exports-*")
        harm(folder / "export.csv")
        assert other.get("/v1/export.csv").content == whole


def test_read_only_data_folder_is_no_hindrance(
    portal: BlockingPortal, settings: Settings, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    copy = tmp_path / "data"
    copy.mkdir()
    for name in ("current", current(data_dir).name):
        shutil.copy(data_dir / name, copy / name)
    copy.chmod(stat.S_IRUSR | stat.S_IXUSR)
    if copy.stat().st_mode & stat.S_IWUSR:
        pytest.skip("folder modes do not hold here")
    import tempfile

    make = tempfile.mkdtemp

    def refusing(*args: Any, **given_: Any) -> str:
        if given_.get("dir") == copy:
            raise PermissionError(30, "Read-only file system")
        return str(make(*args, **given_))

    monkeypatch.setattr(tempfile, "mkdtemp", refusing)
    with client_for(portal, settings.model_copy(update={"data_dir": copy})) as other:
        assert other.get("/v1/export.ndjson").content == client.get("/v1/export.ndjson").content
    copy.chmod(0o755)
    assert not list(copy.glob("*exports*"))
