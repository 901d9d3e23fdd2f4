"""What words of a figure tell: its endpoint, its denominator, its population. The words stand in the seed, not here."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from api.knowledge.language import load_language_file
from api.vocabulary import Endpoint


@dataclass(frozen=True)
class Population:
    """A population that is not general."""

    kind: str
    note: str
    in_range: bool


@dataclass(frozen=True)
class Wording:
    """The words for risk figures, as the release holds them."""

    data: dict[str, Any]

    @property
    def notice(self) -> str:
        """What to say beside every figure."""
        return str(self.data["notice"])

    @property
    def phrases(self) -> dict[str, str]:
        """The sentences and their parts."""
        phrases: dict[str, str] = self.data["phrases"]
        return phrases

    def endpoint(self, what: str | None) -> Endpoint:
        """What a figure counts."""
        return Endpoint(_first(self.data["endpoints"], what or "")["endpoint"])

    def outcome(self, what: str | None, among: str | None) -> str:
        """How a plain sentence says what a figure counts, of people or of things."""
        manner = "of_people" if self._denominator(among).get("people") else "phrase"
        phrase = str(_first(self.data["endpoints"], what or "")[manner])
        return phrase.format(what=what)

    def denominator(self, among: str | None) -> str:
        """The plain noun for what was counted: the one whose word stands first."""
        return str(self._denominator(among)["noun"])

    def _denominator(self, among: str | None) -> dict[str, Any]:
        records: list[dict[str, Any]] = self.data["denominators"]
        told = (among or "").casefold()
        places = [(told.find(words), rank) for rank, item in enumerate(records) for words in item.get("words", ())]
        found = min(((place, rank) for place, rank in places if place >= 0), default=(0, len(records) - 1))
        return records[found[1]]

    def populations(self, measure: str, sources: tuple[str, ...], *texts: str | None) -> tuple[Population, ...]:
        """Every way in which the population of a figure is not general."""
        told = " ".join(text for text in texts if text).casefold()
        return tuple(
            Population(item["kind"], item["note"], item.get("in_range", False))
            for item in self.data["populations"]
            if measure in item.get("measures", ())
            or set(sources) & set(item.get("sources", ()))
            or any(words in told for words in item.get("words", ()))
        )

    def joint(self, among: str | None, name: str) -> tuple[str, ...]:
        """The shapes or distributions (`name`) that a figure names together."""
        told = (among or "").casefold()
        return next((tuple(item[name]) for item in self.data["joint"] if item["words"] in told and item.get(name)), ())


def _first(records: list[dict[str, Any]], text: str) -> dict[str, Any]:
    told = text.casefold()
    return next((item for item in records if any(words in told for words in item.get("words", ()))), records[-1])


def load_wording(session: Session) -> Wording:
    """The wording of the release."""
    return Wording(load_language_file(session, "evidence"))
