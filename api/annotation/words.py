"""Words, numbers and marks of a report with their places. Unlike search words, letters and digits that touch are told apart."""

import re
from dataclasses import dataclass, field

from api.search.terms import normal

_PIECE = re.compile(r"ca\+\+?(?![\w+])|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:\.\d+)?|\n\s*|->|=>|([^\w\s])\1*|_", re.IGNORECASE)
_TRANSPARENT = frozenset("-:/()'\"#*_=|~+&[]’“”–—.")
_LONGEST_WORD = 60
EXACT = "="
GLUE = "~"


@dataclass(slots=True)
class Word:
    """A word, a number or a mark. `glued`: no space before it. `passable`: phrases may run over it.

    `forms` are what phrases may ask of it, see `Phrases`; `is_word` tells that it has letters or digits.
    """

    text: str
    start: int
    end: int
    norm: str
    glued: bool
    passable: bool
    is_word: bool = field(init=False)
    forms: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Make what is asked of every word many times."""
        self.is_word = self.norm[:1].isalnum()
        if not self.is_word:
            self.forms = (self.norm,)
        elif self.glued:
            self.forms = (self.norm, EXACT + self.text, GLUE + self.norm)
        else:
            self.forms = (self.norm, EXACT + self.text)

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
