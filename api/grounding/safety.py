"""What is always said, whatever else is answered: statements for warning signs, and the limits of the service."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.knowledge.views import Statement
from api.search.cues import CueBook
from api.search.meaning import load_rewriter
from api.search.reader import Reading


@dataclass(frozen=True)
class SafetyNote:
    """One thing that must be said: whole statements, or a sentence on the limits of the service."""

    code: str
    concept: str | None
    text: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class SafetyRules:
    """The language file on safety, ready to match."""

    rules: Sequence[dict[str, Any]]
    cues: CueBook[int]

    def wanted(self, reading: Reading) -> list[dict[str, Any]]:
        """The rules that hold for this text."""
        return [self.rules[number] for number in sorted({match.meaning for match in self.cues.matches(reading.words)})]


def safety_notes(rules: Iterable[dict[str, Any]], told: Mapping[str, Statement], *, refused: bool) -> tuple[SafetyNote, ...]:
    """What must be said by these rules. Limits are left out of a refusal, which states its own."""
    notes = []
    for rule in rules:
        statements = tuple(told[statement_id] for statement_id in rule.get("statements", ()))
        if not statements and refused:
            continue
        text = rule.get("text") or " ".join(statement.text for statement in statements)
        notes.append(SafetyNote(rule["code"], rule.get("concept"), text, statements))
    return tuple(notes)


def load_safety(session: Session, _catalogue: Catalogue) -> SafetyRules:
    """Read the language file."""
    fold = load_rewriter(session).words
    rules = load_language_file(session, "safety").get("rules", [])
    return SafetyRules(rules, CueBook([(cue, number) for number, rule in enumerate(rules) for cue in rule["cues"]], fold))
