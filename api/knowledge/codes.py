"""Codes of other systems and the concepts they stand for, in memory. Systems an operator switched off are absent."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from api.errors import BadQuery
from api.knowledge.language import load_folder
from api.vocabulary import CodeUse, Equivalence

ALL_SYSTEMS = "all"
NO_SYSTEMS = "none"


@dataclass(frozen=True)
class CodeSystem:
    """A code system and its owner's terms."""

    id: str
    name: str
    uri: str | None
    aliases: tuple[str, ...]
    use: CodeUse
    notice: str

    def is_called(self, name: str) -> bool:
        """Whether a short name, address or alias means this system, whatever its case."""
        names = (self.id, self.uri or "", self.name, *self.aliases)
        return name.casefold().rstrip("/") in {known.casefold() for known in names if known}


@dataclass(frozen=True)
class CodeTarget:
    """A concept a code stands for, and how well."""

    slug: str
    equivalence: Equivalence


@dataclass(frozen=True)
class Code:
    """One code. `display` is the owner's wording where it may be shown, else our own."""

    system: CodeSystem
    code: str
    display: str
    is_owners_display: bool
    targets: tuple[CodeTarget, ...]
    context_groups: tuple[int, ...]
    note: str | None


@dataclass(frozen=True)
class CodeBook:
    """Every code of the systems that are switched on, in the order of their systems and codes."""

    systems: tuple[CodeSystem, ...] = ()
    codes: tuple[Code, ...] = ()
    _by_code: dict[str, list[Code]] = field(default_factory=dict)
    _of_concept: dict[str, list[tuple[Code, Equivalence]]] = field(default_factory=dict)

    def system(self, name: str) -> CodeSystem:
        """The system of that short name or address. Raises BadQuery when none that is switched on is called so."""
        for system in self.systems:
            if system.is_called(name):
                return system
        known = ", ".join(system.id for system in self.systems) or "none is switched on"
        raise BadQuery("system", f"No code system is called '{name[:80]}'.", f"Known systems: {known}.")

    def called(self, code: str) -> tuple[Code, ...]:
        """The codes written so, of any system."""
        return tuple(self._by_code.get(code.casefold(), ()))

    def of_concept(self, slug: str) -> tuple[tuple[Code, Equivalence], ...]:
        """The codes a concept may be recorded with; legacy ones are left out."""
        return tuple(self._of_concept.get(slug, ()))


def load_code_book(session: Session, wanted: str = ALL_SYSTEMS) -> CodeBook:
    """The code book of the release, of the wanted systems: `all`, `none`, or short names separated by commas."""
    contents = [content for content in load_folder(session, "codes") if _is_wanted(content["id"], wanted)]
    systems = tuple(_system(content) for content in contents)
    codes = tuple(code for content, system in zip(contents, systems, strict=True) for code in _codes(content, system))
    of_concept: dict[str, list[tuple[Code, Equivalence]]] = defaultdict(list)
    for code in codes:
        if code.system.use is not CodeUse.LOOK_UP_ONLY:
            for target in code.targets:
                of_concept[target.slug].append((code, target.equivalence))
    by_code: dict[str, list[Code]] = defaultdict(list)
    for code in codes:
        by_code[code.code.casefold()].append(code)
    order = list(Equivalence)
    for held in of_concept.values():
        held.sort(key=lambda item: order.index(item[1]))
    return CodeBook(systems, codes, by_code, of_concept)


def _is_wanted(system_id: str, wanted: str) -> bool:
    names = {name.strip().casefold() for name in wanted.split(",")}
    return ALL_SYSTEMS in names or system_id.casefold() in names


def _system(content: dict[str, Any]) -> CodeSystem:
    aliases = tuple(content.get("aliases", ()))
    return CodeSystem(content["id"], content["name"], content.get("uri"), aliases, CodeUse(content["use"]), content["notice"])


def _codes(content: dict[str, Any], system: CodeSystem) -> Iterable[Code]:
    for item in content["codes"]:
        display = item.get("display")
        yield Code(
            system=system,
            code=item["code"],
            display=display or item["label"],
            is_owners_display=display is not None,
            targets=tuple(CodeTarget(target["slug"], Equivalence(target["equivalence"])) for target in item["concepts"]),
            context_groups=tuple(item.get("context_groups", ())),
            note=item.get("note"),
        )
