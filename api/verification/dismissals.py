"""'A new lump can be ignored': a warning sign waved away, against the statement on prompt care."""

from typing import Any

from api.search.cues import CueBook
from api.search.terms import words
from api.verification.claims import Claim
from api.verification.lexicon import Lexicon
from api.verification.reading import Reading
from api.verification.shelf import Claims

_PROMPT_CARE = "prompt-care"
_NEAR = 4


class Dismissals:
    """The warning signs of the language file on safety with the statements that must then be said."""

    def __init__(self, rules: list[dict[str, Any]], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        serious = [rule for rule in rules if rule["code"] == _PROMPT_CARE]
        self._statement_ids = [key for rule in serious for key in rule.get("statements", ())]
        self._cues = CueBook([(cue, True) for rule in serious for cue in rule["cues"]], words)

    def against(self, text: str, reading: Reading, claims: Claims) -> Claim | None:
        """The claim on prompt care, when the sentence says that a warning sign needs no attention."""
        norms = [piece.norm for piece in reading.pieces]
        waved = any(self._lexicon.dismissals.at(norms, place) and not self._denied(reading, place) for place in range(len(norms)))
        if not waved or not self._cues.matches(words(text)):
            return None
        told = (claims.first_of(statement_id) for statement_id in self._statement_ids)
        return next((claim for claim in told if claim), None)

    def _denied(self, reading: Reading, place: int) -> bool:
        """Whether the words for it are themselves denied: 'should not be ignored'."""
        near = reading.pieces[max(0, place - _NEAR) : place]
        return any(piece.norm in self._lexicon.particles["denials"] for piece in near)
