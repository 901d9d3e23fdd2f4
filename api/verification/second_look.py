"""What is looked at once nothing else speaks against a sentence: contrasts, sorts, words without exception, exchanged units."""

from collections.abc import Sequence

from api.verification.candidates import Candidate
from api.verification.claims import Claim
from api.verification.judge import Reason
from api.verification.lexicon import Lexicon
from api.verification.reading import Reading
from api.verification.replacements import Replacements
from api.verification.shelf import Claims
from api.verification.sorts import Sorts
from api.verification.units_exchanged import exchanged
from api.verification.universals import Universals


class SecondLook:
    """Rules that find a sentence wrong by the closest claims, however loosely the rest of it is told."""

    def __init__(self, claims: Claims, lexicon: Lexicon) -> None:
        self._replacements = Replacements(claims, lexicon)
        self._sorts = Sorts(claims, lexicon)
        self._universals = Universals(lexicon)

    def against(self, reading: Reading, candidates: Sequence[Candidate]) -> tuple[Claim, Reason] | None:
        """The claim that shows the sentence wrong, and in what."""
        if reading.distancing:
            return None
        claim = exchanged(reading, candidates)
        if claim:
            return claim, Reason.FIGURE_DIFFERS
        claim = self._sorts.against(reading) or self._universals.against(reading, candidates)
        if claim:
            return claim, Reason.DIRECTION_DIFFERS
        claim = self._replacements.against(reading, candidates)
        return (claim, Reason.ATTRIBUTE_DIFFERS) if claim else None
