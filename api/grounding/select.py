"""Chooses few passages that together answer: relevant, diverse, for this reader, from the better sources, within budget."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.grounding.passages import Candidate, Shelf
from api.search.meaning import Evidence
from api.vocabulary import Audience, Region

_CONCEPTS = 12
_LEAST_SHARE = 0.45
_LEAST_SCORE = 0.3
_ENOUGH_SCORE = 1.05
_LEAST_GAIN = 0.9
_STATEMENTS_READ = 25
_NOVELTY = (1.0, 0.25, 0.15, 0.1, 0.05)
_OWN = 1.8
_SHARPNESS = 1.5
_SIDE = 0.45
_TEXT = 0.6
_ASPECT = 0.3
_AUDIENCE = 0.5
_REGION = 0.25
_STANDING = 0.15
_SUMMARY = 0.2
_FOUNDING = 1.0
_ANSWER_LIKENESS = 0.3
_LIKENESS = 0.9
_SEEN = 3


@dataclass(frozen=True)
class Wish:
    """For whom and how much."""

    audience: Audience
    region: Region | None
    most: int
    max_tokens: int | None = None


@dataclass(frozen=True)
class Chosen:
    """A passage as chosen: its concepts in order of bearing on the question, its score, and why."""

    candidate: Candidate
    concepts: tuple[str, ...]
    score: float


def choose(shelf: Shelf, evidence: Evidence, wish: Wish) -> list[Chosen]:
    """The passages, best first; greedy, each time the one that adds most to those already chosen."""
    pool = [(number, shelf.candidates[number]) for number in _pool(shelf, evidence) if _fits(shelf.candidates[number], wish)]
    ordered = {number: _concepts(candidate, evidence) for number, candidate in pool}
    worth = {number: _worth(candidate, evidence, wish) for number, candidate in pool}
    covered: dict[str, int] = {}
    told: set[str] = set()
    chosen: list[Chosen] = []
    left = wish.max_tokens
    while len(chosen) < wish.most:
        best: tuple[float, int] | None = None
        covers: dict[tuple[str, ...], float] = {}
        for number, candidate in pool:
            if not told.isdisjoint(candidate.statement_ids):
                continue
            if left is not None and candidate.tokens > left:
                continue
            about = ordered[number]
            if about not in covers:
                covers[about] = _cover(about, evidence, covered)
            gain = worth[number] + covers[about]
            if best is None or (gain, -number) > best:
                best = (gain, -number)
        if best is None or (chosen and best[0] < _LEAST_GAIN):
            break
        number = -best[1]
        candidate = shelf.candidates[number]
        chosen.append(Chosen(candidate, ordered[number], best[0]))
        told.update(candidate.statement_ids)
        for place, slug in enumerate(ordered[number][:_SEEN]):
            covered[slug] = covered.get(slug, 0) + (1 if place == 0 else 0)
        if left is not None:
            left -= candidate.tokens
    return chosen


def pooled(evidence: Evidence) -> list[str]:
    """The concepts whose passages are chosen from."""
    least = max(_LEAST_SCORE, min(_LEAST_SHARE * evidence.strongest, _ENOUGH_SCORE))
    concepts = sorted(evidence.scores.items(), key=lambda item: (-item[1], item[0]))[:_CONCEPTS]
    return [slug for slug, score in concepts if score >= least]


def _pool(shelf: Shelf, evidence: Evidence) -> list[int]:
    return sorted({number for slug in pooled(evidence) for number in shelf.headed_by.get(slug, ())})


def _fits(candidate: Candidate, wish: Wish) -> bool:
    return wish.region is None or candidate.regions <= {wish.region}


def _concepts(candidate: Candidate, evidence: Evidence) -> tuple[str, ...]:
    heads = candidate.heads
    if len(heads) > 1:
        heads = tuple(sorted(heads, key=lambda slug: (-evidence.scores.get(slug, 0.0), candidate.heads.index(slug))))
    rest = [slug for slug in candidate.concepts if slug != heads[0]]
    return (heads[0], *sorted(rest, key=lambda slug: (-evidence.scores.get(slug, 0.0), rest.index(slug))))


def _cover(concepts: Sequence[str], evidence: Evidence, covered: dict[str, int]) -> float:
    strongest = evidence.strongest or 1.0
    own, *others = concepts[:_SEEN]
    times = covered.get(own, -1) + (own in covered)
    novelty = _NOVELTY[min(max(times, 0), len(_NOVELTY) - 1)] if own in covered else 1.0
    gain: float = _OWN * novelty * (evidence.scores.get(own, 0.0) / strongest) ** _SHARPNESS
    return gain + sum(_SIDE * evidence.scores.get(slug, 0.0) / strongest for slug in others if slug not in covered)


def _worth(candidate: Candidate, evidence: Evidence, wish: Wish) -> float:
    worth = _STANDING * candidate.standing + _SUMMARY * candidate.in_summary - _FOUNDING * candidate.founding
    if candidate.statement_rank is not None:
        worth += _TEXT * evidence.statements.get(candidate.statement_rank, 0.0)
    if candidate.question_rank is not None:
        likeness = evidence.questions.get(candidate.question_rank, 0.0)
        worth += _LIKENESS * likeness if likeness >= _ANSWER_LIKENESS else -_FOUNDING
    worth += _ASPECT * evidence.aspects.get(candidate.aspect, 0.0)
    worth += _AUDIENCE * (candidate.audience is wish.audience)
    wanted = wish.region or evidence.region
    if candidate.regions:
        worth += _REGION if wanted in candidate.regions else -_REGION * (1.0 if wanted else 0.4)
    return worth
