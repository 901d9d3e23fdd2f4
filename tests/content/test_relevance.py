"""Generated from the content: every name finds its concept first, and still near the top with one typing error."""

import random
from collections.abc import Callable

import pytest
from sqlmodel import Session

from api.grounding.ground import Grounding
from api.search.find import HitKind, find
from api.search.index import stored
from api.search.labels import Name, load_names
from api.search.terms import words
from tests.conftest import Client

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONG = 5
_SHARE_WITHIN_THREE = 0.97


First = Callable[[str, int], list[str]]


@pytest.fixture(scope="module")
def first(grounding: Grounding, release_session: Session) -> First:
    """Finds the concepts among the first hits of a text."""
    return lambda text, count: [
        hit.slug for hit in find(grounding.search, stored(release_session), text).hits[:count] if hit.kind is HitKind.CONCEPT
    ]


@pytest.fixture(scope="module")
def names(client: Client, release_session: Session) -> list[Name]:
    """Every name of the release."""
    return load_names(release_session)


def _owners(names: list[Name]) -> dict[str, set[str]]:
    """The concepts of every name; names that differ in case or number only are one."""
    owners: dict[tuple[str, ...], set[str]] = {}
    for name in names:
        owners.setdefault(words(name.text), set()).add(name.slug)
    return {name.text: owners[words(name.text)] for name in names}


def test_every_name_finds_its_concept_first(first: First, names: list[Name]) -> None:
    wrong = [(text, slugs, found) for text, slugs in _owners(names).items() if not set(found := first(text, 1)) & slugs]
    assert not wrong


def test_names_are_found_whatever_the_case_and_spelling(first: First, names: list[Name]) -> None:
    assert all(name.slug in first(f"  {name.text.upper()} ", 3) for name in names[::7])


def test_one_typing_error_keeps_a_name_within_three(first: First, names: list[Name]) -> None:
    chance = random.Random(1)
    owners = _owners(names)
    tried, missed = 0, []
    for text, slugs in owners.items():
        typed = _mistyped(text, chance)
        if typed is None:
            continue
        tried += 1
        if not slugs & set(first(typed, 3)):
            missed.append((typed, sorted(slugs)))
    assert tried > 700
    assert 1 - len(missed) / tried >= _SHARE_WITHIN_THREE, missed[:40]


def _mistyped(text: str, chance: random.Random) -> str | None:
    parts = text.split()
    places = [i for i, word in enumerate(parts) if len(word) >= _LONG and word.isalpha()]
    if not places:
        return None
    place = chance.choice(places)
    word = parts[place]
    at = chance.randrange(1, len(word) - 1)
    parts[place] = chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + chance.choice(_LETTERS) + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + chance.choice(_LETTERS) + word[at + 1 :],
        ]
    )
    return " ".join(parts)
