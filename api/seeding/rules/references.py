"""Every slug, statement id and source id that is named somewhere must exist, once, in the right place."""

from collections import Counter
from collections.abc import Iterable, Iterator

from api.errors import Finding
from api.seeding.book import Book
from api.seeding.records import (
    AssessmentRecord,
    ConceptRecord,
    QuestionTopicRecord,
    StatementRecord,
    SubtypeRecord,
    TypeRecord,
)
from api.vocabulary import Audience, ConceptKind


def statement_ids(book: Book) -> Iterator[Finding]:
    """Statement ids start with their concept's slug and are unique."""
    counts = Counter(s.id for concept in book.concepts.values() for s in concept.statements)
    for concept in book.concepts.values():
        for position, statement in enumerate(concept.statements):
            key = f"statements.{position}.id"
            if statement.id.rpartition("-")[0] != concept.slug:
                yield Finding(book.file(concept), key, f"'{statement.id}' must be '{concept.slug}-' and a number")
            if counts[statement.id] > 1:
                yield Finding(book.file(concept), key, f"'{statement.id}' is used more than once; take the next free number")


def named_concepts(book: Book) -> Iterator[Finding]:
    """Concept slugs in statements, figures and questions exist and are of the right kind."""
    for concept in book.concepts.values():
        for statement in concept.statements:
            yield from _concepts_of(book, concept, statement)
        if isinstance(concept, SubtypeRecord) and concept.type is not None:
            yield from _kind(book, concept, "type", concept.type, ConceptKind.TYPE)
        if isinstance(concept, SubtypeRecord) and concept.usual_assessment:
            slug = concept.usual_assessment.assessment
            yield from _kind(book, concept, "usual_assessment.assessment", slug, ConceptKind.ASSESSMENT)
        if isinstance(concept, QuestionTopicRecord):
            for question in concept.questions:
                for slug in question.concepts:
                    yield from _kind(book, concept, f"questions.{question.slug}.concepts", slug)


def _concepts_of(book: Book, concept: ConceptRecord, statement: StatementRecord) -> Iterator[Finding]:
    for slug in statement.concepts:
        yield from _kind(book, concept, f"{statement.id}.concepts", slug)
        if slug == concept.slug:
            yield Finding(book.file(concept), f"{statement.id}.concepts", "leave out the file's own concept; it is implied")
    for figure in statement.figures:
        if figure.morphology:
            yield from _kind(book, concept, f"{statement.id}.figures.morphology", figure.morphology, ConceptKind.SUBTYPE)
        if figure.distribution:
            key = f"{statement.id}.figures.distribution"
            yield from _kind(book, concept, key, figure.distribution, ConceptKind.DISTRIBUTION)


def _kind(book: Book, concept: ConceptRecord, key: str, slug: str, kind: ConceptKind | None = None) -> Iterator[Finding]:
    target = book.concepts.get(slug)
    if target is None:
        yield Finding(book.file(concept), key, f"no concept is called '{slug}'; use a slug of the seed")
    elif kind and target.kind is not kind:
        yield Finding(book.file(concept), key, f"'{slug}' is a {target.kind}; a {kind} is needed here")


def named_statements(book: Book) -> Iterator[Finding]:
    """Statement ids in summaries, relations, conflicts, answers and attributes exist."""
    for concept in book.concepts.values():
        for key, ids in _statement_lists(concept):
            for statement_id in ids:
                if statement_id not in book.statements:
                    yield Finding(book.file(concept), key, f"no statement is called '{statement_id}'")


def _statement_lists(concept: ConceptRecord) -> Iterable[tuple[str, tuple[str, ...]]]:
    yield "summary.patient", concept.summary.patient
    yield "summary.clinician", concept.summary.clinician
    for relation in concept.relations:
        yield f"relations.{relation.kind}.{relation.target}", relation.statements
    for conflict in concept.conflicts:
        yield "conflicts", conflict.statements
    for question in concept.questions_to_ask:
        yield "questions_to_ask", (question.because,)
    for statement in concept.statements:
        yield f"{statement.id}.show_with", statement.show_with
    if isinstance(concept, (SubtypeRecord, TypeRecord)) and concept.size_mm:
        yield "size_mm", (concept.size_mm.statement,)
    if isinstance(concept, SubtypeRecord) and concept.usual_assessment:
        yield "usual_assessment", (concept.usual_assessment.statement,)
    if isinstance(concept, AssessmentRecord) and concept.likelihood:
        yield "likelihood", (concept.likelihood.statement,)
    if isinstance(concept, QuestionTopicRecord):
        for asked in concept.questions:
            yield f"questions.{asked.slug}.answer", (*asked.answer.patient, *asked.answer.clinician)


def audiences(book: Book) -> Iterator[Finding]:
    """A summary or answer for an audience is made of statements worded for that audience."""
    for concept in book.concepts.values():
        lists = [
            ("summary.patient", concept.summary.patient, Audience.PATIENT),
            ("summary.clinician", concept.summary.clinician, Audience.CLINICIAN),
        ]
        if isinstance(concept, QuestionTopicRecord):
            for question in concept.questions:
                lists.append((f"questions.{question.slug}.answer.patient", question.answer.patient, Audience.PATIENT))
        for key, ids, audience in lists:
            for statement_id in ids:
                statement = book.statements.get(statement_id)
                if statement and statement.audience is not audience:
                    yield Finding(book.file(concept), key, f"'{statement_id}' is worded for a {statement.audience}")


def companions(book: Book) -> Iterator[Finding]:
    """A statement that may only be shown with another is never arranged without it."""
    for concept in book.concepts.values():
        arrangements = [("summary.patient", concept.summary.patient), ("summary.clinician", concept.summary.clinician)]
        if isinstance(concept, QuestionTopicRecord):
            arrangements += [(f"questions.{q.slug}.answer", q.answer.patient) for q in concept.questions]
        for key, ids in arrangements:
            for statement_id in ids:
                statement = book.statements.get(statement_id)
                missing = set(statement.show_with) - set(ids) if statement else set()
                if missing:
                    yield Finding(
                        book.file(concept),
                        key,
                        f"'{statement_id}' must be shown with {', '.join(sorted(missing))}; add them",
                    )


def question_slugs(book: Book) -> Iterator[Finding]:
    """Question slugs are unique and never the slug of a concept."""
    counts = Counter(question.slug for _, question in book.questions)
    for topic, question in book.questions:
        if counts[question.slug] > 1:
            yield Finding(book.file(topic), f"questions.{question.slug}", "another question has this slug; choose another")
        if question.slug in book.concepts:
            yield Finding(book.file(topic), f"questions.{question.slug}", "a concept has this slug; choose another")


def slug_moves(book: Book) -> Iterator[Finding]:
    """Renamed slugs lead to a live concept; renamed and retired slugs are not in use."""
    release = book.reading.release
    if release is None:
        return
    for moved in release.renamed:
        if moved.now not in book.concepts:
            yield Finding("release.yaml", f"renamed.{moved.slug}", f"'{moved.now}' does not exist")
    questions = {question.slug for _, question in book.questions}
    for slug in (*(m.slug for m in release.renamed), *(r.slug for r in release.retired)):
        if slug in book.concepts or slug in book.statements or slug in book.sources or slug in questions:
            yield Finding("release.yaml", slug, "the slug is in use; remove it here or rename what carries it")


RULES = (statement_ids, named_concepts, named_statements, audiences, companions, question_slugs, slug_moves)
