"""From a question to passages with citations, or to a refusal."""

from dataclasses import dataclass

from sqlmodel import Session

from api.grounding.confidence import confidence
from api.grounding.context import cost
from api.grounding.passages import Shelf, load_summary_ids, shelve
from api.grounding.refusal import Gate, Refusal, load_gate, refuse
from api.grounding.safety import SafetyNote, SafetyRules, load_safety
from api.grounding.select import Chosen, Wish, choose
from api.knowledge.catalogue import Catalogue
from api.search.find import Search, load_search
from api.search.meaning import Evidence, gather
from api.search.reader import Reading


@dataclass(frozen=True)
class Grounding:
    """Everything grounding keeps of a release."""

    search: Search
    gate: Gate
    safety: SafetyRules
    shelf: Shelf


@dataclass(frozen=True)
class Grounded:
    """The outcome for one question."""

    reading: Reading
    refusal: Refusal | None
    confidence: float
    passages: tuple[Chosen, ...]
    safety: tuple[SafetyNote, ...]
    evidence: Evidence


def load_grounding(session: Session, catalogue: Catalogue) -> Grounding:
    """Read a release into memory for grounding and searching."""
    search = load_search(session, catalogue)
    return Grounding(
        search=search,
        gate=load_gate(session, catalogue),
        safety=load_safety(session, catalogue),
        shelf=shelve(search.library, load_summary_ids(session)),
    )


def ground(grounding: Grounding, question: str, wish: Wish) -> Grounded:
    """Passages that answer the question, or why there are none. The same question always gives the same outcome."""
    library = grounding.search.library
    reading = library.reader.read(question)
    evidence = gather(library, grounding.search.intents, reading)
    refusal = refuse(grounding.gate, library, reading, evidence)
    notes = grounding.safety.notes(library, reading, refused=refusal is not None)
    passages = [] if refusal else choose(grounding.shelf, evidence, wish, cost)
    sure = confidence(evidence, refusal, answered=bool(passages))
    return Grounded(reading, refusal, sure, tuple(passages), notes, evidence)
