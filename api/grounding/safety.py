"""What is always said, whatever else is answered: statements for warning signs, and the limits of the service."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.knowledge.views import Statement
from api.search.cues import CueBook
from api.search.library import Library
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

    def notes(self, library: Library, reading: Reading, *, refused: bool) -> tuple[SafetyNote, ...]:
        """What must be said about this text. Limits are left out of a refusal, which states its own."""
        wanted = sorted({match.meaning for match in self.cues.matches(reading.words)})
        notes = []
        for number in wanted:
            rule = self.rules[number]
            statements = tuple(library.statements[statement_id] for statement_id in rule.get("statements", ()))
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
