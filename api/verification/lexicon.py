"""The language file of verification, made ready for reading text."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from api.verification.naming_words import NamingWords
from api.verification.waving_words import WavingWords
from api.verification.words import Phrases, Stemmer, listed, phrase

_SCOPE = 8
_SHORT_SCOPE = 1
NOUN_SCOPE = 3
Sign = Literal[1, -1]


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit measures and its size in the base unit of the measure."""

    dimension: str
    factor: float


@dataclass(frozen=True, slots=True)
class CategoryPattern:
    """How a category of a system is written."""

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Words for what a category stands for, and the categories they are true of."""

    words: Phrases[bool]
    categories: frozenset[str]


class Lexicon:
    """Words for verification, as matchers. Made once per release."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.stemmer = Stemmer(listed(content["endings"]))
        self.stop_words = frozenset(word for text in listed(content["stop_words"]) for word in phrase(text))
        self.light_words = frozenset(self.stemmer.stem(word) for text in listed(content["light_words"]) for word in phrase(text))
        self.plain_words = {word for text in listed(content["light_words"]) for word in phrase(text)}
        self.synonyms = Phrases((word, f"={row.split(',')[0].strip()}") for row in content["synonyms"] for word in listed([row]))
        self.light_groups = frozenset(f"={word}" for word in listed(content["light_groups"]))
        self._read_numbers(content)
        self._read_polarity(content)
        self._read_manners(content)
        self.categories = tuple(
            CategoryPattern(item["name"], re.compile(item["pattern"], re.IGNORECASE)) for item in content["categories"]
        )
        self.namings = NamingWords(content["namings"])
        self.more_categories = re.compile(content["more_categories"], re.IGNORECASE)

    def _read_numbers(self, content: dict[str, Any]) -> None:
        self.numbers: dict[str, int] = dict(content["numbers"])
        self.multipliers: dict[str, int] = dict(content["multipliers"])
        self.fractions: dict[str, int] = dict(content["fractions"])
        self.ordinals: dict[str, int] = dict(content["ordinals"])
        self.multiples = Phrases(content["multiples"].items())
        self.intervals = Phrases(content["intervals"].items())
        self.units = Phrases(
            (word, Unit(item["dimension"], item["factor"])) for item in content["units"] for word in listed([item["words"]])
        )
        self.hedges = Phrases((word, kind) for kind, row in content["hedges"].items() for word in listed([row]))
        self.hedges_after = Phrases((word, kind) for kind, row in content["hedges_after"].items() for word in listed([row]))
        self.particles = {name: frozenset(row.split()) for name, row in content["particles"].items()}
        self.first_of_figures = self.particles["single"] | self.intervals.firsts | self.multiples.firsts
        self.age_words = Phrases((word, True) for word in listed(content["age_words"]))

    def _read_polarity(self, content: dict[str, Any]) -> None:
        self.negations = Phrases(
            [(word, 0) for word in listed(content["false_negations"])]
            + [(word, _SHORT_SCOPE) for word in listed(content["short_negations"])]
            + [(word, NOUN_SCOPE) for word in listed(content["noun_negations"])]
            + [(word, _SCOPE) for word in listed(content["negations"])]
        )
        self.scope_ends = Phrases((word, True) for word in listed(content["scope_ends"]))
        poles: list[tuple[str, tuple[str, Sign]]] = []
        for axis in content["axes"]:
            poles += [(word, (axis["name"], 1)) for word in listed([axis["plus"]])]
            poles += [(word, (axis["name"], -1)) for word in listed([axis["minus"]])]
        self.axes = Phrases(poles)
        self.turning = frozenset(axis["name"] for axis in content["axes"] if axis.get("turns", True))
        absolutes: list[tuple[str, Sign]] = [(word, 1) for word in listed([content["absolutes"]["plus"]])]
        absolutes += [(word, -1) for word in listed([content["absolutes"]["minus"]])]
        self.absolutes = Phrases(absolutes)
        self.meanings = tuple(
            Meaning(Phrases((word, True) for word in listed([item["words"]])), frozenset(listed([item["categories"]])))
            for item in content["meanings"]
        )
        self.decades: dict[str, int] = dict(content["decades"])
        self.substitutions = Phrases((word, True) for word in listed(content["substitutions"]))
        self.denying_frames = Phrases((word, True) for word in listed(content["denying_frames"]))
        self.later_denials = Phrases((word, True) for word in listed(content["later_denials"]))
        self.unit_fillers = frozenset(listed(content["unit_fillers"]))
        self.talk_words = frozenset(word for text in listed(content["talk_words"]) for word in phrase(text))
        self.pleas = Phrases((word, True) for word in listed(content["pleas"]))
        self.orders = Phrases(
            (word, (item["name"], frozenset(listed([item.get("link", "")]))))
            for item in content["orders"]
            for word in listed([item["words"]])
        )
        self.waving = WavingWords(content["waving"])
        self.properties = _properties(content["properties"])
        self.slots = _properties([*content["properties"], *content["slots"]])
        self.copulas = Phrases((word, True) for word in listed(content["copulas"]))
        self.fillers = Phrases((word, True) for word in listed(content["fillers"]))
        self.rarities = Phrases((word, True) for word in listed(content["rarities"]))
        self.predicates = Phrases((word, True) for word in listed(content["predicates"]))
        self.manners = {
            manner: Phrases((word, True) for word in listed(content[rows]))
            for manner, rows in (
                ("soft", "softeners"),
                ("partial", "partials"),
                ("open", "open_questions"),
                ("conditional", "conditions"),
                ("comparing", "comparing"),
                ("most", "majorities"),
                ("level", "no_effects"),
                ("lessened", "lessenings"),
                ("single_study", "single_studies"),
                ("unable", "inabilities"),
                ("remaining", "remainders"),
                ("contrasting", "contrasting"),
                ("distancing", "distancing"),
            )
        }
        self.exclusive: dict[str, int] = {}
        for number, row in enumerate(content["exclusive"]):
            self.exclusive |= {f"={member.strip()}": number for member in row.split("|")}

    def _read_manners(self, content: dict[str, Any]) -> None:
        self.openers = Phrases((word, True) for word in listed(content["openers"]))
        self.first_person = Phrases((word, True) for word in listed(content["first_person"]))
        self.feelings = Phrases((word, True) for word in listed(content["feelings"]))
        self.feeling_frames = Phrases((word, True) for word in listed(content["feeling_frames"]))
        self.advice_verbs = Phrases((word, True) for word in listed(content["advice_verbs"]))
        self.advisers = Phrases((word, True) for word in listed(content["advisers"]))
        self.anaphora = Phrases((word, True) for word in listed(content["anaphora"]))
        self.asides = Phrases((word, True) for word in listed(content["asides"]))
        self.openings = Phrases((word, True) for word in listed(content["openings"]))
        self.abbreviations = frozenset(listed(content["abbreviations"]))
        self.prefixes, self.suffixes = listed(content["prefixes"]), listed(content["suffixes"])
        self.rare_words = frozenset(word for text in listed(content["rare_words"]) for word in phrase(text))

    @property
    def known_words(self) -> set[str]:
        """Every comparable word of the file, so that none is taken for a typing error."""
        tables: tuple[Phrases[Any], ...] = (
            self.synonyms,
            self.axes,
            self.negations,
            self.units,
            self.hedges,
            self.absolutes,
            *self.manners.values(),
            self.openers,
            self.feelings,
            self.advice_verbs,
            self.advisers,
            self.anaphora,
            self.multiples,
            self.intervals,
            self.first_person,
        )
        words = {word for table in tables for word in table.words}
        return words | self.stop_words | self.rare_words | self.plain_words | set(self.numbers) | set(self.fractions)


def _properties(rows: list[dict[str, str]]) -> Phrases[tuple[tuple[int, str], ...]]:
    """Words for properties, each with the groups of properties that exclude each other and its member there."""
    found: dict[str, list[tuple[int, str]]] = {}
    for number, row in enumerate(rows):
        for member, text in row.items():
            for word in listed([text]):
                found.setdefault(word, []).append((number, member))
    return Phrases((word, tuple(places)) for word, places in found.items())
