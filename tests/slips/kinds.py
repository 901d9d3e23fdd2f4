"""The kinds of slips: each takes a word, or the words of a question, and a lot; none knows the words of our field."""

import random
import re
from collections.abc import Callable, Sequence

from tests.slips.dictation import misheard, ordinary

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORTEST, _LONG = 4, 6
_ARTICLES = (
    "a",
    "an",
    "the",
    "this",
    "that",
    "it",
    "its",
    "there",
    "i",
    "im",
    "me",
    "my",
    "your",
    "to",
    "of",
    "in",
    "on",
    "at",
    "for",
)
_AUXILIARIES = ("is", "are", "was", "were", "be", "been", "am", "do", "does", "did", "has", "have", "had")
_MODALS = ("will", "would", "can", "could", "should")
_SMALL = frozenset((*_ARTICLES, *_AUXILIARIES, *_MODALS))
_RESPELLINGS = tuple(
    (re.compile(pattern), tuple(instead.split("|")))
    for pattern, instead in (
        (r"tion", "shun|shon|sion"),
        (r"ph", "f"),
        (r"(?<!^)f(?!f)", "ph|ff"),
        (r"c(?=[eiy])", "s"),
        (r"s(?=[eiy])", "c|z"),
        (r"c(?=[aoult])", "k"),
        (r"k", "c|ck"),
        (r"ck", "k"),
        (r"x", "ks"),
        (r"qu", "kw"),
        (r"gh", "|g"),
        (r"^kn", "n"),
        (r"^wh", "w"),
        (r"ea", "ee|e|ie"),
        (r"ee", "ea|e"),
        (r"ie|ei", "ee|ei"),
        (r"ai|ay", "ey|a"),
        (r"ou", "ow|u"),
        (r"oo|ue", "u|oo"),
        (r"er$|or$|ar$", "er|a|ar"),
        (r"ous$", "us|ss"),
        (r"al$|le$|el$", "le|el|ul"),
        (r"y$", "ey|i|ie"),
        (r"(?<=[^aeiou])y(?=[^aeiou])", "i"),
        (r"(?<=[^aeiou])i(?=[^aeiou])", "y|e"),
        (r"(?<=[^aeiou])[aeo](?=[^aeiou]+[aeiouy])", "a|e|o|u"),
        (r"([bdfglmnprst])\1", r"\1"),
        (r"(?<=[aeiou])([bdglmnprt])(?=[aeiou])", r"\1\1"),
        (r"(?<=[^aeiou])e$", ""),
        (r"(?<=[a-z])z", "s"),
        (r"th", "f|v|t"),
        (r"v", "f|vv"),
        (r"g(?=[ei])", "j"),
    )
)

Kind = Callable[[Sequence[str], random.Random, int], list[str]]


def _each(change: Callable[[str, random.Random], str | None], least: int) -> Kind:
    """A kind of slip that falls on single words, as many as are told; the longer a word, the likelier."""

    def slip(given: Sequence[str], lot: random.Random, count: int) -> list[str]:
        changed = list(given)
        places = [place for place, word in enumerate(given) if word.isalpha() and len(word) >= least]
        for _ in range(min(count, len(places))):
            place = lot.choices(places, [len(given[place]) for place in places])[0]
            places.remove(place)
            changed[place] = change(changed[place].lower(), lot) or changed[place]
        return changed

    return slip


def _pressed(word: str, lot: random.Random) -> str:
    """A key beside the right one, a letter dropped, doubled, or swapped with the next."""
    at = lot.randrange(len(word))
    return lot.choice(
        (
            word[:at] + _beside(word[at], lot) + word[at + 1 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        )
    )


def _beside(letter: str, lot: random.Random) -> str:
    row = next((row for row in _ROWS if letter in row), letter)
    at = row.index(letter)
    return lot.choice([row[place] for place in (at - 1, at + 1) if 0 <= place < len(row)] or [letter])


def _shortened(word: str, lot: random.Random) -> str:
    """One or two vowels dropped from within."""
    places = [at for at in range(1, len(word)) if word[at] in "aeiou"]
    dropped = set(lot.sample(places, min(len(places), lot.choice((1, 2)))))
    return "".join(letter for at, letter in enumerate(word) if at not in dropped)


def _split(word: str, lot: random.Random) -> str:
    at = lot.randrange(2, len(word) - 1)
    return f"{word[:at]} {word[at:]}"


def _by_ear(word: str, lot: random.Random) -> str | None:
    """One or two places spelled another way that sounds the same or nearly so."""
    for _ in range(lot.choice((1, 1, 2))):
        places = [(match, instead) for pattern, instead in _RESPELLINGS for match in pattern.finditer(word)]
        if not places:
            break
        match, instead = lot.choice(places)
        word = word[: match.start()] + match.expand(lot.choice(instead)) + word[match.end() :]
    return word or None


def _heard(word: str, lot: random.Random) -> str | None:
    return None if word in ordinary() else misheard(word, lot)


def _spaced(given: Sequence[str], lot: random.Random, count: int) -> list[str]:
    """Words split in two, or run together with the next."""
    changed = list(given)
    for _ in range(count):
        joinable = [at for at in range(len(changed) - 1) if changed[at].isalpha() and changed[at + 1].isalpha()]
        if lot.random() < 0.5 and joinable:
            at = lot.choice(joinable)
            changed[at : at + 2] = ["".join(changed[at : at + 2])]
        else:
            changed = _each(_split, _LONG)(changed, lot, 1)
    return changed


def _foreign_order(given: Sequence[str], lot: random.Random, count: int) -> list[str]:
    """Small words dropped, endings lost, and neighbouring words in another order."""
    kept = [word for word in given if word.lower() not in _SMALL or lot.random() < 0.3] or list(given)
    kept = [re.sub(r"(?<=[a-z]{3})(?:ed|ing|(?<!s)s)$", "", word) if lot.random() < 0.25 * count else word for word in kept]
    for _ in range(min(count, len(kept) - 1)):
        at = lot.randrange(len(kept) - 1)
        kept[at : at + 2] = kept[at : at + 2][::-1]
    return kept


def _telegraph(given: Sequence[str], lot: random.Random, count: int) -> list[str]:
    """No small words, and long words cut off."""
    kept = [word for word in given if word.lower() not in _SMALL] or list(given)
    return _each(lambda word, lot: word[: lot.randrange(4, max(5, len(word) - 2))], _LONG + 2)(kept, lot, count)


KINDS: dict[str, Kind] = {
    "keys": _each(_pressed, _SHORTEST),
    "vowels": _each(_shortened, _SHORTEST + 1),
    "spaces": _spaced,
    "ear": _each(_by_ear, _SHORTEST),
    "dictation": _each(_heard, _LONG),
    "second language": _foreign_order,
    "telegraph": _telegraph,
}


def slipped(question: str, kind: str, seed: int = 1) -> str:
    """The question with one to three slips of a kind."""
    lot = random.Random(f"{kind} {seed} {question}")
    return " ".join(KINDS[kind](re.findall(r"[\w'’-]+|[^\w\s]+", question), lot, lot.choice((1, 2, 2, 3))))


def slipped_sentence(sentence: str, kind: str, seed: int = 1) -> str:
    """The sentence of an answer with one or two slips of a kind; figures and marks stay as they are."""
    lot = random.Random(f"{kind} {seed} {sentence}")
    return " ".join(KINDS[kind](sentence.split(), lot, lot.choice((1, 1, 2))))
