"""Written form: canonical YAML, no sentence told twice, names that differ, sentences that end."""

import re
from collections.abc import Iterator
from pathlib import Path

from api.errors import Finding
from api.seeding.book import Book
from api.seeding.canonical import write


def sentences_differ(book: Book) -> Iterator[Finding]:
    """No two statements say the same words."""
    held: dict[str, str] = {}
    for statement_id, statement in book.statements.items():
        words = " ".join(re.findall(r"\w+", statement.text.lower()))
        first = held.setdefault(words, statement_id)
        if first != statement_id:
            remedy = f"says the same as '{first}'; keep one and name both concepts on it"
            yield Finding(book.file(book.owners[statement_id]), statement_id, remedy)


def sentences_end(book: Book) -> Iterator[Finding]:
    """A statement is one or more whole sentences on one line."""
    for statement_id, statement in book.statements.items():
        if not re.search(r"[.!?][)”\"']?$", statement.text) or "\n" in statement.text or "  " in statement.text:
            remedy = "end with a full stop; no line breaks or double spaces"
            yield Finding(book.file(book.owners[statement_id]), statement_id, remedy)


def labels_differ(book: Book) -> Iterator[Finding]:
    """A concept's names are all different."""
    for concept in book.concepts.values():
        names = [concept.name, *(label.text for label in concept.labels)]
        folded = [name.casefold() for name in names]
        for position, name in enumerate(folded):
            if name in folded[:position]:
                yield Finding(book.file(concept), "labels", f"'{names[position]}' stands twice")


def canonical_form(book: Book, folder: Path) -> Iterator[Finding]:
    """Each file is written as the export would write it."""
    for name, record in book.reading.records.items():
        if (folder / name).read_text(encoding="utf-8") != write(record):
            yield Finding(name, "", "not in canonical form; run 'calcification-api check --write'")


RULES = (sentences_differ, sentences_end, labels_differ)
