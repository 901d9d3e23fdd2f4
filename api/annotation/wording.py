"""The release's words for reading reports, made ready: terms, exclusions, cues, sides, categories, each as phrases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from re import compile as pattern
from typing import Any

from sqlmodel import Session

from api.annotation.ear import Ear
from api.annotation.phrases import Phrases, phrase_key
from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.knowledge.references import find_references
from api.knowledge.views import ConceptReference
from api.search.labels import Name, load_names
from api.vocabulary import ConceptKind

_CLASS = pattern(r"\{([a-z]+)\}")
_GROUPS = {
    ConceptKind.TYPE: "finding",
    ConceptKind.SUBTYPE: "finding",
    ConceptKind.DISTRIBUTION: "finding",
    ConceptKind.TOPIC: "finding",
    ConceptKind.CONDITION: "condition",
    ConceptKind.GUIDANCE: "step",
    ConceptKind.ASSESSMENT: "assessment",
    ConceptKind.MIMIC: "artefact",
}
CALCIFICATION = "calcification"
MICROCALCIFICATION = "microcalcification"
_FROM_LABELS = (ConceptKind.CONDITION,)


@dataclass(frozen=True, slots=True)
class Term:
    """What a phrase of a report names. Concept None: not ours."""

    concept: str | None
    group: str = ""
    closer: str | None = None
    status: str | None = None
    planned: str | None = None
    side: str | None = None
    near: str | None = None
    becomes: str | None = None
    needs_calcification: bool = False
    planned_only: bool = False
    never_step: bool = False
    echo: bool = False
    needs_plan: bool = False
    verdict: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """What a cue says about mentions of some groups in one direction."""

    status: str
    forward: bool
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything the reader knows about words; built once for a release."""

    terms: Phrases[Term]
    categories: Phrases[Term]
    cues: Phrases[Cue]
    sides: Phrases[str]
    quadrants: Phrases[str]
    changes: Phrases[str]
    heard: Phrases[str]
    spoken: Phrases[str]
    marks: dict[str, Phrases[str]]
    headings: Phrases[str]
    units: dict[str, float]
    numbers: dict[str, int]
    lists: dict[str, frozenset[str]]
    severity: tuple[str, ...]
    guides: dict[str, str]
    vocabulary: frozenset[str]
    calcification_words: frozenset[str]
    ear: Ear


def load_wording(session: Session, _catalogue: Catalogue) -> Wording:
    """Read the language files, the labels and the vocabulary of a release and make them ready."""
    terms_file = load_language_file(session, "report-terms")
    cues_file = load_language_file(session, "report-cues")
    concepts = find_references(session, {given["concept"] for given in terms_file["terms"]})
    terms = _terms(terms_file, concepts)
    _add_labels(terms, load_names(session, concepts.keys()), concepts)
    terms.sealed()
    categories = _categories(cues_file).sealed()
    marks = {name: _phrases(cues_file[name], name) for name in _MARKS}
    for name in ("planned", "performed"):
        marks |= {f"{name}_{side}": _phrases(cues_file[name][side], name) for side in ("before", "after")}
    cues, sides = _cues(cues_file["cues"]), _named(cues_file["sides"])
    quadrants, changes = _named(cues_file["quadrants"]), _named(cues_file["changes"])
    return Wording(
        terms=terms,
        categories=categories,
        cues=cues,
        sides=sides,
        quadrants=quadrants,
        changes=changes,
        heard=_named(terms_file["heard_as"]),
        spoken=_named(terms_file["spoken"]),
        marks=marks,
        headings=_named(cues_file["headings"]),
        units={phrase_key(name)[0]: float(factor) for factor, names in cues_file["units"].items() for name in names},
        numbers={phrase_key(name)[0]: int(number) for number, names in cues_file["numbers"].items() for name in names},
        lists={name: frozenset(cues_file[name]) for name in _LISTS},
        severity=tuple(cues_file["severity"]),
        guides=dict(cues_file["guides"]),
        vocabulary=_vocabulary((terms, categories, cues, sides, quadrants, changes, *marks.values())),
        calcification_words=_calcification_words(terms_file),
        ear=Ear(terms_file["by_ear"]),
    )


_MARKS = (
    "scope_ends", "conjunctions", "presence", "verbs", "coordinated_nouns", "suspicious", "years_keep", "distances", "clock",
    "counted", "denying_answers", "indication", "retractions", "addenda", "superseding", "conditionals", "showing",
    "conditional_ends", "doubting_marks", "compared_with", "not_these_nouns", "pathology", "uk_marks", "abbreviations",
    "alternatives", "elsewhere", "calcification_headings", "reasons", "now", "placed", "millennium",
)  # fmt: skip
_LISTS = (
    "procedures", "imaging", "never_steps", "standing", "events", "sideless", "open_boxes", "ticked_boxes", "ticks",
    "never_pathology", "not_after_categories", "times", "half_hours", "between_adjectives",
)  # fmt: skip


def _phrases(says: Iterable[str], value: str) -> Phrases[str]:
    return _named({value: says})


def _named(groups: Mapping[str, Iterable[str]]) -> Phrases[str]:
    phrases: Phrases[str] = Phrases()
    for value, says in groups.items():
        for phrase in says:
            phrases.add(phrase, value)
    return phrases


def _spelled_out(phrase: str, classes: Mapping[str, list[str]]) -> Iterable[str]:
    """The phrase with every class replaced by each of its words."""
    parts = _CLASS.split(phrase)
    choices = [classes[part] if place % 2 else [part] for place, part in enumerate(parts)]
    return ("".join(chosen) for chosen in product(*choices))


def _terms(file: dict[str, Any], concepts: Mapping[str, ConceptReference]) -> Phrases[Term]:
    terms: Phrases[Term] = Phrases()
    for given in file["terms"]:
        instead = given.get("instead") or {}
        term = Term(
            concept=given["concept"],
            group=_GROUPS[concepts[given["concept"]].kind],
            closer=given.get("closer"),
            status=given.get("status"),
            planned=given.get("planned"),
            side=given.get("side"),
            near=instead.get("near"),
            becomes=instead.get("concept"),
            needs_calcification=given.get("needs_calcification", False),
            planned_only=given.get("planned_only", False),
            never_step=given.get("never_step", False),
            echo=given.get("echo", False),
            needs_plan=given.get("needs_plan", False),
        )
        for phrase in given["says"]:
            for spelled in _spelled_out(phrase, file["classes"]):
                terms.add(spelled, term)
    for phrase in file["exclusions"]:
        for spelled in _spelled_out(phrase, file["classes"]):
            terms.add(spelled, Term(None))
    return terms


def _add_labels(terms: Phrases[Term], names: Iterable[Name], concepts: Mapping[str, ConceptReference]) -> None:
    """Names the concepts' own files give that no term or exclusion claims, for concepts that the terms speak of."""
    named = [
        (name.text, Term(name.slug, _GROUPS[kind]))
        for name in names
        if (kind := concepts[name.slug].kind) in _FROM_LABELS and len(key := phrase_key(name.text)) > 1 and not terms.has(key)
    ]
    for text, term in named:
        terms.add(text, term)


def _cues(given: list[dict[str, Any]]) -> Phrases[Cue]:
    cues: Phrases[Cue] = Phrases()
    for cue in given:
        value = Cue(cue["status"], cue["direction"] == "forward", frozenset(cue["applies_to"]))
        for phrase in cue["says"]:
            cues.add(phrase, value)
    return cues


def _categories(file: dict[str, Any]) -> Phrases[Term]:
    categories: Phrases[Term] = Phrases()
    for category in file["categories"]:
        for before, value in product(file["birads_before"], category["values"]):
            letter = "letter" if before.endswith("~") else None
            term = Term(category["concept"], "assessment", verdict=letter)
            categories.add(f"{before}{'' if before.endswith('~') else ' '}{value}", term)
    for slug, says in file["birads_alone"].items():
        for phrase in says:
            categories.add(phrase, Term(slug, "assessment", verdict="bare"))
    for slug, says in file["verdicts"].items():
        for phrase in says:
            categories.add(phrase, Term(slug, "assessment", verdict=file["verdict_uses"][slug]))
    for slug, values in file["uk_scores"].items():
        for before, value in product([*file["uk_before"], *file["uk_apart"]], values):
            categories.add(f"{before}{'' if before.endswith('~') else ' '}{value}", Term(slug, "assessment"))
    return categories


def _calcification_words(file: dict[str, Any]) -> frozenset[str]:
    """Words that show that a report speaks of calcifications: those of the bare terms."""
    said = [phrase for name in ("calc", "micro") for phrase in file["classes"][name]]
    said += [phrase for term in file["terms"] if term["concept"] == CALCIFICATION for phrase in term["says"] if "{" not in phrase]
    return frozenset(key[0] for phrase in said if len(key := phrase_key(phrase)) == 1)


def _vocabulary(indexes: Iterable[Phrases[Any]]) -> frozenset[str]:
    return frozenset(part for index in indexes for part in index.parts() if part.isalpha())
