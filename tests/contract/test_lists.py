"""Lists: pages neither overlap nor skip, totals are constant, filters and orders do what they say, cursors cannot be forged."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.errors import BadQuery
from api.web.paging import decode, encode
from tests.conftest import Client

LISTS = [
    ("/v1/concepts", "slug"),
    ("/v1/conditions?sort=-name", "slug"),
    ("/v1/statements?audience=patient&fields=id", "id"),
    ("/v1/sources?sort=year", "id"),
    ("/v1/questions?fields=slug", "slug"),
]


def _walk(client: Client, url: str) -> tuple[list[Any], set[int]]:
    items, totals = [], set()
    following: str | None = url
    while following:
        body = client.get(following).json()
        items += body["data"]
        totals.add(body["meta"]["page"]["total"])
        following = body["links"].get("next")
    return items, totals


@pytest.mark.parametrize(("url", "key"), LISTS)
@pytest.mark.parametrize("limit", [7, 50, 200])
def test_pages_hold_every_item_once(client: Client, url: str, key: str, limit: int) -> None:
    items, totals = _walk(client, f"{url}{'&' if '?' in url else '?'}limit={limit}")
    keys = [item[key] for item in items]
    assert totals == {len(keys)}
    assert len(set(keys)) == len(keys)


def test_order_of_pages_does_not_depend_on_limit(client: Client) -> None:
    few, _ = _walk(client, "/v1/conditions?sort=-name&limit=5")
    many, _ = _walk(client, "/v1/conditions?sort=-name&limit=200")
    assert [item["slug"] for item in few] == [item["slug"] for item in many]
    names = [item["name"].casefold() for item in many]
    assert names == sorted(names, reverse=True)


def test_next_page_is_in_the_link_header(client: Client) -> None:
    answer = client.get("/v1/concepts?limit=3")
    assert answer.headers["link"] == f'<{answer.json()["links"]["next"]}>; rel="next"'


def test_sort_by_year(client: Client) -> None:
    years = [item["year"] or 0 for item in client.data("/v1/sources?sort=-year&limit=200")]
    assert years == sorted(years, reverse=True)


FILTERS = [
    ("/v1/subtypes?suspicion=suspicious", lambda item: item["suspicion"] == "suspicious"),
    ("/v1/subtypes?scheme=founding", lambda item: item["scheme"] == "founding"),
    ("/v1/subtypes?type=macrocalcification", lambda item: item["type"] == "macrocalcification"),
    ("/v1/conditions?nature=in-situ", lambda item: item["nature"] == "in-situ"),
    ("/v1/guidance?stage=biopsy", lambda item: item["stage"] == "biopsy"),
    ("/v1/assessments?system=bi-rads", lambda item: item["system"] == "bi-rads"),
    ("/v1/assessments?region=UK", lambda item: item["region"] == "UK"),
    ("/v1/questions?topic=calcium-supplements", lambda item: item["topic"]["slug"] == "calcium-supplements"),
    ("/v1/concepts?kind=topic", lambda item: item["kind"] == "topic"),
    ("/v1/statements?concept=amorphous", lambda item: "amorphous" in item["concepts"]),
    ("/v1/statements?source=oligane-2018", lambda item: "oligane-2018" in [c["source"]["id"] for c in item["citations"]]),
    ("/v1/statements?aspect=risk&audience=patient", lambda item: (item["aspect"], item["audience"]) == ("risk", "patient")),
    ("/v1/statements?region=UK", lambda item: item["region"] == "UK"),
    ("/v1/statements?basis=founding-document", lambda item: item["basis"] == "founding-document"),
    ("/v1/sources?kind=guideline&standing=guideline", lambda item: item["kind"] == item["standing"] == "guideline"),
]


@pytest.mark.parametrize(("url", "holds"), FILTERS, ids=[url for url, _ in FILTERS])
def test_filter_keeps_what_it_says(client: Client, url: str, holds: Any) -> None:
    kept, _ = _walk(client, f"{url}&limit=200")
    everything, _ = _walk(client, f"{url.partition('?')[0]}?limit=200")
    assert kept
    assert all(holds(item) for item in kept)
    assert len(kept) == sum(1 for item in everything if holds(item))


def test_linked_filters_follow_relations(client: Client) -> None:
    for condition in client.data("/v1/subtypes/dystrophic/conditions"):
        shapes = {link["slug"] for link in client.data(f"/v1/conditions/{condition['slug']}")["subtypes"]}
        assert "dystrophic" in shapes
    shapes_of_dcis = {item["slug"] for item in client.data("/v1/subtypes?condition=dcis")}
    assert {"fine-pleomorphic", "fine-linear-branching"} <= shapes_of_dcis


def test_cursor_belongs_to_one_list(client: Client) -> None:
    cursor = client.get("/v1/conditions?limit=3").json()["meta"]["page"]["next_cursor"]
    assert client.get(f"/v1/conditions?limit=5&cursor={cursor}").status_code == 200
    for other in ("/v1/concepts?", "/v1/conditions?nature=benign&", "/v1/conditions?sort=name&", "/v1/statements?"):
        assert client.get(f"{other}cursor={cursor}").status_code == 422


@given(after=st.integers(-(10**12), 10**12), key=st.text(max_size=60))
def test_cursor_round_trip(after: int, key: str) -> None:
    assert decode(encode(after, key), key) == after


@given(cursor=st.text(max_size=200), key=st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_made_up_cursor_is_refused(cursor: str, key: str) -> None:
    with pytest.raises(BadQuery):
        decode(cursor, key)


@given(data=st.data(), after=st.integers(0, 10**6))
def test_changed_cursor_is_refused(data: st.DataObject, after: int) -> None:
    cursor = encode(after, "a list")
    place = data.draw(st.integers(0, len(cursor) - 2))
    other = data.draw(st.sampled_from("ABCDEFabcdef0123456789-_").filter(lambda letter: letter != cursor[place]))
    with pytest.raises(BadQuery):
        decode(cursor[:place] + other + cursor[place + 1 :], "a list")
