"""Terms resolve to what they name: a set of labels written before the resolver, all labels of a real data set, and any text."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from api.knowledge.catalogue import load_catalogue
from api.knowledge.references import all_references
from api.search.index import stored
from api.search.labels import Name, load_names
from api.search.resolving import Resolver, load_term_words
from api.seeding.read import Reading
from api.seeding.shapes_datasets import DatasetRecord
from api.store.engine import open_for_reading
from api.store.releases import current
from api.vocabulary import ConceptKind

TERMS = [json.loads(line) for line in (Path(__file__).parents[2] / "data" / "terms.jsonl").read_text("utf-8").splitlines()]
_REACHED = 0.98


@pytest.fixture(scope="module")
def resolver(data_dir: Path) -> Iterator[Resolver]:
    engine = open_for_reading(current(data_dir))
    with Session(engine) as session:
        yield Resolver(load_term_words(session, load_catalogue(session)), stored(session))
    engine.dispose()


@pytest.fixture(scope="module")
def labels(data_dir: Path) -> Iterator[list[Name]]:
    engine = open_for_reading(current(data_dir))
    with Session(engine) as session:
        held = load_names(session)
        concepts = all_references(session)
        yield [name for name in held if concepts[name.slug].kind is not ConceptKind.QUESTION_TOPIC]
    engine.dispose()


@pytest.fixture(scope="module")
def dataset(reading: Reading) -> DatasetRecord:
    record = reading.language["datasets/cbis-ddsm.yaml"]
    assert isinstance(record, DatasetRecord)
    return record


def names(resolver: Resolver, term: str) -> set[str]:
    return {item.slug for item in resolver.resolve(term)}


def test_share_of_terms_resolved_right(resolver: Resolver) -> None:
    wrong = []
    for item in TERMS:
        found = names(resolver, item["term"])
        if not set(item["names"]) <= found <= {*item["names"], *item["accept"]}:
            wrong.append((item["term"], sorted(found)))
    assert len(wrong) <= (1 - _REACHED) * len(TERMS), wrong


def _snake(text: str) -> str:
    return "_".join(re.findall(r"\w+", text)).upper()


def _camel(text: str) -> str:
    return "".join(word.capitalize() for word in re.findall(r"[A-Za-z0-9]+", text))


@pytest.mark.parametrize("writing", [str, str.upper, _snake, _camel, lambda text: re.sub(r"\s+", "-", text)])
def test_every_name_resolves_in_any_writing(resolver: Resolver, labels: list[Name], writing: Any) -> None:
    lost = [name.text for name in labels if name.text.isascii() and name.slug not in names(resolver, writing(name.text))]
    assert len(lost) <= 0.01 * len(labels), lost


def test_nothing_foreign_resolves(resolver: Resolver) -> None:
    foreign = [item["term"] for item in TERMS if not item["names"]]
    assert len(foreign) >= 60
    assert [term for term in foreign if names(resolver, term)] == []


def test_every_label_of_the_data_set_resolves_to_its_concepts(resolver: Resolver, dataset: DatasetRecord) -> None:
    mapped = {item.label: item.concept for item in (*dataset.shapes, *dataset.distributions)}
    labels = {label for row in dataset.rows for label in (row.shape, row.distribution)} - {"N/A"}
    assert len(labels) >= 50
    for label in labels:
        assert {mapped[part] for part in label.split("-")} <= names(resolver, label), label


def test_reason_names_the_words_that_matched(resolver: Resolver) -> None:
    rim, *_ = [item for item in resolver.resolve("ROUND_AND_REGULAR-LUCENT_CENTERED") if item.slug == "rim"]
    assert (rim.matched, rim.kind) == ("LUCENT_CENTERED", "former")
    assert "LUCENT_CENTERED" in rim.why


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title, lambda term: term.replace(" ", "_")])
def test_writing_does_not_matter(resolver: Resolver, change: Any) -> None:
    for term in ("fine pleomorphic", "milk of calcium", "coarse heterogeneous calcifications", "flat epithelial atypia"):
        assert names(resolver, change(term)) == names(resolver, term)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=300))
def test_any_text_resolves_with_right_offsets(resolver: Resolver, term: str) -> None:
    for item in resolver.resolve(term):
        assert term[item.start : item.end] == item.matched
        assert item.matched.strip()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(["amorphous", "segmental", "punctate", "grouped"]), st.from_regex(r"[xqzj]{4,9}", fullmatch=True))
def test_a_word_nobody_knows_spoils_its_part(resolver: Resolver, name: str, unknown: str) -> None:
    assert names(resolver, f"{name} {unknown}") == set()
    assert name in names(resolver, f"{name}, {unknown}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(["heterogeneous", "pleomorphic", "amorphous", "dystrophic", "segmental", "regional"]), st.data())
def test_one_typing_error_is_mended(resolver: Resolver, word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 2))
    broken = word[:place] + word[place + 1 :]
    if re.fullmatch(r"[a-z]+", broken):
        assert names(resolver, f"{broken} calcs") == names(resolver, f"{word} calcs")
