"""Patient wording: school grade, no unexplained term, no false comfort, no personal diagnosis."""

import re
from collections.abc import Iterator

from api.errors import Finding
from api.seeding.book import Book
from api.seeding.readability import grades
from api.seeding.records import ConceptRecord, QuestionTopicRecord
from api.vocabulary import Audience

HIGHEST_GRADE = 8.0
HIGHEST_GRADE_OF_ONE_STATEMENT = 10.0

_PLAINER = {
    r"malignan(?:t|cy|cies)": "say 'cancer' or 'cancerous'",
    r"lesions?": "say 'area' or 'spot'",
    r"morpholog\w+": "say 'shape'",
    r"histolog\w+": "say 'under the microscope'",
    r"aetiolog\w+|etiolog\w+": "say 'cause'",
    r"PPV|positive predictive value": "say how many in 10 or in 100",
    r"concordan(?:t|ce)": "say that the result and the pictures fit together",
    r"excision\w*": "say 'taken out' or 'a small operation'",
    r"lumen|intraductal|ductal epithelium": "use everyday words",
    r"sonograph\w+": "say 'ultrasound'",
    r"asymptomatic": "say 'no symptoms'",
    r"bilateral\w*": "say 'in both breasts'",
    r"unilateral\w*": "say 'in one breast'",
}
_EXPLAINED = {
    r"benign": r"not cancer|no cancer|harmless|isn't cancer|\bbenign\"|“benign”",
    r"DCIS|ductal carcinoma in situ": r"early|inside the milk|milk duct|not spread|stage 0",
    r"atypia|atypical": r"abnormal|unusual|not normal|odd|changed cells|not cancer",
    r"BI-RADS": r"category|score|scale|number|code|report|standard",
    r"stereotactic": r"x-ray|X-ray|mammogram",
}
_NEVER = {
    r"nothing to worry about|do not worry|don't worry|rest assured": "false comfort; say what is known and what to do next",
    r"you (?:do not |don't )?have (?:breast )?cancer\b(?!\?)": "never tell one person what they have",
    r"stop taking": "never tell anyone to stop a medicine; say to ask the team first",
    r";": "no semicolons; make two sentences",
    r"the founding (?:text|document)": "patients need no provenance in the sentence; it is told beside it",
}


def _explained(text: str, term: str, explanation: str) -> bool:
    return not re.search(rf"\b(?:{term})\b", text) or bool(re.search(explanation, text, re.IGNORECASE))


def plain_words(book: Book) -> Iterator[Finding]:
    """Each patient statement keeps to everyday words and never comforts falsely or diagnoses."""
    for concept in book.concepts.values():
        for statement in concept.statements:
            if statement.audience is not Audience.PATIENT:
                continue
            for pattern, remedy in _NEVER.items():
                if re.search(pattern, statement.text, re.IGNORECASE):
                    yield Finding(book.file(concept), statement.id, remedy)
            for pattern, remedy in _PLAINER.items():
                if match := re.search(rf"\b(?:{pattern})\b", statement.text):
                    yield Finding(book.file(concept), statement.id, f"'{match[0]}' is jargon; {remedy}")
            for term, explanation in _EXPLAINED.items():
                if not _explained(statement.text, term, explanation):
                    yield Finding(book.file(concept), statement.id, f"'{term}' is not explained in the same statement")


def school_grade(book: Book) -> Iterator[Finding]:
    """Patient text reads at US school grade 8 or lower by both formulas; one statement alone may reach 10."""
    for concept in book.concepts.values():
        for statement in concept.statements:
            if statement.audience is Audience.PATIENT:
                yield from _too_hard(book, concept, statement.id, statement.text, HIGHEST_GRADE_OF_ONE_STATEMENT)
        texts = [s.text for s in concept.statements if s.audience is Audience.PATIENT]
        yield from _too_hard(book, concept, "statements (patient)", " ".join(texts), HIGHEST_GRADE)
        for key, ids in _arrangements(concept):
            text = " ".join(book.statements[i].text for i in ids if i in book.statements)
            yield from _too_hard(book, concept, key, text, HIGHEST_GRADE)


def _arrangements(concept: ConceptRecord) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "summary.patient", concept.summary.patient
    if isinstance(concept, QuestionTopicRecord):
        for question in concept.questions:
            yield f"questions.{question.slug}.answer.patient", question.answer.patient


def _too_hard(book: Book, concept: ConceptRecord, key: str, text: str, highest: float) -> Iterator[Finding]:
    grade = grades(text)
    if text and max(grade) > highest:
        yield Finding(
            book.file(concept),
            key,
            f"reads at grade {grade.flesch_kincaid:.1f} (Flesch-Kincaid) and {grade.automated:.1f} (ARI), above {highest:.0f}; "
            "shorten sentences and words",
        )


RULES = (plain_words, school_grade)
