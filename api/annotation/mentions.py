"""Mentions of concepts in a report: terms and categories found, what is not ours left out, heads and doubles joined."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.annotation.phrases import Hit
from api.annotation.wording import CALCIFICATION, Term, Wording
from api.annotation.words import Word

_JOINING = frozenset("/(")
_GUIDED_WITHIN = 10
_BREATH = 2
_AROUND = 7
_PLACE_WITHIN = 5
_BEFORE = 25
_FULL_STOPS = frozenset(".\n")
_STOPS = _FULL_STOPS | {";"}
MOST_MENTIONS = 1_200


@dataclass
class Mention:
    """A concept named by the words `first` to `last`. Settled step by step; what leaves the room is frozen."""

    concept: str
    term: Term
    first: int
    last: int
    group: str
    closer: str | None = None


def find_mentions(words: Sequence[Word], wording: Wording) -> tuple[list[Mention], int]:
    """Mentions from left to right, not overlapping, and how many words were read: no more than name `MOST_MENTIONS`."""
    found: list[Mention] = []
    british = _is_british(words, wording)
    headed = any(wording.marks["calcification_headings"].at(words, place) for place in range(len(words)))
    place = 0
    while place < len(words) and len(found) < MOST_MENTIONS:
        hit = _longer(_category(words, place, wording, british), wording.terms.at(words, place))
        if hit is None:
            place += 1
            continue
        term = hit.values[0]
        if term.concept is not None and _is_heading(term, words, hit, wording):
            headed = headed or term.concept == CALCIFICATION
        elif term.concept is not None:
            found.append(Mention(term.concept, term, hit.first, hit.last, term.group, term.closer))
        place = hit.last + 1
    return _tidied(found, headed, words, wording), min(place, len(words))


def _longer(category: Hit[Term] | None, term: Hit[Term] | None) -> Hit[Term] | None:
    return category if category and not (term and term.last > category.last) else term


def _is_heading(term: Term, words: Sequence[Word], hit: Hit[Term], wording: Wording) -> bool:
    """Whether a colon follows: a line that says what is told next names nothing itself."""
    if hit.last + 1 >= len(words) or words[hit.last + 1].text != ":":
        return False
    heading = wording.headings.at(words, hit.first)
    comparing = heading is not None and heading.values[0] == "comparison"
    return term.concept == CALCIFICATION or (heading is not None and heading.last == hit.last and not comparing)


def _is_british(words: Sequence[Word], wording: Wording) -> bool:
    return any(wording.marks["uk_marks"].at(words, place) for place in range(len(words)))


def _category(words: Sequence[Word], place: int, wording: Wording, british: bool) -> Hit[Term] | None:
    hit = wording.categories.at(words, place)
    if hit is None:
        return None
    term, following = hit.values[0], words[hit.last + 1] if hit.last + 1 < len(words) else None
    if following is not None and following.glued and not words[hit.last].norm.isalpha():
        return None
    if term.verdict in ("letter", "bare") and (words[place].glued or _after_slash(words, place)):
        return None
    ambiguous = term.verdict == "letter" and term.concept not in wording.lists["never_pathology"]
    if ambiguous and _is_pathology(words, place, wording, british):
        return None
    if term.verdict == "uk" and not british:
        return None
    if following is not None and _measures(following, wording):
        return None
    return hit


def _measures(following: Word, wording: Wording) -> bool:
    return following.norm in wording.units or following.norm in wording.lists["not_after_categories"]


def _after_slash(words: Sequence[Word], place: int) -> bool:
    return (
        place > 0
        and words[place - 1].text in "/."
        and words[place - 1].end == words[place].start
        and words[place - 1].text == "/"
    )


def _is_pathology(words: Sequence[Word], place: int, wording: Wording, british: bool) -> bool:
    """Whether a letter and a number here are a biopsy code (B3, C4) and no imaging category."""
    around = _same_breath(words, place)
    return british or any(wording.marks["pathology"].at(words, at) for at in around)


def _same_breath(words: Sequence[Word], place: int) -> range:
    """The words around a place up to the next stop on either side, a handful at most."""
    first, last = place, place
    while first > max(0, place - _BEFORE) and words[first - 1].norm not in _FULL_STOPS:
        first -= 1
    while last < min(len(words) - 1, place + _AROUND) and words[last].norm not in _STOPS:
        last += 1
    return range(first, last + 1)


def _tidied(found: list[Mention], announced: bool, words: Sequence[Word], wording: Wording) -> list[Mention]:
    ours = {place for mention in found for place in range(mention.first, mention.last + 1)}
    speaks_of_it = (
        announced
        or any(not mention.term.needs_calcification and mention.group == "finding" for mention in found)
        or any(words[place].norm in wording.calcification_words for place in ours)
    )
    kept: list[Mention] = []
    for mention in found:
        if mention.term.needs_calcification and (not speaks_of_it or _describes_another_noun(mention, words, wording)):
            continue
        if mention.concept in wording.guides and (led := _led_by(kept, mention, wording.guides[mention.concept], words)):
            mention.first = led.first
            del kept[kept.index(led) :]
        before = kept[-1] if kept else None
        headed = before and mention.concept == CALCIFICATION and _is_head_of(before, mention, words)
        if before and (headed or _says_again(before, mention, words)):
            before.last = mention.last
        else:
            kept.append(mention)
    return [mention for mention in kept if mention.group != "finding" or not _is_elsewhere(mention, words, wording)]


def _led_by(kept: list[Mention], mention: Mention, guided: str, words: Sequence[Word]) -> Mention | None:
    """The bare biopsy that these words say the guidance of: biopsy of the group under stereotactic guidance."""
    for before in reversed(kept):
        if mention.first - before.last > _GUIDED_WITHIN:
            return None
        if before.concept == guided:
            return before if not any(words[at].norm in ".,;" for at in range(before.last + 1, mention.first)) else None
    return None


def _describes_another_noun(mention: Mention, words: Sequence[Word], wording: Wording) -> bool:
    """Whether a noun follows that is none of ours, at once or after one more word (round lucent mass)."""
    nouns, following = wording.marks["not_these_nouns"], range(mention.last + 1, min(mention.last + 3, len(words)))
    for place in following:
        if nouns.at(words, place):
            return True
        if words[place].norm not in wording.lists["between_adjectives"]:
            return False
    return False


def _is_elsewhere(mention: Mention, words: Sequence[Word], wording: Wording) -> bool:
    """Whether it is told to be in another organ: calcified thyroid nodule, calcification in the right lung base."""
    marks, first = wording.marks, mention.last + 1
    if first >= len(words):
        return False
    if marks["elsewhere"].at(words, first):
        return True
    within = range(first + 1, min(first + _PLACE_WITHIN, len(words))) if marks["placed"].opens_with(words[first]) else range(0)
    for place in within:
        if not words[place].is_word:
            return False
        if marks["elsewhere"].at(words, place):
            return True
    return False


def _is_head_of(before: Mention, head: Mention, words: Sequence[Word]) -> bool:
    """Whether "calcification" follows a shape or spread at once, so that both are one expression."""
    return (
        before.group == "finding"
        and before.concept != CALCIFICATION
        and head.first == before.last + 1
        and words[head.first].is_word
    )


def _says_again(before: Mention, mention: Mention, words: Sequence[Word]) -> bool:
    """Whether the same concept is named twice in one breath: AIDEP / ADH, ductal carcinoma in situ (DCIS)."""
    between = words[before.last + 1 : mention.first]
    if before.concept != mention.concept or mention.group == "assessment":
        return False
    if mention.group == "step" and len(between) <= _BREATH:
        return all(word.is_word for word in between) and not mention.term.status
    return len(between) <= 1 and all(word.text in _JOINING for word in between)
