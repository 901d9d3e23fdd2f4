"""What a report settles: the final category of each system, and the steps it recommends without condition."""

from collections.abc import Sequence

from api.annotation.cues import Scene
from api.annotation.mentions import Mention
from api.annotation.status import Verdict, is_planned

_CHAIN = 9
_PERFORMED_WITHIN = 8
_FRAGMENT = 6
_INDICATION_WITHIN = 4
CODE_SYSTEMS = ("birads-", "uk-r")


def final_categories(settled: Sequence[tuple[Mention, Verdict]], severity: Sequence[str]) -> list[str]:
    """The most serious category now in force of each system; a written category outranks a verdict in words."""
    final = []
    for system in CODE_SYSTEMS:
        mine = [m for m, v in settled if v.status == "affirmed" and m.group == "assessment" and m.concept.startswith(system)]
        written = [mention for mention in mine if mention.term.verdict in (None, "letter", "bare")]
        ranks = sorted(severity.index(mention.concept) for mention in written or mine)
        if ranks:
            final.append(severity[ranks[-1]])
    return final


def recommended(scenes: Sequence[Scene], settled: Sequence[Sequence[Verdict]]) -> list[str]:
    """The slugs of the steps to come, in the order of the report."""
    found: dict[str, None] = {}
    for scene, verdicts in zip(scenes, settled, strict=True):
        before: Mention | None = None
        for mention, verdict in zip(scene.mentions, verdicts, strict=True):
            if mention.group != "step" or verdict.status != "affirmed":
                continue
            chained = before is not None and mention.first - before.last <= _CHAIN
            if _is_next(scene, mention, chained=chained):
                before = mention
                found[mention.concept] = None
    return list(found)


def _is_next(scene: Scene, mention: Mention, *, chained: bool) -> bool:
    wording = scene.wording
    if mention.concept in wording.lists["never_steps"] or mention.term.never_step:
        return False
    if scene.sentence.section in ("technique", "comparison", "history"):
        return False
    if _is_indication(scene, mention):
        return False
    performed = _is_performed(scene, mention)
    if mention.concept not in wording.lists["imaging"]:
        return not performed or is_planned(scene, mention)
    if scene.sentence.section == "plan":
        return True
    if is_planned(scene, mention):
        return not performed or _planned_after(scene, mention)
    if mention.term.needs_plan:
        return False
    return not performed and (chained or _stands_alone(scene, mention))


def _is_indication(scene: Scene, mention: Mention) -> bool:
    """Whether the step is why the person came (presents for six-month follow-up) and not what comes next."""
    before = range(max(scene.sentence.first, mention.first - _INDICATION_WITHIN), mention.first)
    return any(scene.wording.marks["indication"].at(scene.words, place) for place in before)


def _is_performed(scene: Scene, mention: Mention) -> bool:
    after, before = scene.wording.marks["performed_after"], scene.wording.marks["performed_before"]
    for place in range(mention.last + 1, min(mention.last + 1 + _PERFORMED_WITHIN, scene.sentence.last + 1)):
        if scene.words[place].norm == "," or scene.words[place].norm == ":":
            return scene.words[place].norm == ":"
        if place not in scene.inside and after.at(scene.words, place):
            return True
    place = mention.first - 1
    return place >= scene.sentence.first and before.at(scene.words, place) is not None


def _planned_after(scene: Scene, mention: Mention) -> bool:
    after = scene.wording.marks["planned_after"]
    stop = min(mention.last + 1 + _PERFORMED_WITHIN, scene.sentence.last + 1)
    return any(after.at(scene.words, place) for place in range(mention.last + 1, stop))


def _stands_alone(scene: Scene, mention: Mention) -> bool:
    """Whether the sentence says little beside the step (Mag views L.), which is how shorthand recommends."""
    others = [place for place in scene.range if scene.words[place].is_word and not mention.first <= place <= mention.last]
    findings = any(other.group in ("finding", "condition") for other in scene.mentions)
    return len(others) < _FRAGMENT and not findings and not scene.verbs
