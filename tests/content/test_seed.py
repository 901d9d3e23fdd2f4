"""The real seed: it passes its own check, and holds what was promised."""

from collections import Counter

import pytest

from api.seeding.book import Book
from api.seeding.check import check
from api.seeding.readability import grades
from api.seeding.records import QuestionTopicRecord, SubtypeRecord
from api.vocabulary import Audience, ConceptKind, RelationKind, Scheme
from tests.conftest import SEED


def test_seed_has_no_finding() -> None:
    assert check(SEED) == []


def test_concepts_are_complete(book: Book) -> None:
    kinds = Counter(concept.kind for concept in book.concepts.values())
    assert kinds[ConceptKind.TYPE] == 2
    assert kinds[ConceptKind.DISTRIBUTION] == 5
    assert kinds[ConceptKind.CONDITION] >= 50
    assert kinds[ConceptKind.GUIDANCE] == 27
    assert kinds[ConceptKind.ASSESSMENT] == 17
    assert kinds[ConceptKind.QUESTION_TOPIC] == 31
    schemes = Counter(c.scheme for c in book.concepts.values() if isinstance(c, SubtypeRecord))
    assert schemes == {Scheme.LEXICON: 14, Scheme.FOUNDING: 4}


def test_statements_and_questions_are_many_and_sourced(book: Book) -> None:
    assert len(book.statements) >= 850
    assert len(book.questions) >= 75
    assert all(statement.citations for statement in book.statements.values())


def test_founding_names_map_to_the_lexicon(book: Book) -> None:
    for concept in book.concepts.values():
        if isinstance(concept, SubtypeRecord) and concept.scheme is Scheme.FOUNDING:
            targets = [r.target for r in concept.relations if r.kind is RelationKind.MAPS_TO]
            assert targets, concept.slug
            for slug in targets:
                target = book.concepts[slug]
                assert isinstance(target, SubtypeRecord)
                assert target.scheme is Scheme.LEXICON


def test_every_patient_text_reads_at_grade_eight_or_lower(book: Book) -> None:
    for concept in book.concepts.values():
        patient = [s.text for s in concept.statements if s.audience is Audience.PATIENT]
        if patient:
            assert max(grades(" ".join(patient))) <= 8, concept.slug
        assert max(grades(" ".join(book.statements[i].text for i in concept.summary.patient))) <= 8, concept.slug
        if isinstance(concept, QuestionTopicRecord):
            for question in concept.questions:
                answer = " ".join(book.statements[i].text for i in question.answer.patient)
                assert max(grades(answer)) <= 8, question.slug


@pytest.mark.parametrize(
    ("text", "lowest", "highest"),
    [
        ("The cat sat on the mat. It was warm.", -6, 2),
        ("A mammogram is an x-ray of the breast. It can show tiny specks of calcium.", -3, 6),
        ("Stereotactic vacuum-assisted histological characterization necessitates interdisciplinary correlation.", 15, 60),
    ],
)
def test_grades_order_texts_as_people_would(text: str, lowest: float, highest: float) -> None:
    assert all(lowest <= grade <= highest for grade in grades(text))


def test_facts_barred_by_the_audit_are_not_served(book: Book) -> None:
    barred = {f"F-lex-{n}" for n in ("157", "166", "174", "181", "190", "348")}
    assert not barred & {fact for statement in book.statements.values() for fact in statement.origin}


def test_dropped_sources_are_gone(book: Book) -> None:
    assert not {"standardofcare", "standardofcare-calcs", "dignity-stereo-faq", "scirp-birads-table"} & set(book.sources)
