"""Every sentence of the founding document is carried by a statement that cites it by its place."""

from collections.abc import Iterator

from api.errors import Finding
from api.seeding.book import Book
from api.seeding.rules.sources import FOUNDING_SOURCE

_SENTENCES_OF_PARAGRAPHS = (3, 4, 4, 4, 4)
_LIST_ITEMS = 4


def places() -> list[str]:
    """The locators of all sentences and list items of the founding document."""
    sentences = [
        f"paragraph {paragraph}, sentence {sentence}"
        for paragraph, count in enumerate(_SENTENCES_OF_PARAGRAPHS, start=1)
        for sentence in range(1, count + 1)
    ]
    return [*sentences, *(f"list item {item}" for item in range(1, _LIST_ITEMS + 1))]


def complete(book: Book) -> Iterator[Finding]:
    """Each place is cited, and no other place is."""
    cited = {
        citation.locator: statement_id
        for statement_id, statement in book.statements.items()
        for citation in statement.citations
        if citation.source == FOUNDING_SOURCE
    }
    known = places()
    for place in known:
        if place not in cited:
            yield Finding(
                f"sources/{FOUNDING_SOURCE}.yaml",
                place,
                "no statement carries this claim; add one that cites the place",
            )
    for locator, statement_id in cited.items():
        if locator not in known:
            file = book.file(book.owners[statement_id])
            yield Finding(file, statement_id, f"'{locator}' is no place of the founding document; write e.g. '{known[0]}'")


RULES = (complete,)
