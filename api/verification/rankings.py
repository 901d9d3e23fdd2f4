"""Rankings of statements: of two sides, which has more of what. A sentence that puts the other one above is wrong by it.

A ranking speaks of a sentence that has all its `about`. What is measured may be named by its opposite: the side that is less
worrying is the more harmless one.
"""

from dataclasses import dataclass
from typing import Any

from api.verification.degrees import Clauses, Degrees
from api.verification.keys import birads_as_one
from api.verification.lexicon import Lexicon
from api.verification.nearby import Nearby
from api.verification.patterns import parse, parse_alternatives, says
from api.verification.sides import Sides


@dataclass(frozen=True, slots=True)
class Ranking:
    """What tells that a sentence compares the two sides of a statement, and the sides."""

    statement_id: str
    about: str
    sides: Sides


@dataclass(frozen=True, slots=True)
class Settled:
    """A statement that ranks the two sides a sentence compares, and whether alike."""

    statement_id: str
    agrees: bool


class Rankings:
    """The rankings of a release."""

    def __init__(self, content: dict[str, Any], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._degrees = Degrees(content["degrees"])
        self._rankings = [_ranking(item) for item in content["rankings"]]
        self._nearby = Nearby([ranking.about for ranking in self._rankings])

    def settled(self, sentence: str) -> Settled | None:
        """How the rankings a sentence is about stand to it; one that agrees counts before one that does not."""
        clauses = Clauses(birads_as_one(sentence), self._degrees, self._lexicon)
        found = [self._rankings[number] for number in self._nearby.of(clauses.text)]
        asked = [ranking for ranking in found if says(parse(ranking.about), clauses.text)]
        signs = [(clauses.raised(ranking.sides), ranking.statement_id) for ranking in asked]
        return next((Settled(name, agrees=sign > 0) for wanted in (1, -1) for sign, name in signs if sign == wanted), None)


def _ranking(item: dict[str, str]) -> Ranking:
    sides = (parse_alternatives(item.get(side, "")) for side in ("more", "less", "measure", "counter"))
    return Ranking(item["statement"], item["about"], Sides(*sides))
