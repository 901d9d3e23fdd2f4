"""Writes the three text forms in one pass over the items: a JSON document, JSON lines, and a flat table of statements."""

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from api.exports.files import ExportFormat

Collection = tuple[str, Iterable[str]]
_TABLE = "statements"
COLUMNS = (
    "id",
    "concepts",
    "aspect",
    "audience",
    "region",
    "text",
    "basis",
    "second_read",
    "figures",
    "sources",
    "source_urls",
    "locators",
    "conflicts_with",
    "show_with",
    "url",
    "release",
    "license",
    "attribution",
    "notice",
)


def write_texts(paths: dict[ExportFormat, Path], about: dict[str, Any], collections: Iterable[Collection]) -> None:
    """Write the text forms. `about` says what every copy carries: release, notice, licence, attribution."""
    with ExitStack() as stack:
        document, lines = (
            stack.enter_context(paths[form].open("w", encoding="utf-8", newline="\n"))
            for form in (ExportFormat.JSON, ExportFormat.NDJSON)
        )
        table = csv.writer(stack.enter_context(paths[ExportFormat.CSV].open("w", encoding="utf-8", newline="")))
        table.writerow(COLUMNS)
        lines.write(_line("meta", _json(about)))
        document.write('{"data":{')
        for place, (name, items) in enumerate(collections):
            document.write(f"{',' if place else ''}{_json(name)}:[")
            for number, item in enumerate(items):
                document.write(f"{',' if number else ''}\n{item}")
                lines.write(_line(name, item))
                if name == _TABLE:
                    table.writerow(_cells(json.loads(item), about))
            document.write("]")
        document.write(f'}},"meta":{_json(about)},"links":{{"self":"/v1/export.json"}}}}\n')


def _line(name: str, item: str) -> str:
    return f'{{"collection":{_json(name)},"item":{item}}}\n'


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _cells(statement: dict[str, Any], about: dict[str, Any]) -> Iterator[str]:
    """One row: lists joined by a space or by ' | ', figures as JSON, the licence in every row so that a row can travel alone."""
    cited = statement["citations"]
    rivals = {other for conflict in statement["conflicts"] for other in conflict["statement_ids"]} - {statement["id"]}
    own = {
        "concepts": " ".join(statement["concepts"]),
        "second_read": "true" if statement["second_read"] else "false",
        "figures": _json(statement["figures"]) if statement["figures"] else "",
        "sources": " ".join(citation["source"]["id"] for citation in cited),
        "source_urls": " ".join(citation["source"]["url"] or "" for citation in cited).strip(),
        "locators": " | ".join(citation["locator"] for citation in cited),
        "conflicts_with": " ".join(sorted(rivals)),
        "show_with": " ".join(statement["show_with"]),
        "release": about["release"]["id"],
        **{name: about[name] for name in ("license", "attribution", "notice")},
    }
    for column in COLUMNS:
        value = own.get(column, statement.get(column))
        yield "" if value is None else str(value)
