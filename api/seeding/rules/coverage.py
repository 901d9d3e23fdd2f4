"""Nothing is left blank in silence: summaries for both audiences, and every side of a finding told or its gap named."""

from collections.abc import Iterator

from api.errors import Finding
from api.seeding.book import Book
from api.seeding.records import ConceptRecord
from api.vocabulary import Aspect, Audience, ConceptKind

_SIDES = {
    "appearance": {Aspect.APPEARANCE, Aspect.SIZE, Aspect.LOCATION},
    "meaning": {Aspect.DEFINITION, Aspect.CAUSE, Aspect.ASSOCIATION, Aspect.PATIENT},
    "likelihood": {Aspect.RISK},
    "what happens next": {Aspect.MANAGEMENT, Aspect.TIMING, Aspect.PROCEDURE},
}
_FINDINGS = (ConceptKind.SUBTYPE, ConceptKind.CONDITION)
_FEWEST_QUESTIONS = 2
_SUMMARY_LENGTH = range(1, 8)


def summaries(book: Book) -> Iterator[Finding]:
    """Every concept has a short summary for patients and one for clinicians."""
    for concept in book.concepts.values():
        for audience in Audience:
            ids = getattr(concept.summary, audience.value)
            if len(ids) not in _SUMMARY_LENGTH:
                yield Finding(
                    book.file(concept),
                    f"summary.{audience}",
                    f"name 1 to 7 statements (2 to 5 read best), not {len(ids)}",
                )
            if len(set(ids)) != len(ids):
                yield Finding(book.file(concept), f"summary.{audience}", "a statement is named twice")


def sides(book: Book) -> Iterator[Finding]:
    """Subtypes and conditions tell appearance, meaning, likelihood and next step to both audiences, or name the gap."""
    for concept in book.concepts.values():
        if concept.kind not in _FINDINGS:
            continue
        for audience in Audience:
            told = _told(book, concept, audience)
            gaps = {gap.aspect for gap in concept.gaps if gap.audience is audience}
            for side, aspects in _SIDES.items():
                if not aspects & (told | gaps):
                    names = ", ".join(sorted(aspects))
                    yield Finding(
                        book.file(concept),
                        f"statements ({audience})",
                        f"nothing on {side} ({names}); add a statement or a gap",
                    )
        if len(concept.questions_to_ask) < _FEWEST_QUESTIONS:
            yield Finding(book.file(concept), "questions_to_ask", "give at least two questions to ask")


def gaps(book: Book) -> Iterator[Finding]:
    """A gap is only named where nothing is told."""
    for concept in book.concepts.values():
        for gap in concept.gaps:
            if gap.aspect in {s.aspect for s in concept.statements if s.audience is gap.audience}:
                yield Finding(book.file(concept), f"gaps.{gap.aspect}", "a statement tells this; remove the gap")


def _told(book: Book, concept: ConceptRecord, audience: Audience) -> set[Aspect]:
    return {
        statement.aspect
        for owner in book.concepts.values()
        for statement in owner.statements
        if statement.audience is audience and (owner is concept or concept.slug in statement.concepts)
    }


RULES = (summaries, sides, gaps)
