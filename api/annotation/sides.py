"""Which breast a mention is about: named beside it, in its clause, its sentence, or carried over from what came before."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.annotation.cues import Scene
from api.annotation.mentions import Mention

_BESIDE = 1


@dataclass(frozen=True)
class Side:
    """A side named by the words `first` to `last`."""

    side: str
    first: int
    last: int


def sides_of(scenes: Sequence[Scene]) -> list[list[str | None]]:
    """The side of every mention of every sentence; None where the report names none."""
    carried: str | None = None
    found: list[list[str | None]] = []
    for scene in scenes:
        named = [Side(hit.values[0], hit.first, hit.last) for hit in scene.side_hits]
        named = [side for side in named if _is_side(scene, side) and not _is_unticked(scene, side)]
        found.append([_side(scene, named, mention, carried) for mention in scene.mentions])
        carried = named[-1].side if named else carried
    return _only_side(found, scenes)


def _is_side(scene: Scene, side: Side) -> bool:
    """A single letter is a side only where it cannot be a score (R 3) or the name of a view."""
    following = scene.words[side.last + 1] if side.last + 1 < len(scene.words) else None
    return not (len(scene.words[side.first].text) == 1 and side.first == side.last and following is not None and following.glued)


def _is_unticked(scene: Scene, side: Side) -> bool:
    return any(box.last == side.first - 1 and not box.is_ticked for box in scene.boxes)


def _side(scene: Scene, named: list[Side], mention: Mention, carried: str | None) -> str | None:
    if mention.concept in scene.wording.lists["sideless"]:
        return None
    beside = [side for side in named if 0 < mention.first - side.last <= _BESIDE]
    if mention.term.side:
        return beside[-1].side if beside else mention.term.side
    first, last = _clause(scene, mention)
    clause = [side for side in named if first <= side.first <= last]
    if clause:
        return _in_clause(scene, clause, mention, first)
    before = [side for side in named if side.last < mention.first]
    if before:
        return before[-1].side
    if carried is None or scene.sentence.section is None:
        after = [side for side in named if side.first > mention.last]
        if after:
            return after[0].side
    return carried


def _clause(scene: Scene, mention: Mention) -> tuple[int, int]:
    """The stretch between the commas around a mention."""
    first = max((place for place in scene.commas if place < mention.first), default=scene.sentence.first - 1) + 1
    last = min((place for place in scene.commas if place > mention.last), default=scene.sentence.last + 1) - 1
    return first, last


def _in_clause(scene: Scene, clause: list[Side], mention: Mention, first: int) -> str:
    """The side of a clause: the one that follows where sides follow their mentions, else the one that went before."""
    earliest = min((other.first for other in scene.mentions if other.first >= first), default=mention.first)
    before = [side for side in clause if side.last < mention.first]
    after = [side for side in clause if side.first > mention.last]
    sides_lead = clause[0].first < earliest
    if sides_lead:
        return before[-1].side if before else after[0].side
    return after[0].side if after else before[-1].side


def _only_side(found: list[list[str | None]], scenes: Sequence[Scene]) -> list[list[str | None]]:
    """Where a report names one side only, it holds for what was said before it was named, too."""
    named = {side for sides in found for side in sides if side}
    if len(named) != 1:
        return found
    only = named.pop()
    return [
        [
            side or (None if mention.concept in scene.wording.lists["sideless"] else only)
            for side, mention in zip(sides, scene.mentions, strict=True)
        ]
        for sides, scene in zip(found, scenes, strict=True)
    ]
