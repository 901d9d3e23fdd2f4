"""Categories that a later one takes the place of: revised, amended, upgraded to, given again in an addendum."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from api.annotation.cues import FoundCue, Scene
from api.annotation.mentions import Mention
from api.annotation.status import Verdict
from api.annotation.steps import CODE_SYSTEMS

_WITHIN = 7
_MOST_IN_FORCE = 40


@dataclass(frozen=True)
class _Given:
    """A category in force and where its verdict stands."""

    mention: Mention
    scene: int
    place: int


def supersede(scenes: Sequence[Scene], settled: Sequence[list[Verdict]]) -> None:
    """Make the categories that were in force before a newer one of their system and side past, by the words that say so."""
    given: deque[_Given] = deque(maxlen=_MOST_IN_FORCE)
    addendum: FoundCue | None = None
    for number, scene in enumerate(scenes):
        addendum = _addendum(scene) or addendum
        for place, mention in enumerate(scene.mentions):
            if mention.group != "assessment" or settled[number][place].status != "affirmed":
                continue
            newer = _newer(scene, mention) or addendum
            for old in list(given) if newer else ():
                before = scenes[old.scene]
                if newer and old.mention.last < newer.first and _replaced(old.mention, mention) and _same_side(before, scene):
                    settled[old.scene][old.place] = Verdict("historical", newer)
                    given.remove(old)
            given.append(_Given(mention, number, place))


def _addendum(scene: Scene) -> FoundCue | None:
    hits = scene.hits(scene.wording.marks["addenda"])
    return FoundCue(hits[0].first, hits[0].last, ()) if hits else None


def _newer(scene: Scene, mention: Mention) -> FoundCue | None:
    """The words before a category that say that it takes another's place."""
    hits = [hit for hit in scene.superseding if 0 < mention.first - hit.last <= _WITHIN]
    return FoundCue(hits[-1].first, hits[-1].last, ()) if hits else None


def _replaced(old: Mention, new: Mention) -> bool:
    return old.concept != new.concept and any(
        old.concept.startswith(system) and new.concept.startswith(system) for system in CODE_SYSTEMS
    )


def _same_side(old: Scene, new: Scene) -> bool:
    sides = [{hit.values[0] for hit in scene.side_hits} for scene in (old, new)]
    return not all(sides) or bool(sides[0] & sides[1])
