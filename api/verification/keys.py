"""Keys of statements: how a sentence on the very claim is recognised, and which words or figures of that slot are wrong.

A key speaks of a sentence that has all its `about`. Words: the sentence is wrong when it has one of `excluded`, undenied, and
none of `told`; a denied right word alone accuses nobody. Figures: it is wrong when it has figures of the unit and none of them
is among the values told. A key that is silent proves nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from api.search.terms import words
from api.verification.lexicon import Lexicon
from api.verification.nearby import Nearby
from api.verification.patterns import Text, parse, parse_alternatives, says
from api.verification.quantities import AGE, COUNT, FROM_ABOVE, FROM_BELOW, NUMBER, SHARE, TIME, Quantity, complement
from api.verification.reading import Reading
from api.verification.set_aside import SetAside

_BIRADS = re.compile(r"\bbi[\s-]?rads\b", re.IGNORECASE)
_AT_MOST = re.compile(r"\bat\s+(?:the\s+)?most\b", re.IGNORECASE)
_TOLERANCE = 0.08
_DIMENSIONS = {"percent": (SHARE,), "count": (COUNT,), "times": (NUMBER, COUNT)}
_ALSO = {TIME: (TIME, AGE)}


@dataclass(frozen=True, slots=True)
class Key:
    """What tells that a sentence speaks of the claim of a statement, and what is right and wrong in it."""

    statement_id: str
    about: str
    told: str = ""
    excluded: str = ""
    dimensions: tuple[str, ...] = ()
    values: tuple[tuple[float, float], ...] = ()

    @property
    def of_figures(self) -> bool:
        """Whether it holds figures, not words, against a sentence."""
        return bool(self.dimensions)


@dataclass(frozen=True, slots=True)
class Objection:
    """A key that finds a sentence wrong, and whether the sentence alone has all the key is about."""

    key: Key
    alone: bool


def to_text(sentence: str) -> Text:
    """A sentence as keys are held against it; 'at most' is no 'most'."""
    return Text(words(_AT_MOST.sub("up to", birads_as_one(sentence))))


def birads_as_one(sentence: str) -> str:
    """A sentence with the name of the system as one word, however it is written."""
    return _BIRADS.sub("birads", sentence)


class Keys:
    """The keys of a release, each found by the rarest term of what it is about; the next rarest must not be missing either."""

    def __init__(self, content: dict[str, Any], lexicon: Lexicon) -> None:
        self._set_aside = SetAside(lexicon)
        self._keys = [_key(item, lexicon) for item in content.get("keys", ())]
        self._nearby = Nearby([key.about for key in self._keys])
        self._by_statement = {
            name: tuple(keys) for name, keys in groupby(sorted(self._keys, key=_statement_of), key=_statement_of)
        }

    def of(self, statement_id: str) -> tuple[Key, ...]:
        """The keys of a statement."""
        return self._by_statement.get(statement_id, ())

    def tells(self, key: Key, reading: Reading) -> bool:
        """Whether a sentence has figures of a key's kind and one of them is told."""
        said = any(quantity.dimension in key.dimensions for quantity in reading.quantities)
        return said and not _misses(key, reading)

    def hears(self, key: Key, sentence: Text) -> str | None:
        """Whether a sentence on the claim of a key of words has what is told there, or denies what is wrong."""
        told, excluded = self._denials(key.told, sentence), self._denials(key.excluded, sentence)
        if (told and not any(told) and not excluded) or (excluded and all(excluded) and not told):
            return "told"
        return None

    def against(self, sentence: Text, before: Text, reading: Reading) -> Iterator[Objection]:
        """The keys a sentence goes against; what was said `before` counts too; what it calls wrong is not its claim."""
        if reading.distancing:
            return
        whole = before + sentence
        for number in self._nearby.of(whole):
            key = self._keys[number]
            terms = parse(key.about)
            alone = says(terms, sentence)
            if alone or (before.norms and says(terms, whole)):
                wrong = _misses(key, reading) if key.of_figures else self._says_wrong(key, sentence)
                if wrong:
                    yield Objection(key, alone)

    def _says_wrong(self, key: Key, sentence: Text) -> bool:
        excluded = self._denials(key.excluded, sentence)
        return bool(excluded) and not any(excluded) and not _occurs(key.told, sentence)

    def _denials(self, alternatives: str, sentence: Text) -> list[bool]:
        """Each time one of the alternatives occurs, whether it is denied."""
        return self._set_aside.all_of(parse_alternatives(alternatives), sentence) if alternatives else []


def _statement_of(key: Key) -> str:
    return key.statement_id


def _key(item: dict[str, Any], lexicon: Lexicon) -> Key:
    dimensions, factor = _measure(item.get("unit"), lexicon)
    values = tuple((low * factor, high * factor) for low, high in map(_span, item.get("values", ())))
    return Key(item["statement"], item["about"], item.get("told", ""), item.get("excluded", ""), dimensions, values)


def _measure(unit: str | None, lexicon: Lexicon) -> tuple[tuple[str, ...], float]:
    if unit is None:
        return (), 1.0
    if unit in _DIMENSIONS:
        return _DIMENSIONS[unit], 0.01 if unit == "percent" else 1.0
    found = lexicon.units.at([*words(unit)], 0)
    if not found:
        raise ValueError(f"no unit is called '{unit}'")
    return _ALSO.get(found[1].dimension, (found[1].dimension,)), found[1].factor


def _span(value: float | str) -> tuple[float, float]:
    low, _, high = str(value).partition("-")
    return float(low), float(high or low)


def _occurs(alternatives: str, sentence: Text) -> bool:
    return bool(alternatives) and any(next(sentence.places(each), None) for each in parse_alternatives(alternatives))


def _misses(key: Key, reading: Reading) -> bool:
    """Whether the sentence has figures of the kind, and none that is told; of what is denied, the rest of the whole is told."""
    said = [quantity for quantity in reading.quantities if quantity.dimension in key.dimensions]
    if reading.remaining:
        said += [complement(quantity) for quantity in said if quantity.dimension == SHARE]
    return bool(said) and not any(_agrees(quantity, low, high) for quantity in said for low, high in key.values)


def _agrees(said: Quantity, low: float, high: float) -> bool:
    slack = max(said.step, _TOLERANCE * max(said.high, high))
    if said.hedge in FROM_ABOVE:
        return low <= said.high + slack
    if said.hedge in FROM_BELOW:
        return high >= said.low - slack
    return said.low - slack <= high and low <= said.high + slack
