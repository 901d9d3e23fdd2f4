"""From text to comparable words: tokens with their places, one spelling for British and American, light stemming."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"\d+\.\d+|[^\W_]+(?:['’][^\W_]+)*", re.UNICODE)
_SPELLINGS = (
    (re.compile(r"ae(?=m|s|t|d)|oe(?=d|s)"), "e"),
    (re.compile(r"(?<=[a-z]{2})our(?=s|ed|ing|less|$)"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(?=e$|es$|ed$|ing$|ation)"), "iz"),
    (re.compile(r"tre(?=s?$)"), "ter"),
    (re.compile(r"yse(?=s?$|d$)"), "yze"),
    (re.compile(r"(?<=[a-z])grey|^grey"), "gray"),
)
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", ""))
_KEPT = frozenset({"dcis", "lcis", "us", "was", "is", "has", "his", "this", "its", "dbs", "gas", "bias", "as", "lens"})
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word and its place in the text; `norm` is what words are compared by."""

    text: str
    start: int
    end: int
    norm: str


def tokens(text: str) -> list[Token]:
    """The words and numbers of a text in order, in time linear in its length. Offsets index the text as given."""
    return [Token(match[0], match.start(), match.end(), normal(match[0])) for match in _WORD.finditer(text)]


def words(text: str) -> tuple[str, ...]:
    """The comparable words of a text."""
    return tuple(map(normal, _WORD.findall(text)))


@lru_cache(maxsize=50_000)
def normal(word: str) -> str:
    """One comparable form: no case, no accents, American spelling, singular."""
    plain = spelled(word)
    return _singular(plain) if plain.isascii() and len(plain) > _SHORTEST_STEM else plain


def spelled(word: str) -> str:
    """A word or the beginning of one without case and accents, in American spelling."""
    folded = word[:100].casefold()
    plain = folded if folded.isascii() else _without_accents(folded)
    plain = plain.removesuffix("'s").replace("'", "")
    if not plain.isascii() or len(plain) <= _SHORTEST_STEM:
        return plain
    for pattern, spelling in _SPELLINGS:
        plain = pattern.sub(spelling, plain)
    return plain


def _without_accents(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).replace("’", "'")


def _singular(word: str) -> str:
    if word in _KEPT or word.endswith(("ss", "us", "is")):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST_STEM:
            return word.removesuffix(ending) + instead
    return word
