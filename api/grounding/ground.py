"""From a question to passages with citations, or to a refusal."""

from dataclasses import dataclass

from sqlmodel import Session

from api.grounding.confidence import confidence
from api.grounding.passages import Passage, load_shelf
from api.grounding.refusal import Gate, Refusal, load_gate, refuse
from api.grounding.safety import SafetyNote, SafetyRules, load_safety, safety_notes
from api.grounding.select import Wish, choose, pooled
from api.knowledge.catalogue import Catalogue
from api.knowledge.statements import load_statements
from api.search.find import Search, load_search
from api.search.index import stored
from api.search.library import Library
from api.search.meaning import Evidence, gather
from api.search.reader import Reading


@dataclass(frozen=True)
class Grounding:
    """What grounding and searching keep of a release: its language files. All else is in its index."""

    search: Search
    gate: Gate
    safety: SafetyRules


@dataclass(frozen=True)
class Grounded:
    """The outcome for one question."""

    reading: Reading
    refusal: Refusal | None
    confidence: float
    passages: tuple[Passage, ...]
    safety: tuple[SafetyNote, ...]
    evidence: Evidence


def load_grounding(session: Session, catalogue: Catalogue) -> Grounding:
    """Read the language files of a release for grounding and searching."""
    return Grounding(load_search(session, catalogue), load_gate(session, catalogue), load_safety(session, catalogue))


def ground(grounding: Grounding, session: Session, question: str, wish: Wish) -> Grounded:
    """Passages that answer the question, or why there are none. The same question always gives the same outcome."""
    library = Library(grounding.search.words, stored(session))
    reading = library.reader.read(question)
    evidence = gather(library, grounding.search.intents, reading)
    refusal, doubt = refuse(grounding.gate, library, reading, evidence)
    chosen = [] if refusal else choose(load_shelf(library.index, pooled(evidence)), evidence, wish)
    rules = grounding.safety.wanted(reading)
    wanted = [statement_id for item in chosen for statement_id in item.candidate.statement_ids]
    wanted += [statement_id for rule in rules for statement_id in rule.get("statements", ())]
    told = {statement.id: statement for statement in load_statements(session, list(dict.fromkeys(wanted)))} if wanted else {}
    passages = tuple(
        Passage(item.candidate, item.concepts, item.score, tuple(told[name] for name in item.candidate.statement_ids))
        for item in chosen
    )
    notes = safety_notes(rules, told, refused=refusal is not None)
    sure = confidence(evidence, refusal, doubt, answered=bool(passages))
    return Grounded(reading, refusal, sure, passages, notes, evidence)
