"""Language files name concepts and statements that exist, and every reason to refuse has its next step."""

from collections import Counter
from collections.abc import Iterator

from api.errors import Finding
from api.seeding.book import Book
from api.seeding.read import language_file
from api.seeding.shapes_keys import KeysRecord
from api.seeding.shapes_rankings import RankingsRecord
from api.seeding.shapes_refusal import RefusalRecord, SafetyRecord
from api.seeding.shapes_report_cues import ReportCuesRecord
from api.seeding.shapes_report_terms import ReportTermsRecord
from api.seeding.shapes_search import IntentsRecord, SearchRecord
from api.seeding.shapes_verification import VerificationRecord
from api.vocabulary import RefusalReason


def named_concepts(book: Book) -> Iterator[Finding]:
    """Every slug a language file names is a concept."""
    for name, record in book.reading.language.items():
        for key, slug in _slugs(record):
            if slug not in book.concepts:
                yield Finding(name, key, f"no concept is called '{slug}'")


def _slugs(record: object) -> Iterator[tuple[str, str]]:
    if isinstance(record, SearchRecord):
        yield from ((f"weights.{position}", weight.concept) for position, weight in enumerate(record.weights))
        for position, kin in enumerate(record.kin):
            yield f"kin.{position}", kin.concept
            yield from ((f"kin.{position}.also", also.concept) for also in kin.also)
    elif isinstance(record, IntentsRecord):
        for position, intent in enumerate(record.intents):
            yield from ((f"intents.{position}", slug) for slug in intent.concepts)
    elif isinstance(record, ReportTermsRecord):
        yield from _slugs_of_terms(record)
    elif isinstance(record, ReportCuesRecord):
        yield from _slugs_of_cues(record)
    elif isinstance(record, SafetyRecord):
        yield from ((f"rules.{position}.concept", rule.concept) for position, rule in enumerate(record.rules) if rule.concept)


def _slugs_of_terms(record: ReportTermsRecord) -> Iterator[tuple[str, str]]:
    for position, term in enumerate(record.terms):
        swap = (term.instead.near, term.instead.concept) if term.instead else ()
        yield from ((f"terms.{position}", slug) for slug in (term.concept, term.closer, term.planned, *swap) if slug)


def _slugs_of_cues(record: ReportCuesRecord) -> Iterator[tuple[str, str]]:
    for position, category in enumerate(record.categories):
        yield f"categories.{position}.concept", category.concept
    for name in ("procedures", "imaging", "never_steps", "standing", "events", "sideless", "severity", "never_pathology"):
        yield from ((name, slug) for slug in getattr(record, name))
    for name in ("birads_alone", "verdicts", "verdict_uses", "uk_scores", "guides"):
        yield from ((name, slug) for slug in getattr(record, name))
    yield from (("guides", slug) for slug in record.guides.values())


def safety_statements(book: Book) -> Iterator[Finding]:
    """A safety rule says something: statements that exist, or a sentence of its own, not both."""
    record = book.reading.language.get(language_file("safety"))
    if not isinstance(record, SafetyRecord):
        return
    for position, rule in enumerate(record.rules):
        key = f"rules.{position}"
        if bool(rule.statements) == bool(rule.text):
            yield Finding(language_file("safety"), key, "name statements or write a text, one of the two")
        for statement_id in rule.statements:
            if statement_id not in book.statements:
                yield Finding(language_file("safety"), f"{key}.statements", f"no statement has the id '{statement_id}'")


def kept_appointments(book: Book) -> Iterator[Finding]:
    """An appointment that should be kept names a statement that exists."""
    name = language_file("verification")
    record = book.reading.language.get(name)
    if isinstance(record, VerificationRecord):
        for position, appointment in enumerate(record.waving.appointments):
            if appointment.statement not in book.statements:
                key = f"waving.appointments.{position}.statement"
                yield Finding(name, key, f"no statement has the id '{appointment.statement}'")


def keyed_statements(book: Book) -> Iterator[Finding]:
    """Every key and ranking is of a statement that exists, and they stand in the order of statements."""
    keys, rankings = (book.reading.language.get(language_file(name)) for name in ("keys", "rankings"))
    if isinstance(keys, KeysRecord):
        yield from _in_order(book, "keys", [key.statement for key in keys.keys])
    if isinstance(rankings, RankingsRecord):
        yield from _in_order(book, "rankings", [ranking.statement for ranking in rankings.rankings])


def _in_order(book: Book, name: str, statements: list[str]) -> Iterator[Finding]:
    for position, statement in enumerate(statements):
        if statement not in book.statements:
            yield Finding(language_file(name), f"{name}.{position}", f"no statement has the id '{statement}'")
        if position and statement < statements[position - 1]:
            yield Finding(language_file(name), f"{name}.{position}", f"{name} stand in the order of their statements")


def reasons(book: Book) -> Iterator[Finding]:
    """Every reason to refuse has a class, so that each has a next step."""
    record = book.reading.language.get(language_file("refusal"))
    if not isinstance(record, RefusalRecord):
        return
    counted = Counter(refused.reason for refused in record.classes)
    for reason in RefusalReason:
        if not counted[reason]:
            yield Finding(language_file("refusal"), "classes", f"no class for the reason '{reason}'; add one with a next_step")


RULES = (named_concepts, safety_statements, kept_appointments, keyed_statements, reasons)
