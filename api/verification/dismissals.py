"""'A new lump can be ignored': a warning sign or an appointment waved away, against the statement that says to heed it."""

from collections.abc import Sequence
from typing import Any

from api.search.cues import CueBook
from api.search.terms import words
from api.verification.checkable import is_question
from api.verification.claims import Claim
from api.verification.lexicon import Lexicon
from api.verification.reading import Reading
from api.verification.shelf import Claims

_DENIED = 4
_PERMITTED = 5
_UNNEEDED = 7
_LED_UP = 9
_GERUND = "ing"


class Dismissals:
    """Warning signs of the language file on safety, appointments to keep, and the statements that say to heed them."""

    def __init__(self, rules: list[dict[str, Any]], lexicon: Lexicon) -> None:
        self._words = lexicon.waving
        self._marks = lexicon.particles["stops"]
        self._without = lexicon.particles["absent"]
        self._signs = CueBook(
            [(cue, tuple(rule["statements"])) for rule in rules if rule.get("statements") for cue in rule["cues"]], words
        )
        self._appointments = CueBook([(cue, (statement_id,)) for cue, statement_id in self._words.appointments], words)

    def against(self, text: str, reading: Reading, claims: Claims) -> Claim | None:
        """The claim that says to heed what the sentence says needs no attention."""
        norms = [piece.norm for piece in reading.pieces]
        if reading.distancing or is_question(text):
            return None
        neglected = self._neglected(norms)
        signs = self._signs_in(text) if neglected or self._unattended(norms) else []
        if signs and not self._words.mild.within(norms):
            return _first(claims, signs[0])
        kept = self._appointments.matches(words(text)) if neglected else []
        return _first(claims, kept[0].meaning) if kept else None

    def heeded(self, text: str, reading: Reading, claims: Claims) -> Claim | None:
        """The claim on a warning sign, when the sentence says not to ignore it or to have it looked at."""
        norms = [piece.norm for piece in reading.pieces]
        warned = any(self._words.neglecting.at(norms, place) and self._is_denied(norms, place) for place in range(len(norms)))
        signs = self._signs_in(text) if warned else []
        return _first(claims, signs[0]) if signs else None

    def _neglected(self, norms: Sequence[str]) -> bool:
        """Whether one may, or is told to, neglect something: 'can safely be ignored', 'skip the visit'."""
        for place in range(len(norms)):
            if not self._words.neglecting.at(norms, place) or self._is_denied(norms, place):
                continue
            near = range(max(0, place - _PERMITTED), place)
            ordered = place == 0 and not norms[0].endswith(_GERUND)
            if ordered or any(self._words.permitting.at(norms, at) for at in near):
                return True
        return False

    def _unattended(self, norms: Sequence[str]) -> bool:
        """Whether something is called harmless, or attention to it unneeded."""
        return any(
            (self._words.harmless.at(norms, place) and not self._is_denied(norms, place)) or self._is_unneeded(norms, place)
            for place in range(len(norms))
        )

    def _is_unneeded(self, norms: Sequence[str], place: int) -> bool:
        """'No need to see a doctor', 'makes examining it unnecessary'; not 'no need to wait'."""
        found = self._words.unneeded.at(norms, place)
        if not found or self._is_denied(norms, place):
            return False
        for at in range(place + found[0], min(place + found[0] + _UNNEEDED, len(norms))):
            if norms[at] in self._marks or self._words.neglecting.at(norms, at):
                return False
            if self._words.attention.at(norms, at):
                return True
        ends = place + found[0] >= len(norms) or norms[place + found[0]] in self._marks | {"."}
        before = range(max(0, place - _LED_UP), place)
        denied = any(self._words.denials.at(norms, at) for at in before)
        return ends and not denied and any(self._words.attention.at(norms, at) for at in before)

    def _is_denied(self, norms: Sequence[str], place: int) -> bool:
        """Whether the words for it are themselves denied: 'should not be ignored'; not 'a rash that does not heal can be'."""
        for at in range(place - 1, max(-1, place - 1 - _DENIED), -1):
            if self._words.denials.at(norms, at):
                return True
            if self._words.permitting.at(norms, at):
                return at > 0 and self._words.denials.at(norms, at - 1) is not None
        return False

    def _signs_in(self, text: str) -> list[tuple[str, ...]]:
        """The statements on the warning signs named; 'no lump' names none."""
        said = words(text)
        found = self._signs.matches(said)
        return [match.meaning for match in found if not any(said[at - 1] in self._without for at in match.places if at)]


def _first(claims: Claims, statement_ids: Sequence[str]) -> Claim | None:
    told = (claims.first_of(statement_id) for statement_id in statement_ids)
    return next((claim for claim in told if claim), None)
