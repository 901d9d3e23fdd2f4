"""Decides whether a question is ours to answer, and if not, why not and what to do instead."""

from collections.abc import Iterable
from dataclasses import dataclass

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
_ENOUGH_OUTSIDE = 0.85
_ENOUGH_NEAR = 0.4
_OWN_KINDS = frozenset({ConceptKind.SUBTYPE, ConceptKind.DISTRIBUTION, ConceptKind.CONDITION, ConceptKind.ASSESSMENT})


@dataclass(frozen=True)
class Refusal:
    """Why a question is not answered, and the next step in plain words."""

    reason: RefusalReason
    next_step: str


@dataclass(frozen=True)
class _Group:
    refusal: Refusal
    cues: CueBook[bool]
    unless: CueBook[bool]
    yields_to_field: bool


@dataclass(frozen=True)
class Gate:
    """The language file on refusing, ready to match."""

    groups: tuple[_Group, ...]
    field: CueBook[bool]
    subject: CueBook[bool]
    generic: frozenset[str]
    shared: frozenset[str]
    out_of_scope: Refusal
    too_vague: Refusal


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
        out_of_scope=named[RefusalReason.OUT_OF_SCOPE],
        too_vague=named[RefusalReason.TOO_VAGUE],
    )


def refuse(gate: Gate, library: Library, reading: Reading, evidence: Evidence) -> Refusal | None:
    """The refusal, or None when the question is to be answered."""
    words = reading.words
    ours = bool(gate.field.matches(words))
    for group in gate.groups:
        if group.yields_to_field and ours:
            continue
        if group.cues.matches(words) and not group.unless.matches(words):
            return group.refusal
    telling = [word for word in library.telling(reading.stems) if word not in gate.generic]
    near = ours or bool(gate.subject.matches(words)) or _specific(library, evidence)
    if not telling and not (ours and _named(evidence)):
        return gate.too_vague
    if not near and _others_too(gate, evidence) and _foreign(library, telling):
        return gate.out_of_scope
    direct = max((evidence.direct(slug) for slug in evidence.signs), default=0.0)
    if direct >= (_ENOUGH_IN_FIELD if near else _ENOUGH_OUTSIDE):
        return None
    if near and max(evidence.strongest, *evidence.questions.values(), 0.0) >= _ENOUGH_NEAR:
        return None
    return gate.out_of_scope


def _specific(library: Library, evidence: Evidence) -> bool:
    """Whether a finding of our own is named: a shape, a spread, a condition or a category, not a test or a topic others have too."""
    return any(
        sign.channel == NAMED and library.catalogue.concepts[slug].kind in _OWN_KINDS
        for slug, signs in evidence.signs.items()
        for sign in signs
    )


def _others_too(gate: Gate, evidence: Evidence) -> bool:
    """Whether all the question names are tests and topics that other fields have too."""
    return all(slug in gate.shared or evidence.direct(slug) < _ENOUGH_IN_FIELD for slug in evidence.signs)


def _foreign(library: Library, telling: Iterable[str]) -> bool:
    """Whether a telling word occurs nowhere in the release."""
    known = (library.statement_texts.knows, library.wording_texts.knows)
    return any(not any(knows(word) for knows in known) for word in telling)


def _named(evidence: Evidence) -> bool:
    return any(sign.channel == NAMED for signs in evidence.signs.values() for sign in signs)
