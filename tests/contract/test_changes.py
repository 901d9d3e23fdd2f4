"""Releases and changes: the past is listed, differences are net and typed, and applying them gives the new release by digest."""

from typing import Any

import pytest

from api.changes import Added, Change, Changed, Key, Retired, apply
from api.seeding.digest import digest_of
from api.seeding.snapshot import snapshot
from api.store.migrations import newest_revision
from api.vocabulary import RecordKind
from tests.conftest import MIGRATIONS, Client
from tests.releases import GONE_QUESTION_REASON, SLUG, SOON_GONE, Made, first_question


def _walk(client: Client, url: str) -> list[Any]:
    items: list[Any] = []
    totals = set()
    following: str | None = url
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        items += body["data"]
        totals.add(body["meta"]["page"]["total"])
        following = body["links"].get("next")
    assert totals == {len(items)}
    return items


def _change(item: dict[str, Any]) -> Change:
    kind = RecordKind(item["kind"])
    if item["change"] == "added":
        return Added(kind, item["id"], item["value"])
    if item["change"] == "retired":
        return Retired(kind, item["id"], {}, item["reason"])
    return Changed(kind, item["id"], item["field"], item["old"], item["new"])


def test_releases_are_listed_newest_first(later: Client, made_releases: list[Made]) -> None:
    for limit in (1, 2, 50):
        listed = _walk(later, f"/v1/releases?limit={limit}")
        assert [(item["id"], item["digest"]) for item in listed] == [(made.version, made.digest) for made in made_releases[::-1]]
    assert listed[0]["published_on"] == "2027-01-20"
    assert listed[-1]["statement_count"] == sum(len(concept.statements) for concept in made_releases[0].seed.concepts)


def test_each_release_has_its_manifest(later: Client, made_releases: list[Made]) -> None:
    for made in made_releases:
        body = later.get(f"/v1/releases/{made.version}").json()
        assert body["data"]["digest"] == made.digest
        assert made.version in body["data"]["attribution"]
        assert later.get(body["links"]["changes"]).status_code == 200
    assert later.data("/v1/releases/current") == later.data("/v1/releases/2027.1.0")
    assert later.data("/v1/releases/2026.11.0")["exports"] is None
    problem = later.get("/v1/releases/2026.12.1").json()
    assert (problem["status"], problem["near"][0]) == (404, "2026.12.0")


@pytest.mark.parametrize(("since", "until"), [(0, 1), (0, 2), (1, 2), (0, 0), (2, 2)])
@pytest.mark.parametrize("limit", [1, 3, 200])
def test_old_copy_and_changes_give_the_new_release(
    later: Client, made_releases: list[Made], since: int, until: int, limit: int
) -> None:
    old, new = made_releases[since], made_releases[until]
    told = _walk(later, f"/v1/changes?since={old.version}&until={new.version}&limit={limit}")
    state: dict[Key, Any] = apply(snapshot(old.seed), [_change(item) for item in told])
    assert state == snapshot(new.seed)
    assert digest_of(state, newest_revision(MIGRATIONS)) == new.digest
    if since == until:
        assert told == []


def test_differences_are_typed_and_net(later: Client, made_releases: list[Made]) -> None:
    told = _walk(later, "/v1/changes?since=2026.11.0")
    by_key = {(item["kind"], item["id"], item["field"]): item for item in told}
    assert not any(item["id"] == SOON_GONE for item in told)
    sentence = by_key["statement", made_releases[0].seed.concepts and f"{SLUG}-01", "text"]
    assert sentence["new"] == "A second new wording of the sentence."
    assert sentence["url"] == f"/v1/statements/{SLUG}-01"
    name = by_key["concept", SLUG, "plain_name"]
    assert (name["old"], name["new"]) == ("Powder-like specks", "Specks like fine powder")
    assert name["url"] == f"/v1/subtypes/{SLUG}"
    question = first_question(made_releases[0].seed)[1]
    tombstone = by_key["question", question, None]
    assert (tombstone["change"], tombstone["reason"], tombstone["url"]) == ("retired", GONE_QUESTION_REASON, None)
    assert all(tombstone[name] is None for name in ("old", "new", "value"))
    assert by_key["release", "release", "version"]["new"] == "2027.1.0"
    for item in told:
        assert item["url"] is None or later.get(item["url"]).status_code == 200
    step = _walk(later, "/v1/changes?since=2026.11.0&until=2026.12.0&kind=statement")
    added = next(item for item in step if item["change"] == "added")
    assert (added["id"], added["value"]["text"]) == (SOON_GONE, "A sentence that comes and goes again.")
    assert {item["kind"] for item in step} == {"statement"}


def test_retired_ids_are_gone(later: Client, made_releases: list[Made]) -> None:
    question = first_question(made_releases[0].seed)[1]
    for url in (f"/v1/questions/{question}", f"/v1/statements/{SOON_GONE}"):
        answer = later.get(url)
        assert (answer.status_code, answer.json()["code"]) == (410, "retired")


@pytest.mark.parametrize(
    ("query", "parameter", "near"),
    [
        ("since=2026.11.1", "since", "2026.11.0"),
        ("since=x", "since", "2027.1.0"),
        ("since=2026.11.0&until=2026.12.9", "until", "2026.12.0"),
        ("since=2027.1.0&until=2026.11.0", "since", None),
    ],
)
def test_unknown_releases_are_refused_with_near_ones(later: Client, query: str, parameter: str, near: str | None) -> None:
    answer = later.get(f"/v1/changes?{query}")
    assert answer.status_code == 422
    fault = answer.json()["errors"][0]
    assert fault["parameter"] == parameter
    assert near is None or fault["near"][0] == near


def test_first_release_has_no_past(client: Client) -> None:
    current = client.data("/v1/releases/current")["id"]
    assert [item["id"] for item in client.data("/v1/releases")] == [current]
    assert client.data(f"/v1/changes?since={current}") == []
