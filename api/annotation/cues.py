"""A sentence as the rules of status see it: its mentions, its cues, and where lists, clauses and scopes end."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from api.annotation.mentions import Mention
from api.annotation.phrases import Hit, Phrases
from api.annotation.sentences import Sentence
from api.annotation.wording import Cue, Wording
from api.annotation.words import Word

Value = TypeVar("Value")
_FIRST_YEAR, _LAST_YEAR = 1950, 2060
_KEEP_WITHIN = 4
_SPOKEN_CENTURY = 20
_PAST = Cue("historical", forward=False, groups=frozenset({"condition", "procedure", "assessment", "event"}))
_PAST_BEFORE = Cue("historical", forward=True, groups=_PAST.groups)


@dataclass(frozen=True)
class FoundCue:
    """A cue at the words `first` to `last`."""

    first: int
    last: int
    cues: tuple[Cue, ...]


class Scene:
    """A sentence with its mentions and marks; positions are those of the report's words."""

    def __init__(self, words: Sequence[Word], sentence: Sentence, mentions: list[Mention], wording: Wording) -> None:
        self.words = words
        self.sentence = sentence
        self.mentions = mentions
        self.wording = wording
        self.inside = {place for mention in mentions for place in range(mention.first, mention.last + 1)}
        self._starts = [mention.first for mention in mentions]
        self.cues = [FoundCue(hit.first, hit.last, hit.values) for hit in self.hits(wording.cues)] + self._years()
        self.ends = self.places("scope_ends")
        self.conjunctions = self.places("conjunctions")
        self.presence = self.places("presence")
        self.verbs = self.places("verbs")
        self.nouns = self.places("coordinated_nouns")
        self.suspicious = self.places("suspicious")
        self.sides = {place for hit in self.hits(wording.sides) for place in range(hit.first, hit.last + 1)}
        self.commas = {place for place in self.range if words[place].norm == ","}

    @property
    def range(self) -> range:
        """The places of the sentence."""
        return range(self.sentence.first, self.sentence.last + 1)

    def hits(self, phrases: Phrases[Value]) -> list[Hit[Value]]:
        """Phrases of the sentence outside its mentions."""
        found = []
        place = self.sentence.first
        while place <= self.sentence.last:
            hit = None if place in self.inside else phrases.at(self.words, place, self._open_until(place))
            if hit:
                found.append(hit)
            place = hit.last + 1 if hit else place + 1
        return found

    def _open_until(self, place: int) -> int:
        following = bisect_right(self._starts, place)
        return self._starts[following] if following < len(self._starts) else self.sentence.last + 1

    def places(self, name: str) -> set[int]:
        """Every place a phrase of a list covers."""
        return {place for hit in self.hits(self.wording.marks[name]) for place in range(hit.first, hit.last + 1)}

    def _years(self) -> list[FoundCue]:
        """Years that date something; not those something is compared with."""
        keep = self.places("years_keep")
        found = []
        for place in self.range:
            last = self._year_from(place)
            if last is not None and not keep & set(range(place - _KEEP_WITHIN, place)):
                found.append(FoundCue(place, last, (_PAST, _PAST_BEFORE)))
        return found

    def _year_from(self, place: int) -> int | None:
        norm = self.words[place].norm
        if norm.isdigit() and _FIRST_YEAR <= int(norm[:6]) <= _LAST_YEAR:
            return place
        following = self.words[place + 1] if place < self.sentence.last else None
        if following is None or norm not in self.wording.numbers:
            return None
        tens = self.wording.numbers.get(following.norm, 0)
        spoken = self.wording.numbers[norm] == _SPOKEN_CENTURY and tens > 9
        return place + 1 if spoken or (norm == "two" and following.norm == "thousand") else None
