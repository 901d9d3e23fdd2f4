"""The status of a mention: affirmed unless a cue that reaches it says negated, uncertain or historical."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from api.annotation import reach
from api.annotation.cues import FoundCue, Scene
from api.annotation.mentions import Mention
from api.annotation.wording import CALCIFICATION, MICROCALCIFICATION

_ONLY_CONDITIONS = frozenset({"condition", "artefact"})
_DENIED_DOUBT = 6
_CLOSE = 2
_FURTHEST_CUES = 20
_PLANNED_WITHIN = 12


@dataclass(frozen=True)
class Verdict:
    """A status and the cue that decided it; None: nothing did."""

    status: str
    cue: FoundCue | None = None


def settle(scene: Scene, mention: Mention) -> Verdict:
    """The status of a mention. Words for an operation to come become the step they name; suspicious specks their size."""
    wording = scene.wording
    groups = _groups(scene, mention)
    verdict = _by_cues(scene, mention, groups)
    if groups and verdict.status == "affirmed" and (condition := reach.condition(scene, mention)):
        verdict = Verdict("uncertain", condition)
    if (
        mention.concept == CALCIFICATION
        and verdict.cue
        and verdict.status == "negated"
        and _said_suspicious(scene, verdict, mention)
    ):
        mention.concept, mention.closer = MICROCALCIFICATION, None
    if mention.concept in wording.lists["events"] and mention.term.status:
        if mention.term.planned and verdict.status != "negated" and is_planned(scene, mention):
            mention.concept, mention.group = mention.term.planned, "step"
            return Verdict("affirmed")
        return Verdict(mention.term.status, verdict.cue) if verdict.status == "affirmed" else verdict
    if mention.term.status and verdict.status == "affirmed" and not is_planned(scene, mention):
        return Verdict(mention.term.status, verdict.cue)
    if (
        verdict.status == "affirmed"
        and mention.group in ("step", "condition")
        and scene.dated
        and scene.dated.last < mention.first
        and not scene.told_now(mention)
    ):
        return Verdict("historical", scene.dated)
    history = scene.sentence.section == "history" and mention.group == "condition"
    if verdict.status == "affirmed" and verdict.cue is None and history:
        return Verdict("historical")
    return verdict


def is_planned(scene: Scene, mention: Mention) -> bool:
    """Whether words around say that it is still to come."""
    after, before = scene.wording.marks["planned_after"], scene.wording.marks["planned_before"]
    stop = min(mention.last + 1 + _PLANNED_WITHIN, scene.sentence.last + 1)
    for place in range(mention.last + 1, stop):
        if scene.words[place].norm == ",":
            break
        if place not in scene.inside and after.at(scene.words, place):
            return True
    near = range(max(scene.sentence.first, mention.first - 2), mention.first)
    return any(place not in scene.inside and before.at(scene.words, place) for place in near)


def _groups(scene: Scene, mention: Mention) -> frozenset[str]:
    if mention.concept in scene.wording.lists["standing"]:
        return frozenset()
    groups = {mention.group}
    if mention.concept in scene.wording.lists["procedures"]:
        groups.add("procedure")
    if mention.concept in scene.wording.lists["events"]:
        groups.add("event")
    return frozenset(groups)


def _by_cues(scene: Scene, mention: Mention, groups: frozenset[str]) -> Verdict:
    """What the nearest cue that reaches the mention says; of two as near, the one before it."""
    place = bisect_left(scene.cue_starts, mention.first)
    ahead = _first_reaching(scene, mention, groups, reversed(scene.cues[max(0, place - _FURTHEST_CUES) : place]), forward=True)
    after = _first_reaching(scene, mention, groups, scene.cues[place : place + _FURTHEST_CUES], forward=False)
    if ahead is None or after is None:
        return (ahead or after or (0, Verdict("affirmed")))[1]
    outweighed = ahead[1].status == "affirmed" and after[0] <= _CLOSE and after[1].status in ("negated", "uncertain")
    return after[1] if outweighed or after[0] < ahead[0] else ahead[1]


def _first_reaching(
    scene: Scene, mention: Mention, groups: frozenset[str], nearest_first: Iterable[FoundCue], *, forward: bool
) -> tuple[int, Verdict] | None:
    """The first cue that reaches the mention: how far away it stands and what it says."""
    reaches = reach.forward if forward else reach.backward
    for found in nearest_first:
        distance = (mention.first - found.last) if forward else (found.first - mention.last)
        if distance > reach.FARTHEST:
            return None
        for cue in found.cues:
            if cue.forward != forward or not cue.groups & groups or not reaches(scene, found, cue, mention):
                continue
            if "event" in groups and cue.status == "uncertain" and _mention_between(scene, found, mention):
                continue
            doubt = forward and cue.status == "uncertain" and cue.groups == _ONLY_CONDITIONS
            return distance, (_denied_doubt(scene, found) if doubt else None) or Verdict(cue.status, found)
    return None


def _mention_between(scene: Scene, found: FoundCue, mention: Mention) -> bool:
    first, stop = min(found.last, mention.last), max(found.first, mention.first)
    return any(place in scene.inside for place in range(first + 1, stop))


def _denied_doubt(scene: Scene, doubt: FoundCue) -> Verdict | None:
    """The denial that covers a doubt: no calcifications suspicious for DCIS."""
    for found in reversed(scene.cues):
        if found.last >= doubt.first or doubt.first - found.last > _DENIED_DOUBT:
            continue
        between = range(found.last + 1, doubt.first)
        blocked = any(place in scene.ends or place in scene.commas or place in scene.verbs for place in between)
        if any(cue.forward and cue.status == "negated" for cue in found.cues) and not blocked:
            return Verdict("negated", found)
    return None


def _said_suspicious(scene: Scene, verdict: Verdict, mention: Mention) -> bool:
    cue = verdict.cue
    if cue is None:
        return False
    start = cue.first if cue.first < mention.first else mention.first
    suspicious = scene.wording.marks["suspicious"]
    return any(suspicious.opens_with(scene.words[place]) for place in range(start, mention.first))
