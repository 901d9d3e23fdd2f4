"""Shape, spread, side and place that belong together, joined into findings."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from api.annotation.attributes import Attributes
from api.annotation.read import Annotation
from api.vocabulary import ConceptKind

_PRESENT = ("affirmed", "uncertain")
_NEXT = 1


@dataclass(frozen=True)
class Finding:
    """One finding; `members` are the positions of its annotations. Shape or spread is None where the report tells none."""

    morphology: str | None
    distribution: str | None
    laterality: str | None
    status: str
    attributes: Attributes
    members: tuple[int, ...]
    sentence: int


def join_findings(annotations: Sequence[Annotation], kinds: Mapping[str, ConceptKind]) -> list[Finding]:
    """Findings of a report in order. Denied and past mentions make none."""
    found: list[Finding] = []
    together: dict[tuple[int, str | None], list[int]] = defaultdict(list)
    for place, item in enumerate(annotations):
        if item.status in _PRESENT and item.group == "finding":
            together[item.sentence, item.laterality].append(place)
    for here in together.values():
        shapes = [place for place in here if kinds[annotations[place].concept] is ConceptKind.SUBTYPE]
        spreads = [place for place in here if kinds[annotations[place].concept] is ConceptKind.DISTRIBUTION]
        if not _completes(found, annotations, shapes, spreads):
            found += _paired(annotations, shapes, spreads)
    return found


def _paired(annotations: Sequence[Annotation], shapes: list[int], spreads: list[int]) -> list[Finding]:
    if not shapes:
        return [_finding(annotations, None, spread) for spread in spreads]
    pairs = [(shape, min(spreads, key=lambda spread: abs(spread - shape), default=None)) for shape in shapes]
    used = {spread for _, spread in pairs}
    lone = [_finding(annotations, None, spread) for spread in spreads if spread not in used]
    return [_finding(annotations, shape, spread) for shape, spread in pairs] + lone


def _completes(found: list[Finding], annotations: Sequence[Annotation], shapes: list[int], spreads: list[int]) -> bool:
    """Give the finding of the sentence before what it lacks: "Morphology: amorphous. Distribution: grouped." """
    if not found or len(shapes) + len(spreads) != 1:
        return False
    last, place = found[-1], (shapes + spreads)[0]
    one = annotations[place]
    lacks = last.distribution is None if spreads else last.morphology is None
    if not lacks or one.sentence - last.sentence > _NEXT or one.laterality != last.laterality or one.status != last.status:
        return False
    found[-1] = replace(
        last,
        morphology=last.morphology if spreads else one.concept,
        distribution=one.concept if spreads else last.distribution,
        attributes=_together(last.attributes, one.attributes),
        members=(*last.members, place),
    )
    return True


def _finding(annotations: Sequence[Annotation], shape: int | None, spread: int | None) -> Finding:
    members = tuple(sorted(place for place in (shape, spread) if place is not None))
    told = [annotations[place] for place in members]
    attributes = told[0].attributes
    for other in told[1:]:
        attributes = _together(attributes, other.attributes)
    return Finding(
        morphology=annotations[shape].concept if shape is not None else None,
        distribution=annotations[spread].concept if spread is not None else None,
        laterality=told[0].laterality,
        status="affirmed" if any(item.status == "affirmed" for item in told) else "uncertain",
        attributes=attributes,
        members=members,
        sentence=told[0].sentence,
    )


def _together(one: Attributes, other: Attributes) -> Attributes:
    names = [item.name for item in fields(Attributes)]
    return Attributes(**{name: getattr(one, name) if getattr(one, name) is not None else getattr(other, name) for name in names})
