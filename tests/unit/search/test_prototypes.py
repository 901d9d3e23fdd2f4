"""What texts have in common speaks for their concepts, and the boundary of the field parts ours from others."""

import pytest

from api.search.boundary import learn
from api.search.features import Kind, features
from api.search.index import Made
from api.search.prototypes import Prototypes, Telling
from api.search.typical import prototype_entries

STOP = frozenset({"is", "the", "my", "do", "i"})
TEXTS = [
    Telling(("does", "the", "needle", "hurt"), {"biopsy-day": 1.0, "breast-biopsy": 0.6}),
    Telling(("is", "the", "needle", "painful"), {"biopsy-day": 1.0}),
    Telling(("numb", "before", "the", "needle"), {"biopsy-day": 1.0}),
    Telling(("hazy", "powder", "dots"), {"amorphous": 1.0}),
    Telling(("powder", "of", "flour"), {"amorphous": 1.0}),
    Telling(("stone", "in", "my", "kidney"), {}, reason="other_organ"),
    Telling(("kidney", "stone", "diet"), {}, reason="other_organ"),
    Telling(("write", "a", "poem"), {}, reason="out_of_scope"),
    Telling(("amorphous", "calcification", "is", "hazy"), {"amorphous": 0.3}, loose=True),
]


def made(texts: list[Telling]) -> Prototypes:
    return Prototypes(Made(prototype_entries(texts, STOP)), STOP)


PROTOTYPES = made(TEXTS)


def test_words_of_several_examples_add_up() -> None:
    (found,) = PROTOTYPES.resemblances([("numb", "or", "painful")])
    assert list(found.concepts) == ["biopsy-day"]
    assert found.inside == found.concepts["biopsy-day"] > found.outside == 0.0
    assert found.leaning < 0


def test_what_is_refused_has_its_reason_and_lies_outside() -> None:
    (found,) = PROTOTYPES.resemblances([("poem", "on", "a", "kidney", "stone")])
    assert found.reason == "other_organ"
    assert found.outside > found.inside
    assert found.leaning > 0


def test_words_of_a_statement_tell_without_their_order() -> None:
    (found,) = PROTOTYPES.resemblances([("calcification",)])
    assert list(found.concepts) == ["amorphous"]


def test_a_typing_error_is_still_alike() -> None:
    (found,) = PROTOTYPES.resemblances([("powderr",)])
    assert list(found.concepts) == ["amorphous"]


def test_unknown_words_resemble_nothing() -> None:
    (found,) = PROTOTYPES.resemblances([("zzzz",)])
    assert (dict(found.concepts), found.reason, found.inside, found.outside) == ({}, None, 0.0, 0.0)


def test_nine_examples_win_hardly_more_than_one() -> None:
    many = [Telling(("spot", f"word{number}"), {"often": 1.0}) for number in range(9)]
    (found,) = made([*many, Telling(("spot", "rare"), {"once": 1.0})]).resemblances([("spot",)])
    assert found.concepts["once"] * 1.2 > found.concepts["often"]


def test_the_same_texts_always_give_the_same_entries() -> None:
    assert list(prototype_entries(TEXTS, STOP)) == list(prototype_entries(TEXTS, STOP))


@pytest.mark.parametrize(
    ("text", "outside"), [({1: 1.0}, False), ({2: 1.0}, True), ({1: 0.8, 3: 0.6}, False), ({2: 0.8, 3: 0.6}, True)]
)
def test_the_boundary_parts_what_it_learned(text: dict[int, float], outside: bool) -> None:
    leanings, always = learn([{1: 1.0}, {1: 0.8, 3: 0.6}], [{2: 1.0}, {2: 0.8, 3: 0.6}])
    assert (always + sum(leanings[feature] * weight for feature, weight in text.items()) > 0) is outside


def test_nothing_to_learn_from_leans_nowhere() -> None:
    assert learn([], []) == ({}, 0.0)


def test_features_are_stems_pairs_and_pieces() -> None:
    kinds = list(features(("the", "needle"), STOP).values())
    assert kinds.count(Kind.STEM) == 1
    assert kinds.count(Kind.STOP) == 1
    assert kinds.count(Kind.PAIR) == 3
    assert kinds.count(Kind.PIECE) == len("^needle$") - 3
