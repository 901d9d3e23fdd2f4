"""A careful guess at how many tokens a text costs a language model; it errs on the high side, so budgets are kept."""

import re

_PIECE = re.compile(r"[A-Za-z]+|\d|[^\sA-Za-z\d]")
_LETTERS = 4


def estimate(text: str) -> int:
    """Tokens of a text: one for each four letters of a word or part of four, one for each digit and each other sign."""
    return sum(-(-len(piece) // _LETTERS) for piece in _PIECE.findall(text))
