"""Each rule of the checker finds the defect it is for, names the file and tells what to do."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from api.errors import Finding
from api.seeding.book import Book
from api.seeding.canonical import plain
from api.seeding.read import Reading, concept_file, source_file
from api.seeding.records import SourceRecord
from api.seeding.rules import coverage, figures, form, founding, patient_text, references, relations, sources

Edit = Callable[[dict[str, Any]], None]


def _concept_changed(book: Book, slug: str, edit: Edit) -> Book:
    record = book.concepts[slug]
    data = plain(record)
    edit(data)
    changed: Any = type(record).model_validate(data)
    concepts = {**book.reading.concepts, concept_file(record.kind, slug): changed}
    return Book.of(replace(book.reading, concepts=concepts))


def _source_changed(book: Book, source_id: str, **values: Any) -> Book:
    record = book.sources[source_id].model_copy(update=values)
    changed: dict[str, SourceRecord] = {**book.reading.sources, source_file(source_id): record}
    return Book.of(replace(book.reading, sources=changed))


def _set(path: str, value: Any) -> Edit:
    def edit(data: dict[str, Any]) -> None:
        *parents, last = path.split(".")
        at: Any = data
        for part in parents:
            at = at[int(part) if part.isdigit() else part]
        at[int(last) if last.isdigit() else last] = value

    return edit


def _patient(text: str) -> Edit:
    return lambda data: data["statements"].append(
        {
            "id": f"{data['slug']}-98",
            "aspect": "definition",
            "audience": "patient",
            "text": text,
            "citations": [{"source": "acr-birads-2013", "locator": "planted"}],
        }
    )


def _clinical(text: str, **more: Any) -> Edit:
    return lambda data: data["statements"].append(
        {
            "id": f"{data['slug']}-98",
            "aspect": "risk",
            "audience": "clinician",
            "text": text,
            "citations": [{"source": "acr-birads-2013", "locator": "planted"}],
            **more,
        }
    )


def _figure(**values: Any) -> dict[str, Any]:
    return {"figures": [{"measure": "ppv", "unit": "proportion", "among": "planted", **values}]}


def _relation(**values: Any) -> Edit:
    return lambda data: data.setdefault("relations", []).append(values)


DEFECTS = [
    (references.statement_ids, _set("statements.0.id", "grouped-01"), "must be 'amorphous-'"),
    (references.statement_ids, _set("statements.0.id", "amorphous-02"), "used more than once"),
    (references.named_concepts, _set("statements.0.concepts", ["nowhere"]), "no concept is called 'nowhere'"),
    (references.named_concepts, _set("statements.0.concepts", ["amorphous"]), "implied"),
    (references.named_concepts, _set("type", "grouped"), "a type is needed"),
    (references.named_statements, _set("summary.patient", ["amorphous-99"]), "no statement is called 'amorphous-99'"),
    (references.named_statements, _set("size_mm.statement", "amorphous-99"), "no statement"),
    (references.audiences, _set("summary.patient", ["amorphous-02"]), "worded for a clinician"),
    (references.companions, _set("statements.0.show_with", ["grouped-01"]), "must be shown with grouped-01"),
    (figures.in_range, _clinical("Planted text here.", **_figure(value=1.5)), "0 to 1"),
    (figures.in_range, _clinical("Planted text here.", **_figure(low=0.5, high=0.2)), "swap"),
    (figures.in_range, _clinical("Planted text here.", **_figure()), "no number"),
    (
        figures.in_range,
        _clinical("Planted text here.", **_figure(value=0.5, interval={"low": 0.1, "high": 0.2})),
        "outside its confidence interval",
    ),
    (figures.counts_agree, _clinical("Planted text here.", **_figure(events=5, n=4)), "cannot exceed"),
    (figures.counts_agree, _clinical("Planted text here.", **_figure(value=0.5, events=1, n=4)), "1/4 is 0.250"),
    (figures.typed, _clinical("It was malignant in 37% of groups."), "'37%'"),
    (figures.typed, _clinical("It was malignant in 12 to 15% of groups.", **_figure(value=0.15)), "12"),
    (figures.typed, _clinical("It was malignant in 3 of 17 groups.", **_figure(value=0.5)), "3 of 17"),
    (figures.typed, _clinical("About 4 in 10 groups were malignant.", **_figure(value=0.2)), "4 in 10"),
    (figures.typed, _clinical("The particles measured 3 mm across.", **_figure(value=0.2)), "3 mm"),
    (patient_text.plain_words, _patient("Most of these lesions are harmless."), "'lesions' is jargon"),
    (patient_text.plain_words, _patient("There is nothing to worry about here."), "false comfort"),
    (patient_text.plain_words, _patient("You have cancer in this breast."), "never tell one person"),
    (patient_text.plain_words, _patient("Before the test, stop taking aspirin."), "medicine"),
    (patient_text.plain_words, _patient("These specks are small; they are white."), "two sentences"),
    (patient_text.plain_words, _patient("The sample showed DCIS."), "not explained"),
    (
        patient_text.school_grade,
        _patient("Heterogeneous microcalcifications occasionally necessitate stereotactic histopathological characterization."),
        "grade",
    ),
    (coverage.summaries, _set("summary.patient", []), "1 to 7 statements"),
    (coverage.sides, _set("questions_to_ask", []), "two questions"),
    (coverage.gaps, _set("gaps", [{"aspect": "risk", "audience": "clinician", "reason": "Nobody knows."}]), "remove the gap"),
    (sources.cited, _set("statements.0.citations.0.source", "nobody-1900"), "no source is called"),
    (relations.allowed, _relation(kind="followed-by", target="dcis", statements=["amorphous-01"]), "cannot be followed-by"),
    (relations.allowed, _relation(kind="followed-by", target="breast-mri"), "name the statement"),
    (relations.allowed, _relation(kind="related-to", target="nowhere", statements=["amorphous-01"]), "no concept is called"),
    (relations.no_circles, _relation(kind="maps-to", target="amorphous", statements=["amorphous-01"]), "circle"),
    (form.sentences_end, _clinical("No stop at the end"), "full stop"),
    (form.labels_differ, _set("labels.0.text", "Amorphous Calcification"), "stands twice"),
]


@pytest.mark.parametrize(("rule", "edit", "told"), DEFECTS, ids=[f"{r.__name__}-{t[:20]}" for r, _, t in DEFECTS])
def test_rule_finds_planted_defect(book: Book, rule: Callable[[Book], Any], edit: Edit, told: str) -> None:
    before = set(rule(book))
    found: list[Finding] = [f for f in rule(_concept_changed(book, "amorphous", edit)) if f not in before]
    assert found
    assert any(told in finding.remedy for finding in found), found
    assert "subtypes/amorphous.yaml" in {finding.file for finding in found}


def test_same_sentence_twice_is_found(book: Book) -> None:
    text = book.statements["grouped-01"].text
    changed = _concept_changed(book, "amorphous", _clinical(text))
    assert any("says the same" in finding.remedy for finding in form.sentences_differ(changed))


def test_weak_source_never_stands_alone(book: Book) -> None:
    weak = next(s.id for s in book.sources.values() if s.standing == "weak")

    def edit(data: dict[str, Any]) -> None:
        _patient("Planted patient sentence.")(data)
        data["statements"][-1]["citations"] = [{"source": weak, "locator": "planted"}]

    found = set(sources.weak_not_alone(_concept_changed(book, "amorphous", edit))) - set(sources.weak_not_alone(book))
    assert [finding.key for finding in found] == ["amorphous-98"]


def test_link_must_go_to_a_canonical_place(book: Book) -> None:
    changed = _source_changed(book, "oligane-2018", url="https://mirror.example/paper")
    assert any("mirror.example" in finding.remedy for finding in sources.canonical_links(changed))


def test_one_work_has_one_file(book: Book) -> None:
    other = book.sources["berg-2001"]
    values = {"title": other.title, "authors": other.authors, "year": other.year}
    changed = _source_changed(book, "oligane-2018", **values)
    assert any("merge" in finding.remedy for finding in sources.no_duplicates(changed))


def test_orphan_source_is_found(book: Book, reading: Reading) -> None:
    record = book.sources["berg-2001"].model_copy(update={"id": "nobody-cites"})
    changed = Book.of(replace(reading, sources={**reading.sources, "sources/nobody-cites.yaml": record}))
    assert any(finding.file == "sources/nobody-cites.yaml" for finding in sources.no_orphans(changed))


def test_missing_founding_claim_is_found(book: Book) -> None:
    places = founding.places()
    assert len(places) == 23

    def edit(data: dict[str, Any]) -> None:
        for statement in data["statements"]:
            for citation in statement["citations"]:
                if citation["source"] == sources.FOUNDING_SOURCE:
                    citation["locator"] = "paragraph 9, sentence 9"

    found = list(founding.complete(_concept_changed(book, "microcalcification", edit)))
    assert any("is no place" in finding.remedy for finding in found)


def test_mutual_link_stands_once(book: Book) -> None:
    for concept in book.concepts.values():
        for relation in concept.relations:
            if relation.kind == "confused-with" and relation.target != concept.slug:
                back = _relation(kind="confused-with", target=concept.slug, statements=list(relation.statements))
                assert any("keep one" in f.remedy for f in relations.once(_concept_changed(book, relation.target, back)))
                return
    pytest.fail("no confused-with link in the seed")
