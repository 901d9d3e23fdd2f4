"""The status of a mention: affirmed unless a cue that reaches it says negated, uncertain or historical."""

from dataclasses import dataclass

from api.annotation import reach
from api.annotation.cues import FoundCue, Scene
from api.annotation.mentions import Mention
from api.annotation.wording import CALCIFICATION

_ONLY_CONDITIONS = frozenset({"condition", "artefact"})
_DENIED_DOUBT = 6
_PLANNED_WITHIN = 12
MICROCALCIFICATION = "microcalcification"


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
    best: tuple[int, int, Verdict] | None = None
    for found in scene.cues:
        ahead = found.last < mention.first
        for cue in found.cues:
            if cue.forward != ahead or not cue.groups & groups:
                continue
            reaches = reach.forward if ahead else reach.backward
            if not reaches(scene, found, cue, mention):
                continue
            distance = (mention.first - found.last) if ahead else (found.first - mention.last)
            candidate = (distance, 0 if ahead else 1, Verdict(cue.status, found))
            if best is None or candidate[:2] < best[:2]:
                best = candidate
                if ahead and cue.status == "uncertain" and cue.groups == _ONLY_CONDITIONS:
                    best = (*candidate[:2], _denied_doubt(scene, found) or candidate[2])
    return best[2] if best else Verdict("affirmed")


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
    return any(place in scene.suspicious or scene.words[place].norm.startswith("suspic") for place in range(start, mention.first))
