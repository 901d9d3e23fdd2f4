"""What a sentence names only to set it aside: 'no evidence that', 'rather than', 'is not advised'."""

from collections.abc import Iterable
from typing import NamedTuple

from api.verification.lexicon import Lexicon
from api.verification.patterns import Alternative, Text

_DENIAL = 4
_SUBSTITUTION = 8
_FRAME = 12
_LATER = 3


class Stretch(NamedTuple):
    """Where a phrase begins, and the place after its last word."""

    first: int
    after: int


class SetAside:
    """Denials around a phrase, shortly before it, as a frame around its clause, or right behind it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def all_of(self, alternatives: Iterable[Alternative], sentence: Text) -> list[bool]:
        """Each time one of the alternatives occurs, whether it is denied; one denied within a longer plain one is not counted."""
        found = [
            self._of(alternative, places, sentence) for alternative in alternatives for places in sentence.places(alternative)
        ]
        plain = [stretches for stretches, denied in found if not denied]
        return [denied for stretches, denied in found if not (denied and any(_covers(longer, stretches) for longer in plain))]

    def _of(self, alternative: Alternative, places: tuple[int, ...], sentence: Text) -> tuple[list[Stretch], bool]:
        stretches = [Stretch(place, place + len(run)) for run, place in zip(alternative, places, strict=True)]
        return stretches, any(self._denied(sentence, stretch) for stretch in stretches)

    def _denied(self, sentence: Text, stretch: Stretch) -> bool:
        norms, lexicon = sentence.norms, self._lexicon
        for at in range(stretch.first - 1, max(-1, stretch.first - 1 - _FRAME), -1):
            back = stretch.first - at
            if lexicon.denying_frames.at(norms, at) or (back <= _SUBSTITUTION and lexicon.substitutions.at(norms, at)):
                return True
            if back <= _DENIAL and self._denies(sentence, at):
                return True
            if lexicon.scope_ends.at(norms, at):
                break
        return any(lexicon.later_denials.at(norms, at) for at in range(stretch.after, min(stretch.after + _LATER, len(norms))))

    def _denies(self, sentence: Text, at: int) -> bool:
        found = self._lexicon.negations.at(sentence.norms, at)
        return bool((found and found[1]) or self._lexicon.rarities.at(sentence.norms, at))


def _covers(longer: list[Stretch], shorter: list[Stretch]) -> bool:
    """Whether a phrase of one part takes in another and more."""
    if len(longer) != 1:
        return False
    whole = longer[0]
    return all(whole.first <= part.first and part.after <= whole.after and part != whole for part in shorter)
