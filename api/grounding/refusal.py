"""Decides whether a question is ours to answer, and if not, why not and what to do instead."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.search.cues import CueBook
from api.search.library import Library
from api.search.meaning import NAMED, Evidence, load_rewriter
from api.search.reader import Reading
from api.search.stems import stem
from api.vocabulary import ConceptKind, RefusalReason

_ENOUGH_IN_FIELD = 0.55
_ENOUGH_OUTSIDE = 0.75
_MANY_FOREIGN = 3
_ENOUGH_NEAR = 0.4
_ASKED_ALREADY, _WORDS_ASKED, _WORDS_LIKE = 0.9, 4, 3
_TELLING_EVERYDAY = 2
_ALIKE_ALONE, _LIKE_ALONE = 0.9, 0.55
_ALIKE_EVERYDAY, _LIKE_EVERYDAY = 0.45, 0.45
_ALIKE_MEANT, _LIKE_MEANT = 0.3, 0.35
_PLAINLY_OUTSIDE = 0.5
_HARDLY_OUTSIDE, _HARDLY_ELSEWHERE, _LIKE_OURS, _ALMOST, _WORDS_TO_A_FOREIGN = 0.2, 0.1, 0.25, 0.5, 6
_NEVER_OUTSIDE, _MUCH_LIKE_OURS, _NEARLY_THE_SAME = 0.05, 0.4, 0.6
_OWN_KINDS = frozenset({ConceptKind.SUBTYPE, ConceptKind.DISTRIBUTION, ConceptKind.CONDITION, ConceptKind.ASSESSMENT})
_BY_WORDING = frozenset(
    {
        RefusalReason.OUT_OF_SCOPE,
        RefusalReason.IMAGE_READING,
        RefusalReason.PERSONAL_DIAGNOSIS,
        RefusalReason.TREATMENT_CHOICE,
    }
)


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
    shared: frozenset[str]
    places: frozenset[str]
    articles: frozenset[str]
    pronouns: frozenset[str]
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
        shared=frozenset(language.get("shared", ())),
        places=frozenset(language.get("places", ())),
        articles=frozenset(language.get("articles", ())),
        pronouns=frozenset(language.get("pronouns", ())),
        verdict=book(language.get("verdict", [])),
        organs=frozenset(stem(word) for word in language.get("organs", ())),
        looked_at=frozenset(stem(word) for phrase in language.get("looked_at", ()) for word in fold(phrase)),
        at_home=book(language.get("at_home", [])),
        named=named,
    )


def refuse(gate: Gate, library: Library, reading: Reading, evidence: Evidence) -> Refusal | None:
    """The refusal, or None when the question is to be answered."""
    words = reading.words
    ours, subject = bool(gate.field.matches(words)), bool(gate.subject.matches(words))
    shown = _shown_by_words(gate, words, evidence, ours=ours)
    if shown:
        return shown
    verdict = evidence.verdict
    if verdict.reason and verdict.outside >= _PLAINLY_OUTSIDE:
        return gate.lacking(RefusalReason(verdict.reason))
    telling = [word for word in library.telling(reading.stems) if word not in gate.generic]
    if not telling and not _asked_already(gate, words, evidence) and not (ours and _named(evidence)):
        return gate.lacking(RefusalReason.TOO_VAGUE)
    like_ours = _like_ours(library, words, evidence)
    if not ours and not (like_ours and verdict.outside <= _HARDLY_ELSEWHERE):
        elsewhere = _elsewhere(gate, library, reading, evidence, subject=subject)
        if elsewhere:
            return elsewhere
    near = ours or subject or _specific(library, evidence)
    if like_ours or _enough(evidence, near=near):
        return None
    if not reading.corrections and _everyday(gate, library, words, telling, evidence):
        return None
    return gate.lacking(RefusalReason.OUT_OF_SCOPE)


def _shown_by_words(gate: Gate, words: Sequence[str], evidence: Evidence, *, ours: bool) -> Refusal | None:
    """The refusal that a cue of another field or another part of the body calls for."""
    worded_like_ours = _worded_like_ours(evidence)
    for group in gate.groups:
        if (group.yields_to_field and ours) or (worded_like_ours and group.refusal.reason in _BY_WORDING):
            continue
        if group.cues.matches(words) and not group.unless.matches(words):
            return group.refusal
    return gate.named[RefusalReason.OTHER_ORGAN] if _placed_elsewhere(gate, words) else None


def _asked_already(gate: Gate, words: Sequence[str], evidence: Evidence) -> bool:
    """Whether a question, however plain its words, is one of ours or very like an example of ours."""
    verdict = evidence.verdict
    likest = max(evidence.questions.values(), default=0.0)
    if verdict.outside <= _HARDLY_OUTSIDE and verdict.nearest >= _NEARLY_THE_SAME and len(words) >= _WORDS_LIKE:
        return True
    return likest >= _ASKED_ALREADY and len(words) >= _WORDS_ASKED and not gate.verdict.matches(words)


def _like_ours(library: Library, words: Sequence[str], evidence: Evidence) -> bool:
    """Whether a question is worded like ours and has few words the release does not know."""
    verdict = evidence.verdict
    if verdict.outside > _HARDLY_OUTSIDE or verdict.nearest < (_LIKE_OURS if verdict.outside <= _HARDLY_ELSEWHERE else _ALMOST):
        return False
    return _foreign_words(library, words) <= max(1, len(words) // _WORDS_TO_A_FOREIGN)


def _enough(evidence: Evidence, *, near: bool) -> bool:
    """Whether names and cues, or in our field any evidence, are enough to answer from."""
    direct = max((evidence.direct(slug) for slug in evidence.signs), default=0.0)
    if direct >= (_ENOUGH_IN_FIELD if near else _ENOUGH_OUTSIDE):
        return True
    return near and max(evidence.strongest, *evidence.questions.values(), 0.0) >= _ENOUGH_NEAR


def _worded_like_ours(evidence: Evidence) -> bool:
    """Whether every sentence is worded like our own questions and none like what is refused."""
    never = all(verdict.outside <= _NEVER_OUTSIDE for verdict in evidence.verdicts)
    return never and any(verdict.nearest >= _MUCH_LIKE_OURS for verdict in evidence.verdicts)


def _everyday(gate: Gate, library: Library, words: Sequence[str], telling: Sequence[str], evidence: Evidence) -> bool:
    """Whether a question in everyday words alone is like one of ours; "they" and "them" are taken for calcifications."""
    if _foreign_words(library, words) or evidence.verdict.outside > _HARDLY_OUTSIDE:
        return False
    likest = max(evidence.questions.values(), default=0.0)
    meant = bool(gate.pronouns & set(words))
    if meant:
        alike, like = _ALIKE_MEANT, _LIKE_MEANT
    elif len(telling) >= _TELLING_EVERYDAY:
        alike, like = _ALIKE_EVERYDAY, _LIKE_EVERYDAY
    else:
        alike, like = _ALIKE_ALONE, _LIKE_ALONE
    return evidence.strongest >= _ENOUGH_NEAR and evidence.likeness >= alike and likest >= like


def _elsewhere(gate: Gate, library: Library, reading: Reading, evidence: Evidence, *, subject: bool) -> Refusal | None:
    """The refusal of a question that is not plainly ours and speaks of what the release knows nothing of."""
    words = reading.words
    placed = itertools.pairwise(word for word in words if word not in gate.articles)
    if _few_signs(evidence) and any(before in gate.places and _foreign(library, after) for before, after in placed):
        return gate.named[RefusalReason.OTHER_ORGAN]
    foreign = _foreign_words(library, words)
    if foreign and _others_too(gate, evidence) and not subject:
        return gate.lacking(RefusalReason.OUT_OF_SCOPE)
    return gate.lacking(RefusalReason.OUT_OF_SCOPE) if foreign >= _MANY_FOREIGN and not subject and _few_signs(evidence) else None


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


def _few_signs(evidence: Evidence) -> bool:
    return sum(evidence.direct(slug) >= _ENOUGH_IN_FIELD for slug in evidence.signs) <= 1


def _specific(library: Library, evidence: Evidence) -> bool:
    """Whether a finding of our own is named: a shape, a spread, a condition or a category, not a test others have too."""
    named = [slug for slug, signs in evidence.signs.items() if any(sign.channel == NAMED for sign in signs)]
    return any(concept.kind in _OWN_KINDS for concept in library.concepts(named).values())


def _others_too(gate: Gate, evidence: Evidence) -> bool:
    """Whether all the question names are tests and topics that other fields have too."""
    return all(slug in gate.shared or evidence.direct(slug) < _ENOUGH_IN_FIELD for slug in evidence.signs)


def _foreign(library: Library, word: str) -> bool:
    """Whether a word occurs nowhere in the release's texts and is no ordinary word either."""
    stemmed = stem(word)
    if not word.isalpha() or stemmed in library.stop_stems or stemmed in library.ordinary_stems:
        return False
    return not library.knows(stemmed)


def _foreign_words(library: Library, words: Sequence[str]) -> int:
    return sum(_foreign(library, word) for word in dict.fromkeys(words))


def _named(evidence: Evidence) -> bool:
    return any(sign.channel == NAMED for signs in evidence.signs.values() for sign in signs)
