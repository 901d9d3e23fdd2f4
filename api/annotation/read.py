"""Reads a report: words, repair, sentences, mentions, status, side, attributes, category, next steps. No input or output."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.annotation.attributes import Attributes, attributes_of, told
from api.annotation.cues import FoundCue, Scene
from api.annotation.mentions import Mention, find_mentions
from api.annotation.repair import repaired
from api.annotation.sentences import sentences
from api.annotation.sides import sides_of
from api.annotation.spelling import Spelling
from api.annotation.status import Verdict, is_planned, settle
from api.annotation.steps import final_categories, recommended
from api.annotation.superseding import supersede
from api.annotation.wording import Wording
from api.annotation.words import Word, read_words
from api.search.index import Index


@dataclass(frozen=True)
class Span:
    """A stretch of the report as given."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Annotation:
    """One concept named in a report. `closer` is the narrower concept that explains it best, where there is one."""

    concept: str
    closer: str | None
    group: str
    span: Span
    sentence: int
    status: str
    cue: Span | None
    laterality: str | None
    attributes: Attributes


@dataclass(frozen=True)
class ReadReport:
    """What a report names, settles and recommends. From `unread_from` on it was not read: it names too much."""

    annotations: tuple[Annotation, ...]
    assessments: tuple[str, ...]
    recommendations: tuple[str, ...]
    unread_from: int | None = None


def read_report(text: str, wording: Wording, index: Index) -> ReadReport:
    """Read the lines of a report, in time linear in their length."""
    words = repaired(read_words(text), wording, Spelling(wording, index))
    mentions, until = find_mentions(words, wording)
    scenes = _scenes(words[:until], mentions, wording)
    settled = [[settle(scene, mention) for mention in scene.mentions] for scene in scenes]
    for scene, verdicts in zip(scenes, settled, strict=True):
        _leave_out(scene, verdicts)
    supersede(scenes, settled)
    sides = sides_of(scenes)
    annotations = [
        annotation
        for number, scene in enumerate(scenes)
        for annotation in _annotations(number, scene, settled[number], sides[number], text)
    ]
    pairs = [pair for scene, verdicts in zip(scenes, settled, strict=True) for pair in zip(scene.mentions, verdicts, strict=True)]
    return ReadReport(
        tuple(annotations),
        tuple(final_categories(pairs, wording.severity)),
        tuple(recommended(scenes, settled)),
        words[until].start if until < len(words) else None,
    )


def _scenes(words: list[Word], mentions: list[Mention], wording: Wording) -> list[Scene]:
    scenes = []
    place = 0
    for sentence in sentences(words, wording):
        mine = []
        while place < len(mentions) and mentions[place].first <= sentence.last:
            mine.append(mentions[place])
            place += 1
        if not mine and sentence.first == sentence.last:
            continue
        _swap(mine)
        mine = [mention for mention in mine if not _is_echo(mention, mine)]
        scenes.append(Scene(words, sentence, mine, wording))
    return scenes


def _swap(mentions: list[Mention]) -> None:
    """Words that mean another concept beside it: lucent centres within the skin are skin calcifications."""
    present = {mention.concept for mention in mentions}
    for mention in mentions:
        if mention.term.near in present and mention.term.becomes:
            mention.concept = mention.term.becomes


def _is_echo(mention: Mention, mentions: list[Mention]) -> bool:
    return mention.term.echo and any(other.concept == mention.concept and not other.term.echo for other in mentions)


def _leave_out(scene: Scene, verdicts: list[Verdict]) -> None:
    """Drop exam titles: steps named by words that only count when something is planned, and are not."""
    for place in reversed(range(len(scene.mentions))):
        mention = scene.mentions[place]
        if mention.term.planned_only and not (is_planned(scene, mention) or scene.sentence.section == "plan"):
            del scene.mentions[place], verdicts[place]


def _annotations(number: int, scene: Scene, verdicts: list[Verdict], sides: list[str | None], text: str) -> list[Annotation]:
    found = told(scene) if scene.mentions else []
    return [
        Annotation(
            concept=mention.concept,
            closer=mention.closer,
            group=mention.group,
            span=_span(scene.words, mention.first, mention.last, text),
            sentence=number,
            status=verdict.status,
            cue=_cue(scene.words, verdict.cue, text),
            laterality=side,
            attributes=attributes_of(mention, found),
        )
        for mention, verdict, side in zip(scene.mentions, verdicts, sides, strict=True)
    ]


def _cue(words: Sequence[Word], cue: FoundCue | None, text: str) -> Span | None:
    return _span(words, cue.first, cue.last, text) if cue else None


def _span(words: Sequence[Word], first: int, last: int, text: str) -> Span:
    start, end = words[first].start, words[last].end
    return Span(text[start:end], start, end)
