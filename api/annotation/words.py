"""Words, numbers and marks of a report with their places. Unlike search words, letters and digits that touch are told apart."""

import re
from dataclasses import dataclass

from api.search.terms import normal

_PIECE = re.compile(r"ca\+\+?(?![\w+])|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:\.\d+)?|\n\s*|->|=>|([^\w\s])\1*|_", re.IGNORECASE)
_TRANSPARENT = frozenset("-:/()'\"#*_=|~+&[]’“”–—.")
_LONGEST_WORD = 60


@dataclass(slots=True)
class Word:
    """A word, a number or a mark. `glued`: no space before it. `passable`: phrases may run over it."""

    text: str
    start: int
    end: int
    norm: str
    glued: bool
    passable: bool

    @property
    def is_word(self) -> bool:
        """Whether it has letters or digits."""
        return self.norm[:1].isalnum()

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.norm[:1].isdigit()


def _mark(piece: str) -> str:
    return piece[0] if piece[0] == "\n" or piece == piece[0] * len(piece) else piece.casefold()


def read_words(text: str) -> list[Word]:
    """The words of a text, in time linear in its length. Offsets index the text as given."""
    found: list[Word] = []
    end, alphanumeric = -1, False
    for match in _PIECE.finditer(text):
        piece = match[0]
        wordlike = piece[0].isalnum()
        norm = normal(piece[:_LONGEST_WORD]) if wordlike and piece[-1] != "+" else _mark(piece)
        glued = wordlike and alphanumeric and match.start() == end
        if piece[0] == "-" and alphanumeric and match.start() == end:
            end = match.end()
            found.append(Word(piece, match.start(), match.end(), piece, glued=False, passable=True))
            continue
        found.append(Word(piece, match.start(), match.end(), norm or piece, glued, piece[0] in _TRANSPARENT and piece[0] != "."))
        end, alphanumeric = match.end(), wordlike
    return found
