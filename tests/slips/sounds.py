"""How English letters sound, and how far two sounds lie apart: enough to write a word as a hearer might.

Made apart from how the service hears words, so that the one can test the other.
"""

import re
from functools import cache, lru_cache

_VOWELS = frozenset("aeiouAEIOU")
_ALIKE = ("pb", "td", "kg", "fv", "sz", "SZ", "CJ", "mn", "TD", "Tf", "lr", "sS")
_NEAR = {frozenset(pair) for pair in _ALIKE}
_PHONES = tuple(
    (re.compile(pattern), phone)
    for pattern, phone in (
        (r"tion|cian|sion|tious|cious", "Sun"),
        (r"tch|ch", "C"),
        (r"sh", "S"),
        (r"ph|(?<=[aou])gh$", "f"),
        (r"igh", "I"),
        (r"gh", ""),
        (r"th", "T"),
        (r"^kn|^gn|^pn", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"mb$", "m"),
        (r"ck|cc(?![eiy])", "k"),
        (r"sc(?=[eiy])|c(?=[eiy])", "s"),
        (r"c|q", "k"),
        (r"x", "ks"),
        (r"(?<=d)ge|g(?=[eiy])|j", "J"),
        (r"ay|ai|ey|eigh", "A"),
        (r"ee|ea|ie", "E"),
        (r"oa|ow$|oe|ough", "O"),
        (r"oo|ew|ue|ui", "U"),
        (r"ou|ow", "aw"),
        (r"oi|oy", "Oi"),
        (r"aw|au", "o"),
        (r"(?<=[^aeiou])y$", "E"),
        (r"y", "i"),
        (r"a(?=[bdfgklmnprstvz]e$)", "A"),
        (r"i(?=[bdfgklmnprstvz]e$)", "I"),
        (r"o(?=[bdfgklmnprstvz]e$)", "O"),
        (r"(?<=[A-Za-z]{2})e$", ""),
        (r"^(.)E?$", r"\1"),
        (r"([a-z])\1", r"\1"),
    )
)


@cache
def phones(word: str) -> str:
    """The sounds of a word, one letter each; capitals are long vowels and sounds without a letter of their own."""
    for pattern, phone in _PHONES:
        word = pattern.sub(phone, word)
    return word


@lru_cache(maxsize=200_000)
def apart(one: str, other: str) -> float:
    """How far two runs of sounds lie apart: vowels are near each other, and so are voiced and voiceless sounds."""
    row = [_lone(other[:count]) for count in range(len(other) + 1)]
    for letter in one:
        before, row = row, [row[0] + _lone(letter)]
        for place, against in enumerate(other, start=1):
            changed = before[place - 1] + _changed(letter, against)
            row.append(min(changed, before[place] + _lone(letter), row[place - 1] + _lone(against)))
    return row[-1]


def _lone(letters: str) -> float:
    """What it costs to say these and not hear them."""
    return sum(0.5 if letter in _VOWELS or letter in "hw" else 1.0 for letter in letters)


def _changed(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one in _VOWELS and other in _VOWELS:
        return 0.3
    return 0.3 if frozenset((one, other)) in _NEAR else 1.2
