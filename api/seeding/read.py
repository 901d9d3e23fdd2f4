"""Reads the seed folder into strict records. Every defect becomes a finding that names file, key and remedy."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from api.errors import ContentInvalid, Finding
from api.keeping import kept_for_now
from api.seeding.language import LANGUAGE_FOLDER, SHAPES, is_kept_whole, key_of, shape_of
from api.seeding.past_records import PastReleaseRecord
from api.seeding.records import AnyConceptRecord, LinkHostRecord, Record, ReleaseRecord, SourceRecord
from api.seeding.seed import Seed
from api.vocabulary import ConceptKind

RELEASE_FILE = "release.yaml"
LINK_HOSTS_FILE = "link-hosts.yaml"
SOURCES_FOLDER = "sources"
HISTORY_FOLDER = "history"
CONCEPT_FOLDERS = {
    ConceptKind.TYPE: "types",
    ConceptKind.SUBTYPE: "subtypes",
    ConceptKind.DISTRIBUTION: "distributions",
    ConceptKind.CONDITION: "conditions",
    ConceptKind.GUIDANCE: "guidance",
    ConceptKind.ASSESSMENT: "assessments",
    ConceptKind.TOPIC: "topics",
    ConceptKind.MIMIC: "mimics",
    ConceptKind.QUESTION_TOPIC: "question-topics",
}

T = TypeVar("T")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_concept: TypeAdapter[AnyConceptRecord] = TypeAdapter(AnyConceptRecord)
_source = TypeAdapter(SourceRecord)
_release = TypeAdapter(ReleaseRecord)
_past_release = TypeAdapter(PastReleaseRecord)
_link_hosts = TypeAdapter(tuple[LinkHostRecord, ...])


@dataclass(frozen=True)
class Reading:
    """What could be read of a seed folder: the well-shaped records by file name, and the findings on the rest."""

    concepts: dict[str, AnyConceptRecord]
    sources: dict[str, SourceRecord]
    language: dict[str, Record]
    history: dict[str, PastReleaseRecord]
    link_hosts: tuple[LinkHostRecord, ...]
    release: ReleaseRecord | None
    findings: tuple[Finding, ...]

    def seed(self) -> Seed:
        """The whole seed; raises ContentInvalid when any file could not be read."""
        if self.findings or self.release is None:
            raise ContentInvalid(self.findings)
        return Seed(
            release=self.release,
            link_hosts=self.link_hosts,
            concepts=tuple(self.concepts.values()),
            sources=tuple(self.sources.values()),
            language=tuple(sorted((key_of(name), record) for name, record in self.language.items())),
            history=self.past_releases,
        )

    @property
    def past_releases(self) -> tuple[PastReleaseRecord, ...]:
        """The releases before this one, oldest first."""
        return tuple(sorted(self.history.values(), key=lambda past: version_order(past.version)))

    @property
    def records(self) -> dict[str, Record]:
        """Every record that has a file of its own, by file name."""
        return {**self.concepts, **self.sources, **self.language, **self.history}


def concept_file(kind: ConceptKind, slug: str) -> str:
    """The path of a concept's file inside the seed folder."""
    return f"{CONCEPT_FOLDERS[kind]}/{slug}.yaml"


def source_file(source_id: str) -> str:
    """The path of a source's file inside the seed folder."""
    return f"{SOURCES_FOLDER}/{source_id}.yaml"


def language_file(key: str) -> str:
    """The path inside the seed folder of a file kept whole."""
    return f"{key}.yaml" if "/" in key else f"{LANGUAGE_FOLDER}/{key}.yaml"


def history_file(version: str) -> str:
    """The path of a past release's file inside the seed folder."""
    return f"{HISTORY_FOLDER}/{version}.yaml"


def version_order(version: str) -> tuple[int, ...]:
    """Calendar versions by number: 2026.9.0 comes before 2026.11.0."""
    return tuple(int(number) for number in version.split("."))


@kept_for_now()
def read(folder: Path) -> Reading:
    """Read every file of a seed folder; never raises for content, only collects findings."""
    findings: list[Finding] = []
    concepts: dict[str, AnyConceptRecord] = {}
    sources: dict[str, SourceRecord] = {}
    language: dict[str, Record] = {}
    history: dict[str, PastReleaseRecord] = {}
    for name in _content_files(folder):
        if name.startswith(f"{SOURCES_FOLDER}/"):
            source = _read_file(folder, name, _source, findings)
            if source and _at_home(name, source_file(source.id), findings):
                sources[name] = source
        elif name.startswith(f"{HISTORY_FOLDER}/"):
            past = _read_file(folder, name, _past_release, findings)
            if past and _at_home(name, history_file(past.version), findings):
                history[name] = past
        elif is_kept_whole(name):
            shape = shape_of(key_of(name))
            if shape is None:
                findings.append(Finding(name, "", f"no such language file; known: {', '.join(sorted(SHAPES))}"))
            elif record := _read_file(folder, name, TypeAdapter(shape), findings):
                language[name] = record
        else:
            concept = _read_file(folder, name, _concept, findings)
            if concept and _at_home(name, concept_file(concept.kind, concept.slug), findings):
                concepts[name] = concept
    release = _read_file(folder, RELEASE_FILE, _release, findings)
    link_hosts = _read_file(folder, LINK_HOSTS_FILE, _link_hosts, findings) or ()
    return Reading(concepts, sources, language, history, link_hosts, release, tuple(findings))


def _content_files(folder: Path) -> Iterable[str]:
    names = (path.relative_to(folder).as_posix() for path in folder.glob("**/*.yaml"))
    return sorted(name for name in names if name not in (RELEASE_FILE, LINK_HOSTS_FILE))


def _at_home(name: str, expected: str, findings: list[Finding]) -> bool:
    if name != expected:
        findings.append(Finding(name, "slug", f"this file belongs at {expected}; move it, or correct its slug or kind"))
    return name == expected


def _read_file(folder: Path, name: str, adapter: TypeAdapter[T], findings: list[Finding]) -> T | None:
    try:
        data: Any = yaml.load((folder / name).read_bytes(), Loader=_Loader)  # noqa: S506  # both loaders are safe ones
    except FileNotFoundError:
        findings.append(Finding(name, "", "the file is missing; every seed has one"))
        return None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        findings.append(Finding(name, "", f"not readable as YAML: {' '.join(str(error).split())}"))
        return None
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_input=False):
            key = ".".join(str(part) for part in problem["loc"])
            findings.append(Finding(name, key, problem["msg"]))
        return None
