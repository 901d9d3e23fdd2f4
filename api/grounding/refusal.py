"""Decides whether a question is ours to answer, and if not, why not and what to do instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from api.grounding.doubt import Signals
from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.search.cues import CueBook
from api.search.library import Library
from api.search.meaning import NAMED, Evidence, load_rewriter
from api.search.prototypes import Resemblance
from api.search.reader import Reading
from api.search.stems import stem
from api.vocabulary import RefusalReason

_ASKED_ALREADY, _WORDS_ASKED, _WORDS_LIKE = 0.9, 4, 3
_THE_WORDS, _ALMOST_THE_WORDS = 0.97, 0.8
_HARDLY_OUTSIDE, _MOSTLY_OUTSIDE, _NEARLY_THE_SAME = 0.2, 0.5, 0.6
_OFTEN_OUTSIDE, _PLAINLY_OURS = 0.3, -0.85
_OF_NO_FIELD = frozenset({RefusalReason.TOO_VAGUE, RefusalReason.OUT_OF_SCOPE, RefusalReason.EMERGENCY})
_WHATEVER_ELSE = frozenset({RefusalReason.EMERGENCY, RefusalReason.INSTRUCTION})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not answered, and the next step in plain words; `named` when a word of another field showed it."""

    reason: RefusalReason
    next_step: str
    named: bool = True


@dataclass(frozen=True, slots=True)
class _Group:
    refusal: Refusal
    cues: CueBook[bool]
    unless: CueBook[bool]
    yields_to_field: bool


@dataclass(frozen=True, slots=True)
class Gate:
    """The language file on refusing, ready to match."""

    groups: tuple[_Group, ...]
    field: CueBook[bool]
    subject: CueBook[bool]
    generic: frozenset[str]
    places: frozenset[str]
    articles: frozenset[str]
    verdict: CueBook[bool]
    organs: frozenset[str]
    looked_at: frozenset[str]
    at_home: CueBook[bool]
    named: Mapping[RefusalReason, Refusal]

    def lacking(self, reason: RefusalReason) -> Refusal:
        """The refusal of a question that no word of another field shows to be refused."""
        return replace(self.named[reason], named=False)


def load_gate(session: Session, _catalogue: Catalogue) -> Gate:
    """Read the language file."""
    fold = load_rewriter(session).words
    language = load_language_file(session, "refusal")

    def book(cues: list[str]) -> CueBook[bool]:
        return CueBook([(cue, True) for cue in cues], fold)

    groups, named = [], {}
    for refused in language.get("classes", ()):
        refusal = Refusal(RefusalReason(refused["reason"]), refused["next_step"])
        named[refusal.reason] = refusal
        for group in refused.get("groups", ()):
            groups.append(_Group(refusal, book(group["cues"]), book(group.get("unless", [])), group.get("field", False)))
    return Gate(
        groups=tuple(groups),
        field=book(language.get("field", [])),
        subject=book(language.get("subject", [])),
        generic=frozenset(stem(word) for phrase in language.get("generic", ()) for word in fold(phrase)),
        places=frozenset(language.get("places", ())),
        articles=frozenset(language.get("articles", ())),
        verdict=book(language.get("verdict", [])),
        organs=frozenset(stem(word) for word in language.get("organs", ())),
        looked_at=frozenset(stem(word) for phrase in language.get("looked_at", ()) for word in fold(phrase)),
        at_home=book(language.get("at_home", [])),
        named=named,
    )


def refuse(gate: Gate, library: Library, reading: Reading, evidence: Evidence) -> tuple[Refusal | None, float]:
    """The refusal, or None when the question is to be answered; and how much speaks against answering it."""
    ours = bool(gate.field.matches(reading.words))
    shown = shown_by_words(gate, reading.words, ours=ours)
    doubt = signals_of(gate, library, reading, evidence, shown=shown is not None, ours=ours).doubt()
    only_ours = not shown and len(evidence.named | evidence.implied) == len(reading.tokens) > 0
    if shown and shown.reason in _WHATEVER_ELSE:
        return shown, doubt
    if not shown and not only_ours and _says_nothing(gate, library, reading, evidence, ours=ours):
        return gate.lacking(RefusalReason.TOO_VAGUE), doubt
    if doubt <= 0 or only_ours or _worded_like_ours(evidence):
        return None, doubt
    return shown or gate.lacking(_likeliest(evidence)), doubt


def signals_of(gate: Gate, library: Library, reading: Reading, evidence: Evidence, *, shown: bool, ours: bool) -> Signals:
    """What is weighed together; `shown` by words of another field, `ours` by words of our own."""
    words = reading.words
    return Signals(
        shown=shown,
        alike=evidence.resemblance if shown else _heard(evidence),
        telling=len(library.telling(reading.stems)),
        foreign=_foreign_words(library, words, evidence) / max(1, len(words)),
        named=len(evidence.named) / max(1, len(words)),
        field=ours or bool(gate.subject.matches(words)),
        asked=_asked_outside(evidence),
    )


def shown_by_words(gate: Gate, words: Sequence[str], *, ours: bool) -> Refusal | None:
    """The refusal that a cue of another field or another part of the body calls for."""
    for group in gate.groups:
        if group.yields_to_field and ours:
            continue
        if group.cues.matches(words) and not group.unless.matches(words):
            return group.refusal
    return gate.named[RefusalReason.OTHER_ORGAN] if _placed_elsewhere(gate, words) else None


def _says_nothing(gate: Gate, library: Library, reading: Reading, evidence: Evidence, *, ours: bool) -> bool:
    """Whether a question has no word that tells what it is about, and is none of ours."""
    if any(word not in gate.generic for word in library.telling(reading.stems)):
        return False
    return not _asked_already(gate, reading.words, evidence) and not (ours and _named(evidence))


def _heard(evidence: Evidence) -> Resemblance:
    """What a question is like: the whole, or a sentence that is plainly ours although beside it is asked what nobody can tell."""
    whole, *sentences = evidence.resemblances
    plainest = min(sentences, key=lambda sentence: sentence.leaning, default=whole)
    return plainest if whole.leaning <= 0 and plainest.leaning <= _PLAINLY_OURS else whole


def _asked_outside(evidence: Evidence) -> float:
    """How far outside our field lies what a story ends in asking, when that is less like ours than like one kind of refusal."""
    asked = evidence.asked
    return max(0.0, asked.leaning) if asked.reason not in _OF_NO_FIELD and asked.outside >= asked.inside else 0.0


def _worded_like_ours(evidence: Evidence) -> bool:
    """Whether a question is, word for word or almost, an example of what is answered."""
    verdict = evidence.verdict
    if verdict.nearest >= _THE_WORDS:
        return verdict.outside < _MOSTLY_OUTSIDE
    return verdict.nearest >= _ALMOST_THE_WORDS and verdict.outside <= _HARDLY_OUTSIDE


def _likeliest(evidence: Evidence) -> RefusalReason:
    """The reason that what the question is most like is refused for; what a story ends in asking comes first."""
    if evidence.asked.reason and _asked_outside(evidence):
        return RefusalReason(evidence.asked.reason)
    verdict = evidence.verdict
    return RefusalReason(verdict.reason) if verdict.reason and verdict.outside >= _OFTEN_OUTSIDE else RefusalReason.OUT_OF_SCOPE


def _asked_already(gate: Gate, words: Sequence[str], evidence: Evidence) -> bool:
    """Whether a question, however plain its words, is one of ours or very like an example of ours."""
    verdict = evidence.verdict
    likest = max(evidence.questions.values(), default=0.0)
    if verdict.outside <= _HARDLY_OUTSIDE and verdict.nearest >= _NEARLY_THE_SAME and len(words) >= _WORDS_LIKE:
        return True
    return likest >= _ASKED_ALREADY and len(words) >= _WORDS_ASKED and not gate.verdict.matches(words)


def _placed_elsewhere(gate: Gate, words: Sequence[str]) -> bool:
    """Whether what is asked about lies in another part of the body ("in my groin", "groin scan", "calcified groin")."""
    stems = [stem(word) for word in words if word not in gate.articles]
    for place, found in enumerate(stems):
        if found not in gate.organs:
            continue
        before, after = stems[max(0, place - 1) : place], stems[place + 1 : place + 3]
        if (gate.places | gate.looked_at) & set(before) or gate.looked_at & set(after):
            return not gate.at_home.matches(words)
    return False


def _foreign(library: Library, word: str) -> bool:
    """Whether a word occurs nowhere in the release's texts and is no ordinary word either."""
    stemmed = stem(word)
    if not word.isalpha() or stemmed in library.stop_stems or stemmed in library.ordinary_stems:
        return False
    return not library.knows(stemmed)


def _foreign_words(library: Library, words: Sequence[str], evidence: Evidence) -> int:
    asked = dict.fromkeys(word for place, word in enumerate(words) if place not in evidence.named)
    return sum(_foreign(library, word) for word in asked)


def _named(evidence: Evidence) -> bool:
    return any(sign.channel == NAMED for signs in evidence.signs.values() for sign in signs)
