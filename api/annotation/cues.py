"""A sentence as the rules of status see it: its mentions, its cues, and where lists, clauses and scopes end."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from api.annotation.boxes import Box, find_boxes
from api.annotation.dates import year_from
from api.annotation.mentions import Mention
from api.annotation.phrases import Hit, Phrases
from api.annotation.sentences import Sentence
from api.annotation.wording import Cue, Wording
from api.annotation.words import Word

Value = TypeVar("Value")
_KEEP_WITHIN = 3
_OPENING = 3
_DATED_WITHIN = 4
_PAST = Cue("historical", forward=False, groups=frozenset({"condition", "procedure", "assessment", "event"}))
_EVERYTHING = frozenset({"finding", "condition", "procedure", "assessment", "event", "step", "artefact"})
_OPEN = Cue("negated", forward=True, groups=_EVERYTHING)
_TICKED = Cue("affirmed", forward=True, groups=_EVERYTHING)
RETRACTING = Cue("negated", forward=False, groups=_EVERYTHING)
_OPEN_AFTER = Cue("negated", forward=False, groups=_EVERYTHING)
_TICKED_AFTER = Cue("affirmed", forward=False, groups=_EVERYTHING)
_DENYING = Cue("negated", forward=False, groups=_EVERYTHING - {"assessment"})
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
        self._starts = [mention.first for mention in mentions]

    @cached_property
    def inside(self) -> set[int]:
        """Places that mentions cover."""
        return {place for mention in self.mentions for place in range(mention.first, mention.last + 1)}

    @cached_property
    def cues(self) -> list[FoundCue]:
        """The cues of the sentence, years among them."""
        found = [FoundCue(hit.first, hit.last, hit.values) for hit in self.hits(self.wording.cues) if not self._compares(hit)]
        told = [*found, *self._years(), *self._boxes(), *self._answers(), *self._retractions()]
        return sorted(told, key=lambda cue: cue.first)

    @cached_property
    def cue_starts(self) -> list[int]:
        """Where each cue starts."""
        return [cue.first for cue in self.cues]

    @cached_property
    def ends(self) -> set[int]:
        """Where a scope ends: at some words, and at each box to tick."""
        return self.places("scope_ends") | {place for box in self.boxes for place in range(box.first, box.last + 1)}

    @cached_property
    def boxes(self) -> list[Box]:
        """Boxes to tick."""
        return find_boxes(self.words, self.range, self.wording)

    @cached_property
    def conjunctions(self) -> set[int]:
        """Words that carry a list on."""
        return self.places("conjunctions")

    @cached_property
    def presence(self) -> set[int]:
        """Words that say that something is there."""
        return self.places("presence")

    @cached_property
    def verbs(self) -> set[int]:
        """Words that finish a clause about what went before."""
        return self.places("verbs")

    @cached_property
    def nouns(self) -> set[int]:
        """What else is denied in one list with calcifications."""
        return self.places("coordinated_nouns")

    @cached_property
    def showing(self) -> set[int]:
        """Words for what an examination shows."""
        return self.places("showing")

    @cached_property
    def conditionals(self) -> list[Hit[str]]:
        """Words that open a condition."""
        return self.hits(self.wording.marks["conditionals"])

    @cached_property
    def superseding(self) -> list[Hit[str]]:
        """Words for a category that takes another's place."""
        return self.hits(self.wording.marks["superseding"])

    @cached_property
    def conditional_ends(self) -> set[int]:
        """Words after which a condition holds no longer."""
        return self.places("conditional_ends")

    @cached_property
    def suspicious(self) -> set[int]:
        """Words for suspicious."""
        return self.places("suspicious")

    @cached_property
    def side_hits(self) -> list[Hit[str]]:
        """The sides named."""
        return self.hits(self.wording.sides)

    @cached_property
    def sides(self) -> set[int]:
        """Places that name a side."""
        return {place for hit in self.side_hits for place in range(hit.first, hit.last + 1)}

    @cached_property
    def commas(self) -> set[int]:
        """Where commas stand."""
        return {place for place in self.range if self.words[place].norm == ","}

    @property
    def range(self) -> range:
        """The places of the sentence."""
        return range(self.sentence.first, self.sentence.last + 1)

    def hits(self, phrases: Phrases[Value]) -> list[Hit[Value]]:
        """Phrases of the sentence outside its mentions."""
        found = []
        following = self.sentence.first
        for place in self.range:
            if place < following or not phrases.opens_with(self.words[place]) or place in self.inside:
                continue
            hit = phrases.at(self.words, place, self._open_until(place))
            if hit:
                found.append(hit)
                following = hit.last + 1
        return found

    def _open_until(self, place: int) -> int:
        following = bisect_right(self._starts, place)
        return self._starts[following] if following < len(self._starts) else self.sentence.last + 1

    def places(self, name: str) -> set[int]:
        """Every place a phrase of a list covers."""
        return {place for hit in self.hits(self.wording.marks[name]) for place in range(hit.first, hit.last + 1)}

    def _compares(self, hit: Hit[Cue]) -> bool:
        """Whether words compare with earlier images instead: new vs 2021, stable vs priors, new since last year."""
        past = all(cue.status == "historical" for cue in hit.values) and hit.first > self.sentence.first
        if past and self.wording.marks["years_keep"].opens_with(self.words[hit.first - 1]):
            return True
        if hit.first != hit.last or hit.last >= self.sentence.last or not self.words[hit.first].is_word:
            return False
        marks, following = self.wording.marks, self.words[hit.last + 1]
        earlier = following.is_number or marks["compared_with"].opens_with(following)
        return earlier and marks["doubting_marks"].opens_with(self.words[hit.first])

    def _boxes(self) -> list[FoundCue]:
        """What an open box denies and a ticked one affirms: what follows up to the next box, or what stands before it."""
        first = self.boxes[0].first if self.boxes else self.sentence.first
        trailing = first > self.sentence.first and self.words[first - 1].is_word
        meant = (_TICKED_AFTER, _OPEN_AFTER) if trailing else (_TICKED, _OPEN)
        return [FoundCue(box.first, box.last, (meant[not box.is_ticked],)) for box in self.boxes]

    def _answers(self) -> list[FoundCue]:
        """Short answers that deny what stands before the colon (Grouped: N)."""
        found = []
        for hit in self.hits(self.wording.marks["denying_answers"]):
            following = self.words[hit.last + 1] if hit.last < self.sentence.last else None
            alone = following is None or not following.is_word
            if alone and hit.first > self.sentence.first and self.words[hit.first - 1].text == ":":
                found.append(FoundCue(hit.first, hit.last, (_DENYING,)))
        return found

    def _retractions(self) -> list[FoundCue]:
        """Words that take back the name right before them (four b, scratch that, four a)."""
        hits = self.hits(self.wording.marks["retractions"])
        ends = {mention.last for mention in self.mentions}
        return [FoundCue(hit.first, hit.last, (RETRACTING,)) for hit in hits if {hit.first - 1, hit.first - 2} & ends]

    def _years(self) -> list[FoundCue]:
        """Years that date something; not those something is compared with."""
        keep = self.places("years_keep")
        found = []
        for place in self.range:
            last = year_from(self.words, place, self.sentence, self.wording)
            if last is not None and not self._heads(last) and not keep & set(range(place - _KEEP_WITHIN, place)):
                found.append(FoundCue(place, last, (_PAST,) if self._dates_event(place) else (_PAST, _PAST_BEFORE)))
        return found

    def _dates_event(self, place: int) -> bool:
        """Whether a date stands right after an operation or injury, which it dates (lumpectomy left breast 2009)."""
        events = self.wording.lists["events"]
        return any(0 < place - mention.last <= _DATED_WITHIN and mention.concept in events for mention in self.mentions)

    @cached_property
    def dated(self) -> FoundCue | None:
        """The year a sentence opens with (2023 right: ...): what it plans is past."""
        places = range(self.sentence.first, min(self.sentence.first + _OPENING, self.sentence.last + 1))
        dates = (
            (first, last) for first in places if (last := year_from(self.words, first, self.sentence, self.wording)) is not None
        )
        return next((FoundCue(first, last, ()) for first, last in dates), None)

    def told_now(self, mention: Mention) -> bool:
        """Whether words for today stand before a mention in a sentence that opens with a year."""
        return any(place < mention.first for place in self.now)

    @cached_property
    def now(self) -> set[int]:
        """Words for today."""
        return self.places("now")

    def _heads(self, place: int) -> bool:
        """Whether a date is a heading (Addendum 3/4/24:), which dates what was written and not what is told."""
        opens = not self.mentions or place < self.mentions[0].first
        return opens and place < self.sentence.last and self.words[place + 1].text == ":"
