"""How far a cue reaches: over lists and noun phrases, never past a scope's end, a finished clause or a fresh statement."""

from api.annotation.cues import RETRACTING, FoundCue, Scene
from api.annotation.mentions import Mention
from api.annotation.wording import CALCIFICATION, MICROCALCIFICATION, Cue

_FORWARD = {"negated": 30, "uncertain": 24, "historical": 12, "affirmed": 6}
_BACKWARD = {"negated": 16, "uncertain": 14, "historical": 12, "affirmed": 10}
FARTHEST = max(*_FORWARD.values(), *_BACKWARD.values()) + 1
_STEP = 9
_ADJACENT = 2
_FINDING_DOUBT = 8
_LIST_TAIL = 12
_AFTER_MENTION = 3
_MARKS_REACH = 4
_CONDITION = 16
_TAKEN_BACK = 1
_ONLY_FINDINGS = frozenset({"finding"})
_NAMED = frozenset({"finding", "condition"})
_CLOSED_GROUPS = frozenset({"condition"})


def forward(scene: Scene, found: FoundCue, cue: Cue, mention: Mention) -> bool:
    """Whether a cue before the mention reaches it."""
    gap = mention.first - found.last - 1
    if gap < 0 or gap > _FORWARD[cue.status] or _ended(scene, found.last + 1, mention.first):
        return False
    commas = [place for place in range(found.last + 1, mention.first) if place in scene.commas]
    if _points(scene, found, onward=False):
        return False
    if mention.group == "assessment" and any(place in scene.inside for place in range(found.last + 1, mention.first)):
        return False
    if cue.status == "negated":
        return (mention.group != "step" or (gap <= _STEP and not commas)) and _over_list(scene, found.last + 1, mention, commas)
    if cue.status == "historical" and mention.group == "step":
        return not commas and gap <= _ADJACENT
    if cue.status == "historical" and _after_an_event(scene, found, mention):
        return False
    if cue.status != "uncertain":
        return not commas or (cue.status == "historical" and _conditions_between(scene, found.last, mention))
    return _doubt_reaches(scene, found, cue, mention, in_list=not commas or _conditions_between(scene, found.last, mention))


def _doubt_reaches(scene: Scene, found: FoundCue, cue: Cue, mention: Mention, *, in_list: bool) -> bool:
    gap = mention.first - found.last - 1
    commas = any(place in scene.commas for place in range(found.last + 1, mention.first))
    conditional = any(hit.first == found.first for hit in scene.conditionals)
    if mention.group == "step":
        return conditional or (gap < _STEP and not commas and not _assessed(scene, range(found.last + 1, mention.first)))
    if _is_mark(scene, found):
        return gap <= _MARKS_REACH or (_conditions_between(scene, found.last, mention) and _coordinated(scene, mention))
    if cue.groups == _ONLY_FINDINGS:
        return gap < _ADJACENT
    if mention.group == "finding":
        return gap <= _FINDING_DOUBT and not commas and not _finished(scene, found.last + 1, mention.first)
    return in_list and not _clause_over(scene, found.last + 1, mention.first)


def _clause_over(scene: Scene, first: int, stop: int) -> bool:
    """Whether something was named and then a verb said more of it or of what came next."""
    named = False
    for place in range(first, stop):
        if place in scene.verbs and named:
            return True
        named = named or place in scene.inside or place in scene.nouns
    return False


def backward(scene: Scene, found: FoundCue, cue: Cue, mention: Mention) -> bool:
    """Whether a cue after the mention reaches it."""
    gap = found.first - mention.last - 1
    if gap < 0 or gap > _BACKWARD[cue.status] or _ended(scene, mention.last + 1, found.first):
        return False
    if found.cues == (RETRACTING,):
        return gap <= _TAKEN_BACK
    if mention.group == "step" and _opens_condition(scene, found):
        return False
    between = [other for other in scene.mentions if mention.last < other.first < found.first]
    if cue.status == "historical":
        between = [other for other in between if other.group == mention.group]
    commas = [place for place in range(mention.last + 1, found.first) if place in scene.commas]
    if _points(scene, found, onward=True):
        return False
    if mention.group in ("step", "assessment"):
        same = [other for other in between if other.group == mention.group]
        return not commas and all(_linked(scene, one, other) for one, other in zip([mention, *same], same, strict=False))
    if _is_mark(scene, found) and (between or gap > _MARKS_REACH):
        return False
    if commas and not between:
        return False
    if cue.status == "uncertain" and _looks_onward(scene, found):
        return False
    return all(_linked(scene, one, other) for one, other in zip([mention, *between], between, strict=False))


def condition(scene: Scene, mention: Mention) -> FoundCue | None:
    """The words that make a step, or what a step might show, depend on something (if it shows DCIS, excision is next)."""
    if mention.group not in ("step", "condition", "finding"):
        return None
    for hit in reversed(scene.conditionals):
        between = range(hit.last + 1, mention.first)
        if hit.last >= mention.first or len(between) > _CONDITION:
            continue
        if any(place in scene.conditional_ends for place in between) or _assessed(scene, between):
            return None
        inside = not any(place in scene.commas for place in between)
        shown = any(place in scene.showing for place in between)
        if mention.group == "step" or (inside and (shown or mention.group == "condition")):
            return FoundCue(hit.first, hit.last, ())
    return None


def _after_an_event(scene: Scene, found: FoundCue, mention: Mention) -> bool:
    """Whether a past operation stands between that the mention is not the reason of (status post lumpectomy, fat necrosis)."""
    if mention.concept in scene.wording.lists["events"]:
        return False
    between = [other for other in scene.mentions if found.last < other.first < mention.first]
    events = any(other.concept in scene.wording.lists["events"] for other in between)
    return events and not scene.wording.marks["reasons"].opens_with(scene.words[mention.first - 1])


def _assessed(scene: Scene, places: range) -> bool:
    return any(other.group == "assessment" and other.first in places for other in scene.mentions)


def _points(scene: Scene, found: FoundCue, *, onward: bool) -> bool:
    """Whether a question mark clings to the word after it (?recurrence) or, not onward, to the one before it alone."""
    if scene.words[found.first].norm != "?":
        return False
    after = scene.words[found.last + 1] if found.last + 1 < len(scene.words) else None
    before = scene.words[found.first - 1] if found.first else None
    clings_after = after is not None and after.start == scene.words[found.last].end
    clings_before = before is not None and before.end == scene.words[found.first].start
    return clings_after if onward else clings_before and not clings_after


def _opens_condition(scene: Scene, found: FoundCue) -> bool:
    """Whether a bare if makes a later step depend on something, and not the one before it."""
    alone = any((hit.first, hit.last) == (found.first, found.last) for hit in scene.conditionals)
    return alone and any(other.group == "step" and other.first > found.last for other in scene.mentions)


def _looks_onward(scene: Scene, found: FoundCue) -> bool:
    """Whether a word of doubt that works both ways stands right before the next name (calcifications, likely DCIS)."""
    both_ways = found.first == found.last and any(cue.forward for cue in found.cues) and not _is_mark(scene, found)
    return both_ways and any(other.first == found.last + 1 and other.group in _NAMED for other in scene.mentions)


def _is_mark(scene: Scene, found: FoundCue) -> bool:
    """Whether the cue is a mark of doubt between names (papilloma v DCIS) or at one (?recurrence)."""
    return found.first == found.last and scene.wording.marks["doubting_marks"].opens_with(scene.words[found.first])


def _ended(scene: Scene, first: int, stop: int) -> bool:
    return any(place in scene.ends for place in range(first, stop))


def _finished(scene: Scene, first: int, stop: int) -> bool:
    """Whether another mention or noun stands between and the clause goes on without linking word."""
    return (
        any(place in scene.inside or place in scene.nouns for place in range(first, stop))
        and not any(place in scene.conjunctions for place in range(first, stop))
        and not _adjacent(scene, first, stop)
    )


def _adjacent(scene: Scene, first: int, stop: int) -> bool:
    return all(place in scene.inside for place in range(first, stop))


def _conditions_between(scene: Scene, cue_last: int, mention: Mention) -> bool:
    """Whether only conditions stand between, as in a list of possible diagnoses, or nothing at all."""
    between = [other for other in scene.mentions if cue_last < other.first < mention.first]
    return mention.group in _CLOSED_GROUPS and bool(between) and all(other.group == "condition" for other in between)


def _coordinated(scene: Scene, mention: Mention) -> bool:
    return any(place in scene.conjunctions for place in (mention.first - 1, mention.first - 2))


def _linked(scene: Scene, one: Mention, other: Mention) -> bool:
    """Whether two mentions stand in one list or one noun phrase."""
    between = range(one.last + 1, other.first)
    if len(between) == 0:
        return True
    return len(between) <= _AFTER_MENTION and any(place in scene.conjunctions or place in scene.commas for place in between)


def _over_list(scene: Scene, first: int, mention: Mention, commas: list[int]) -> bool:
    """Whether a denial goes on to the mention: through commas, or, and, nor; not past a verb, a side, or a second noun."""
    ends_of_mentions = {other.last: other for other in scene.mentions if first <= other.last < mention.first}
    closed = False
    for place in range(first, mention.first):
        if place in scene.commas or place in scene.conjunctions:
            closed = False
        elif place in scene.verbs and closed:
            return False
        elif place in scene.nouns or place in scene.sides or _closes(ends_of_mentions.get(place), scene):
            closed = True
    if closed and not (_or_follows(scene, mention) and not _side_between(scene, first, mention.first)):
        return False
    return not commas or _goes_on(scene, commas[-1], mention)


def _closes(other: Mention | None, scene: Scene) -> bool:
    if other is None:
        return False
    ends_in_noun = other.group != "finding" or other.concept in (CALCIFICATION, MICROCALCIFICATION) or other.last > other.first
    return ends_in_noun and not (
        other.last + 1 in scene.inside
        and other.concept != CALCIFICATION
        and other.group == "finding"
        and other.last == other.first
    )


def _side_between(scene: Scene, first: int, stop: int) -> bool:
    return any(place in scene.sides for place in range(first, stop))


def _or_follows(scene: Scene, mention: Mention) -> bool:
    after = range(mention.last + 1, mention.last + 1 + _AFTER_MENTION)
    return any(place in scene.conjunctions for place in after)


def _goes_on(scene: Scene, comma: int, mention: Mention) -> bool:
    """Whether what follows a comma continues the list of what is denied."""
    tail = range(comma + 1, min(mention.last + _LIST_TAIL, scene.sentence.last) + 1)
    if any(scene.wording.marks["alternatives"].opens_with(scene.words[place]) for place in tail):
        return True
    segment = range(comma + 1, min(mention.last + _AFTER_MENTION, scene.sentence.last) + 1)
    nearest = next((place for place in segment if place in scene.commas and place > mention.last), segment.stop)
    return not any(
        place in scene.presence or place in scene.sides or (scene.words[place].is_number and place not in scene.inside)
        for place in segment
        if place < nearest
    )
