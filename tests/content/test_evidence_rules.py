"""The rules on risk figures, codes, data sets and word lists find planted defects, and the real files keep their promises."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from api.errors import Finding
from api.seeding.book import Book
from api.seeding.canonical import plain
from api.seeding.read import concept_file
from api.seeding.rules import evidence
from api.seeding.shapes_codes import CodeSystemRecord

Edit = Callable[[dict[str, Any]], None]
Rule = Callable[[Book], Iterable[Finding]]
EVIDENCE, RESOLVE = "language/evidence.yaml", "language/resolve.yaml"
SCT, DATASET = "codes/sct.yaml", "datasets/cbis-ddsm.yaml"


def changed(book: Book, file: str, edit: Edit) -> Book:
    record = book.reading.language[file]
    data = plain(record)
    edit(data)
    return Book.of(replace(book.reading, language={**book.reading.language, file: type(record).model_validate(data)}))


def with_statement(book: Book, text: str, **figure: Any) -> Book:
    record = book.concepts["amorphous"]
    data = plain(record)
    planted = {
        "id": "amorphous-98",
        "aspect": "risk",
        "audience": "clinician",
        "text": text,
        "citations": [{"source": "oligane-2018", "locator": "planted"}],
        "figures": [{"measure": "ppv", "unit": "proportion", **figure}],
    }
    data["statements"].append(planted)
    concept: Any = type(record).model_validate(data)
    return Book.of(replace(book.reading, concepts={**book.reading.concepts, concept_file(record.kind, record.slug): concept}))


FIGURES = [
    (evidence.figures_at_home, {"value": 0.1, "among": "planted", "distribution": "segmental"}, "'segmental'"),
    (evidence.figures_at_home, {"value": 0.1}, "needs `among`"),
    (evidence.printed_counts, {"value": 0.25, "among": "planted"}, "'9 of 36'"),
]


@pytest.mark.parametrize(("rule", "figure", "told"), FIGURES, ids=[told for *_, told in FIGURES])
def test_careless_figure_is_found(book: Book, rule: Rule, figure: dict[str, Any], told: str) -> None:
    assert list(rule(book)) == []
    (finding,) = rule(with_statement(book, "Of the groups, 9 of 36 (25%) were malignant.", **figure))
    assert finding.file == "subtypes/amorphous.yaml"
    assert told in finding.remedy


def _first_code(data: dict[str, Any]) -> dict[str, Any]:
    code: dict[str, Any] = data["codes"][0]
    return code


DEFECTS: list[tuple[Rule, str, Edit, str]] = [
    (evidence.codes, SCT, lambda d: _first_code(d).update(display="Owner's words"), "may not be shown"),
    (evidence.codes, SCT, lambda d: d["codes"].append(_first_code(d)), "stands twice"),
    (evidence.codes, SCT, lambda d: _first_code(d)["concepts"][0].update(slug="nowhere"), "'nowhere'"),
    (evidence.datasets, DATASET, lambda d: d.update(source="nobody-1900"), "no source is called"),
    (evidence.datasets, DATASET, lambda d: d["shapes"][0].update(concept="grouped"), "no subtype"),
    (evidence.datasets, DATASET, lambda d: d["rows"][0].update(outcome="LOST"), "'LOST'"),
    (evidence.words, RESOLVE, lambda d: d["names"][0].update(concept="nowhere"), "'nowhere'"),
    (evidence.words, EVIDENCE, lambda d: d["rows"].pop(), "name each of these once"),
    (evidence.words, EVIDENCE, lambda d: d["populations"][0].update(sources=["nobody-1900"]), "no source is called"),
    (evidence.words, EVIDENCE, lambda d: d["pair_assessments"][0].update(statement="amorphous-99"), "no statement is called"),
]


@pytest.mark.parametrize(("rule", "file", "edit", "told"), DEFECTS, ids=[told for *_, told in DEFECTS])
def test_planted_defect_is_found(book: Book, rule: Rule, file: str, edit: Edit, told: str) -> None:
    assert list(rule(book)) == []
    found = list(rule(changed(book, file, edit)))
    assert [finding.file for finding in found] == [file]
    assert told in found[0].remedy


def test_no_restricted_system_is_in_the_seed(book: Book) -> None:
    systems = {record.id for record in book.reading.language.values() if isinstance(record, CodeSystemRecord)}
    assert {"DCM", "SCT", "LOINC", "ICD10CM"} <= systems
    assert not {"UMLS", "CPT"} & systems
