"""Checks a whole seed folder: strict shapes, then every cross-file rule, then the written form."""

from pathlib import Path

from api.errors import ContentInvalid, Finding
from api.keeping import kept_for_now
from api.seeding.book import Book
from api.seeding.canonical import write
from api.seeding.read import Reading, read
from api.seeding.rules import (
    coverage,
    evidence,
    figures,
    form,
    founding,
    history,
    language,
    patient_text,
    references,
    relations,
    sources,
)
from api.seeding.seed import Seed

_SUBJECTS = (references, relations, sources, figures, evidence, patient_text, coverage, founding, language, history, form)


def check(folder: Path) -> list[Finding]:
    """Every finding on the seed folder, ordered by file; empty when the content may be released."""
    return _findings_in(read(folder), folder)


def sound_seed(folder: Path) -> Seed:
    """The seed of a folder, read once and checked. Raises ContentInvalid with every finding."""
    reading = read(folder)
    findings = _findings_in(reading, folder)
    if findings:
        raise ContentInvalid(tuple(findings))
    return reading.seed()


@kept_for_now()
def _findings_in(reading: Reading, folder: Path) -> list[Finding]:
    """The same of a seed folder that was read already."""
    book = Book.of(reading)
    found = list(reading.findings)
    for subject in _SUBJECTS:
        for rule in subject.RULES:
            found += rule(book)
    found += form.canonical_form(book, folder)
    return sorted(set(found))


def write_canonical(folder: Path, wanted: tuple[str, ...] = ("",)) -> list[str]:
    """Rewrite well-shaped files that are not in canonical form; returns their names."""
    reading = read(folder)
    written = []
    for name, record in reading.records.items():
        path, text = folder / name, write(record)
        if name.startswith(wanted) and path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            written.append(name)
    return written
