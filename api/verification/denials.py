"""How far a denial reaches in a sentence."""

from collections.abc import Sequence
from typing import Any

from api.verification.lexicon import NOUN_SCOPE, Lexicon


def denied_places(
    norms: Sequence[str],
    lexicon: Lexicon,
    negations: Sequence[tuple[int, int] | None],
    axes: Sequence[tuple[int, Any] | None],
    longest: int,
) -> list[bool]:
    """Which pieces a negation reaches: up to a comma, a conjunction, or its length, which is short for 'free of'.

    `negations` and `axes` are the phrases of these kinds that begin at each piece.
    """
    flags = [False] * len(norms)
    inside, place, until = False, 0, 0
    while place < len(norms):
        negation, phrase_of_axis = negations[place], axes[place]
        if inside and (place >= until or norms[place] in lexicon.particles["stops"] or lexicon.scope_ends.at(norms, place)):
            inside = False
        if phrase_of_axis and phrase_of_axis[0] > (negation[0] if negation else 1):
            after = place + phrase_of_axis[0]
            flags[place:after] = [inside and not negation] * phrase_of_axis[0]
            place = after
            continue
        if negation:
            inside, until = _scope(negation, place, longest, inside=inside, until=until)
            until = min(until, _verb_after(lexicon, norms, place, negation))
            place += negation[0]
            continue
        flags[place] = inside
        place += 1
    return flags


def _verb_after(lexicon: Lexicon, norms: Sequence[str], place: int, negation: tuple[int, int]) -> int:
    """Where the verb of the main clause ends a denial: 'a rash that does not heal | can be cancer', 'without change | is'."""
    particles = lexicon.particles
    if negation[1] != NOUN_SCOPE and not particles["relatives"] & set(norms[max(0, place - 2) : place]):
        return len(norms)
    return next((at for at in range(place + negation[0] + 1, len(norms)) if norms[at] in particles["finites"]), len(norms))


def _scope(negation: tuple[int, int], place: int, longest: int, *, inside: bool, until: int) -> tuple[bool, int]:
    length, reach = negation[0], min(negation[1], longest)
    return (True, place + length + reach) if reach else (inside, until)
