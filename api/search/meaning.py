"""Which concepts a text is about, and how that shows: names in it, cues, questions like it, words of statements, kin."""

import heapq
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.search.asking import asking, last_sentences
from api.search.cues import CueBook
from api.search.examples import LIKE_NOTHING, Verdict
from api.search.library import Library
from api.search.prototypes import LIKE_NONE, Resemblance
from api.search.reader import Reading, Rewriter
from api.vocabulary import Aspect, Region

NAMED, CUED, ASKED, TOLD, KIN, TYPED, TYPICAL = "name", "cue", "question", "words", "relation", "example", "typical"
_FURTHER = 0.2
_FURTHER_CHANNELS = 2
_SAME_QUESTION = 0.4
_QUESTION_WEIGHT = 0.9
_BESIDE = 0.75
_TOLD_WEIGHT = 0.45
_TOLD_DEPTH = 12
_NAME_WEIGHT = 1.0
_SHARED_NAME = 0.8
_TYPED_WEIGHT = 1.3
_TYPED_FULL = 0.6
_TYPICAL_WEIGHT = 1.5
_TYPICAL_FULL = 0.25
_TYPICAL_SHARPNESS = 2.5
_WHOLE_WEIGHT = 0.4
_LEAST_SHARE = 0.15


@dataclass(frozen=True)
class Sign:
    """One piece of evidence for a concept: the channel, how strong, and the words or the wording that matched."""

    channel: str
    strength: float
    matched: str


@dataclass
class Evidence:
    """Everything that speaks for each concept, question and statement.

    `answered` and `worded` tell for which audiences a question is answered and a statement is worded, as bits. Of several
    sentences, `asking` has the places of those that ask among `verdicts` and `resemblances`.
    """

    signs: dict[str, list[Sign]] = field(default_factory=lambda: defaultdict(list))
    named: set[int] = field(default_factory=set)
    implied: set[int] = field(default_factory=set)
    questions: dict[int, float] = field(default_factory=dict)
    statements: dict[int, float] = field(default_factory=dict)
    answered: dict[int, int] = field(default_factory=dict)
    worded: dict[int, int] = field(default_factory=dict)
    aspects: dict[Aspect, float] = field(default_factory=dict)
    region: Region | None = None
    scores: dict[str, float] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    resemblances: list[Resemblance] = field(default_factory=list)
    asking: list[int] = field(default_factory=list)

    def direct(self, slug: str) -> float:
        """How strongly the question itself names or implies a concept, leaving kin out."""
        return max((sign.strength for sign in self.signs.get(slug, ()) if sign.channel in (NAMED, CUED)), default=0.0)

    @property
    def verdict(self) -> Verdict:
        """What the examples say of the whole text; those of its sentences follow it in `verdicts`."""
        return self.verdicts[0] if self.verdicts else LIKE_NOTHING

    @property
    def resemblance(self) -> Resemblance:
        """What the whole text is like; its sentences follow it in `resemblances`."""
        return self.resemblances[0] if self.resemblances else LIKE_NONE

    @property
    def asked(self) -> Resemblance:
        """What the sentence that asks is like; of several, the one that is most ours; like nothing where all is one sentence."""
        asking = (self.resemblances[place] for place in self.asking)
        return min(asking, key=lambda resemblance: resemblance.leaning, default=LIKE_NONE)

    @property
    def strongest(self) -> float:
        """The score of the best concept."""
        return max(self.scores.values(), default=0.0)


@dataclass(frozen=True)
class Intents:
    """The language files on what words tell, ready to match."""

    concepts: CueBook[tuple[tuple[str, ...], float]]
    aspects: CueBook[tuple[str, ...]]
    regions: CueBook[str]
    weights: Mapping[str, float]
    kin: Mapping[str, tuple[tuple[str, float], ...]]


def load_rewriter(session: Session) -> Rewriter:
    """How shorthand is written out, for cues."""
    return Rewriter({item["meant"]: item["written"] for item in load_language_file(session, "search").get("rewrites", ())})


def load_intents(session: Session, _catalogue: Catalogue) -> Intents:
    """Read the language files."""
    fold = load_rewriter(session).words
    search, intents = load_language_file(session, "search"), load_language_file(session, "intents")

    def book(name: str, key: str) -> list[tuple[str, Any]]:
        return [(cue, group[key]) for group in intents.get(name, ()) for cue in group["cues"]]

    concepts = [
        (cue, (tuple(group["concepts"]), float(group.get("weight", 1.0))))
        for group in intents.get("intents", ())
        for cue in group["cues"]
    ]
    return Intents(
        concepts=CueBook(concepts, fold),
        aspects=CueBook([(cue, tuple(aspects)) for cue, aspects in book("aspects", "aspects")], fold),
        regions=CueBook(book("regions", "region"), fold),
        weights={item["concept"]: item["weight"] for item in search.get("weights", ())},
        kin={item["concept"]: tuple((kin["concept"], kin["weight"]) for kin in item["also"]) for item in search.get("kin", ())},
    )


def gather(library: Library, intents: Intents, reading: Reading) -> Evidence:
    """All evidence of a question."""
    found = Evidence()
    stems = reading.stems
    sentences = last_sentences(reading)
    texts = [stems, *(sentence.stems for sentence in sentences)]
    found.asking = [sentences.index(sentence) + 1 for sentence in asking(sentences)]
    library.foresee(reading.words, texts)
    _names(found, library, intents, reading)
    _cues(found, intents, reading)
    _questions(found, library, intents, stems)
    _statements(found, library, intents, stems)
    _examples(found, library, intents, texts)
    for match in intents.aspects.matches(reading.words):
        for aspect in match.meaning:
            found.aspects[Aspect(aspect)] = 1.0
    region = next(iter(intents.regions.matches(reading.words)), None)
    found.region = Region(region.meaning) if region else None
    found.scores = _scores(found)
    _kin(found, intents)
    found.scores = _scores(found)
    return found


def _names(found: Evidence, library: Library, intents: Intents, reading: Reading) -> None:
    for mention in library.names.mentions(reading.tokens):
        slugs = {name.slug for name in mention.names}
        words = reading.text[reading.tokens[mention.first].start : reading.tokens[mention.last].end]
        if all(token.norm in library.stop_stems for token in reading.tokens[mention.first : mention.last + 1]):
            continue
        found.named.update(range(mention.first, mention.last + 1))
        for slug in sorted(slugs):
            shared = _SHARED_NAME if len(slugs) > 1 else 1.0
            found.signs[slug].append(Sign(NAMED, _NAME_WEIGHT * shared * intents.weights.get(slug, 1.0), words))


def _cues(found: Evidence, intents: Intents, reading: Reading) -> None:
    for match in intents.concepts.matches(reading.words):
        slugs, weight = match.meaning
        found.implied.update(match.places)
        words = " ".join(reading.tokens[place].text for place in match.places)
        for slug in slugs:
            found.signs[slug].append(Sign(CUED, weight * (1 + intents.weights.get(slug, 1.0)) / 2, words))


def _questions(found: Evidence, library: Library, intents: Intents, stems: Sequence[str]) -> None:
    terms = library.telling(stems)
    if not terms:
        return
    index = library.wording_texts
    asked = sum(index.rarity(term) for term in terms)
    scores, told = index.scores(terms)
    root = max(1e-9, math.sqrt(asked))
    for number, score in scores.items():
        question, full, audiences = told[number]
        likeness = score / (root * math.sqrt(full))
        if likeness > found.questions.get(question, 0.0):
            found.questions[question] = min(1.0, likeness)
            found.answered[question] = audiences
    alike = {rank: likeness for rank, likeness in found.questions.items() if likeness >= _SAME_QUESTION}
    for rank, asked_about in library.questions(alike).items():
        strength = _QUESTION_WEIGHT * alike[rank]
        topic = asked_about.topic
        found.signs[topic].append(Sign(ASKED, strength * intents.weights.get(topic, 1.0), asked_about.text))
        for slug in asked_about.concepts:
            weight = _BESIDE * intents.weights.get(slug, 1.0)
            found.signs[slug].append(Sign(ASKED, strength * weight, asked_about.text))


def _statements(found: Evidence, library: Library, intents: Intents, stems: Sequence[str]) -> None:
    scores, told = library.statement_texts.scores(library.telling(stems))
    if not scores:
        return
    highest = max(scores.values())
    found.statements = {number: score / highest for number, score in scores.items()}
    found.worded = {number: audiences for number, (audiences,) in told.items()}
    least = heapq.nlargest(_TOLD_DEPTH, found.statements.values())[-1]
    high = [item for item in found.statements.items() if item[1] >= least]
    best = sorted(high, key=lambda item: (-item[1], item[0]))[:_TOLD_DEPTH]
    statements = library.statements(number for number, _ in best)
    for number, share in best:
        slug = statements[number].concept
        found.signs[slug].append(Sign(TOLD, _TOLD_WEIGHT * share * intents.weights.get(slug, 1.0), statements[number].id))


def _examples(found: Evidence, library: Library, intents: Intents, texts: Sequence[Sequence[str]]) -> None:
    found.verdicts = library.examples.judge(texts)
    for verdict in found.verdicts:
        sure = min(1.0, verdict.nearest / _TYPED_FULL)
        _say(found, intents, TYPED, _TYPED_WEIGHT * sure, verdict.votes)
    found.resemblances = library.prototypes.resemblances(texts)
    for place, resemblance in enumerate(found.resemblances):
        shares = {slug: like / resemblance.inside for slug, like in resemblance.concepts.items()}
        sure = _TYPICAL_WEIGHT * min(1.0, resemblance.inside / _TYPICAL_FULL)
        whole = _WHOLE_WEIGHT if place == 0 else 0.0
        told = {slug: sure * share**_TYPICAL_SHARPNESS + whole * share for slug, share in shares.items()}
        _say(found, intents, TYPICAL, 1.0, told)


def _say(found: Evidence, intents: Intents, channel: str, weight: float, shares: Mapping[str, float]) -> None:
    for slug, share in shares.items():
        if share >= _LEAST_SHARE:
            found.signs[slug].append(Sign(channel, weight * share * math.sqrt(intents.weights.get(slug, 1.0)), ""))


def _kin(found: Evidence, intents: Intents) -> None:
    for slug, score in sorted(found.scores.items()):
        for kin, weight in intents.kin.get(slug, ()):
            found.signs[kin].append(Sign(KIN, min(score, 1.2) * weight * 0.85, slug))


def _scores(found: Evidence) -> dict[str, float]:
    scores = {}
    for slug, signs in found.signs.items():
        best: dict[str, float] = {}
        for sign in signs:
            best[sign.channel] = max(best.get(sign.channel, 0.0), sign.strength)
        typed = best.pop(TYPED, 0.0) + best.pop(TYPICAL, 0.0)
        ordered = sorted(best.values(), reverse=True)
        told = ordered[0] + _FURTHER * sum(ordered[1 : 1 + _FURTHER_CHANNELS]) if ordered else 0.0
        scores[slug] = told + typed
    return scores
