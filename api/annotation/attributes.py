"""Size, clock face, quadrant, count and change that a sentence tells about its findings."""

from dataclasses import dataclass

from api.annotation.cues import Scene
from api.annotation.mentions import Mention

_HOURS = 12
_NEXT_WORDS = 4
_LARGEST_MM = 400
_MOST_COUNTED = 500


@dataclass(frozen=True)
class Attributes:
    """What is told about a finding beside its name; None where nothing is."""

    size_mm: float | None = None
    clock_face: int | None = None
    quadrant: str | None = None
    count: int | None = None
    change: str | None = None


@dataclass(frozen=True)
class Told:
    """One attribute and where it stands."""

    name: str
    value: float | int | str
    place: int


def told(scene: Scene) -> list[Told]:
    """Every attribute of a sentence in order."""
    found = [Told("quadrant", hit.values[0], hit.first) for hit in scene.hits(scene.wording.quadrants)]
    found += [Told("change", hit.values[0], hit.first) for hit in scene.hits(scene.wording.changes)]
    for place in scene.range:
        number = _number(scene, place)
        if number is None or place in scene.inside:
            continue
        measured = _size(scene, place, number) or _clock(scene, place, number) or _count(scene, place, number)
        if measured:
            found.append(measured)
    return found


def attributes_of(mention: Mention, found: list[Told]) -> Attributes:
    """The nearest attribute of each kind; for findings alone."""
    if mention.group != "finding":
        return Attributes()
    nearest: dict[str, Told] = {}
    for one in found:
        known = nearest.get(one.name)
        if known is None or abs(one.place - mention.last) < abs(known.place - mention.last):
            nearest[one.name] = one
    return Attributes(**{name: one.value for name, one in nearest.items()})  # type: ignore[arg-type]  # told() types each


def _number(scene: Scene, place: int) -> float | None:
    norm = scene.words[place].norm
    if norm in scene.wording.numbers:
        return float(scene.wording.numbers[norm])
    return float(norm) if scene.words[place].is_number and norm.isascii() and len(norm) <= len("0000.0000") else None


def _size(scene: Scene, place: int, number: float) -> Told | None:
    """A length with its unit; of several measures (5 x 4 cm) the largest. Distances to the nipple are none."""
    largest, here = number, place
    for _ in range(2):
        if here + 2 <= scene.sentence.last and scene.words[here + 1].norm in scene.wording.lists["times"]:
            another = _number(scene, here + 2)
            largest, here = (max(largest, another), here + 2) if another is not None else (largest, here)
    unit = here + 1
    if unit <= scene.sentence.last and scene.words[unit].text == "-":
        unit += 1
    factor = scene.wording.units.get(scene.words[unit].norm) if unit <= scene.sentence.last else None
    if factor is None and largest != number and here > place:
        return None
    if factor is None or largest * factor > _LARGEST_MM or largest <= 0:
        return None
    if scene.words[place - 1].norm in scene.wording.lists["times"] and place > scene.sentence.first:
        return None
    distances = scene.wording.marks["distances"]
    if any(distances.at(scene.words, at) for at in (unit, unit + 1) if at <= scene.sentence.last):
        return None
    return Told("size_mm", round(largest * factor, 2), place)


def _clock(scene: Scene, place: int, number: float) -> Told | None:
    if number != int(number) or not 1 <= number <= _HOURS or place >= scene.sentence.last:
        return None
    following = scene.words[place + 1]
    written = (
        following.text == ":"
        and place + 2 <= scene.sentence.last
        and scene.words[place + 2].norm in scene.wording.lists["half_hours"]
    )
    if written or scene.wording.marks["clock"].at(scene.words, place + 1):
        return Told("clock_face", int(number), place)
    return None


def _count(scene: Scene, place: int, number: float) -> Told | None:
    if number != int(number) or not 1 <= number <= _MOST_COUNTED:
        return None
    for at in range(place + 1, min(place + 1 + _NEXT_WORDS, scene.sentence.last + 1)):
        if scene.wording.marks["counted"].at(scene.words, at):
            return Told("count", int(number), place)
        if not scene.words[at].is_word or scene.words[at].is_number or scene.words[at].norm in scene.wording.units:
            return None
    return None
