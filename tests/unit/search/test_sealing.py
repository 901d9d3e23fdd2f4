"""Shapes come back as they were sealed, and equal shapes are sealed alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from api.search.sealing import Sealer


@dataclass(frozen=True)
class Small:
    """A shape with plain members."""

    name: str
    size: float | None = None


@dataclass(frozen=True)
class Large:
    """A shape with members of every kind."""

    smalls: tuple[Small, ...]
    words: frozenset[str]
    pairs: tuple[tuple[str, int], ...]
    signs: Mapping[str, frozenset[int]] = field(default_factory=dict)
    best: Small | None = None
    sure: bool = False


SHAPES = [
    Large((), frozenset(), ()),
    Large((Small("a", 0.1 + 0.2), Small("b")), frozenset({"x", "y"}), (("é", 1), ("z", -1)), {"s": frozenset({1, -1})}),
    Large((), frozenset({"w"}), (), {}, Small("ß", 3.0), sure=True),
]


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_sealed_comes_back(shape: Large) -> None:
    sealer = Sealer(Large)
    assert sealer.open(sealer.seal(shape)) == shape


def test_equal_shapes_are_sealed_alike() -> None:
    sealer = Sealer(Large)
    one, other = frozenset("abcdefgh"), frozenset("hgfedcba")
    assert sealer.seal(Large((), one, ())) == sealer.seal(Large((), other, ()))


def test_a_type_may_have_turns_of_its_own() -> None:
    sealer = Sealer(Large, {tuple[Small, ...]: (len, lambda told: (Small("again"),) * told)})
    assert sealer.open(sealer.seal(Large((Small("a"), Small("b")), frozenset(), ()))).smalls == (Small("again"),) * 2


def test_what_cannot_be_sealed_is_refused_at_once() -> None:
    with pytest.raises(TypeError):
        Sealer(set[object])
