"""Holds a question against examples of what people type; the nearest ones vote for concepts, or for refusing.

Each text is a set of features (`features.py`). Likeness is the cosine of features weighted by rarity; votes are likeness cubed,
of the nearest only. Of a feature that very many examples have, only the shortest of them are kept.
"""

import heapq
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import reduce
from operator import add

from api.search.features import features
from api.search.index import Columns, Entry, Index, as_json, packed, unpacked
from api.search.tape import Buckets, Tape

_UNKNOWN = 0.5
_COMMON, _NEVER_COMMON = 0.1, 50
_VOTERS = 20
_JUDGES = 15
_NEAREST = _VOTERS + 4 * _JUDGES
_LEAST_FINDING = 0.15
_SHARPNESS = 3
_FURTHER_CONCEPT = 0.6
_MOST_HOLDERS = 1_536
_PART = "like"
_BLOCK, _KIND = "examples", "kind"
_IN_A_BLOCK = 2_048

_Holders = tuple[float, bytes, "array[int]"]


@dataclass(frozen=True)
class Example:
    """A text by its stems, and what it is an example of: concepts, the leading one first, or a reason to refuse."""

    stems: Sequence[str]
    concepts: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True)
class Verdict:
    """What the examples nearest to a question say.

    `votes` of concepts are shares of the strongest one, `nearest` is the likeness of the most alike of our own examples,
    `outside` the share of votes for refusing and `reason` what most of those say.
    """

    votes: Mapping[str, float]
    nearest: float
    outside: float
    reason: str | None


LIKE_NOTHING = Verdict({}, 0.0, 0.0, None)


def example_entries(examples: Iterable[Example], stop_stems: Set[str]) -> Iterator[Entry]:
    """Features by hash, each with its weight and the examples that have it."""
    given = Tape("I")
    counts: Counter[int] = Counter()
    shares: dict[int, float] = {}
    kinds: dict[tuple[tuple[str, ...], str | None], int] = {}
    kind_of = array("I")
    for example in examples:
        found = _features(example.stems, stop_stems)
        shares.update(found)
        counts.update(found.keys())
        given.add(sorted(found))
        kind_of.append(kinds.setdefault((example.concepts, example.reason), len(kinds)))
    common = max(_NEVER_COMMON, _COMMON * given.rows)
    weights = {
        feature: 0.0 if count > common else (shares[feature] * _rarity(given.rows, count)) ** 2
        for feature, count in counts.items()
    }
    roots = array("f")
    holders = Buckets()
    for number, row in enumerate(given.read()):
        roots.append(math.sqrt(reduce(add, map(weights.__getitem__, row), 0.0)) or 1.0)
        holders.add(row, number)
    yield _PART, as_json({"size": given.rows})
    for bucket in holders.read():
        yield from _holding(bucket, weights, roots)
    for start in range(0, given.rows, _IN_A_BLOCK):
        end = start + _IN_A_BLOCK
        yield f"{_BLOCK}/{start // _IN_A_BLOCK}", packed(roots[start:end], kind_of[start:end])
    yield from ((f"{_KIND}/{number}", as_json(kind)) for kind, number in kinds.items())


def _holding(bucket: Iterable[tuple[int, int]], weights: Mapping[int, float], roots: "array[float]") -> Iterator[Entry]:
    """Each feature with its weight and the shortest examples that have it; of common features none."""
    holders: dict[int, array[int]] = {}
    for feature, number in bucket:
        having = holders.setdefault(feature, array("I"))
        if weights[feature]:
            having.append(number)
    for feature, having in holders.items():
        kept = sorted(sorted(having, key=lambda number: (roots[number], number))[:_MOST_HOLDERS])
        yield example_key(feature), packed(array("f", (weights[feature],))) + packed(array("I", kept))


class Examples:
    """The examples of the release."""

    def __init__(self, index: Index, stop_stems: Set[str]) -> None:
        self._index = index
        self._stop_stems = stop_stems
        self._holders: dict[int, _Holders | None] = {}

    def judge(self, texts: Sequence[Sequence[str]]) -> list[Verdict]:
        """What the nearest examples say of each text."""
        found = [self._scores(stems) for stems in texts]
        blocks = self._blocks({number // _IN_A_BLOCK for scores, _ in found for number in scores})
        likest = [_likest(scores, length, blocks) for scores, length in found]
        self._index.want(f"{_KIND}/{kind}" for near in likest for _, kind in near)
        return [self._verdict(near) for near in likest]

    def keys(self, texts: Iterable[Sequence[str]]) -> list[str]:
        """The entries that judging these texts needs first."""
        return [_PART, *(example_key(feature) for stems in texts for feature in _features(stems, self._stop_stems))]

    def _blocks(self, numbers: Iterable[int]) -> dict[int, Columns]:
        """Of examples in a row: how long each is, and of what kind."""
        wanted = sorted(numbers)
        self._index.want(f"{_BLOCK}/{number}" for number in wanted)
        return {number: unpacked("fI", self._index.get(f"{_BLOCK}/{number}") or b"") for number in wanted}

    def _verdict(self, near: list[tuple[float, int]]) -> Verdict:
        told = [(likeness, *self._index.told(f"{_KIND}/{kind}")) for likeness, kind in near]
        voters = [(likeness, concepts) for likeness, concepts, _ in told if concepts][:_VOTERS]
        judges = [(likeness**_SHARPNESS, reason) for likeness, _, reason in told[:_JUDGES]]
        against: dict[str, float] = defaultdict(float)
        for vote, reason in judges:
            if reason:
                against[reason] += vote
        everything = sum(vote for vote, _ in judges)
        return Verdict(
            votes=_votes(voters),
            nearest=voters[0][0] if voters else 0.0,
            outside=sum(against.values()) / everything if everything else 0.0,
            reason=min(against, key=lambda reason: (-against[reason], reason), default=None),
        )

    def _scores(self, stems: Sequence[str]) -> tuple[dict[int, float], float]:
        """The weight each example shares with a text, and the length of the text.

        Only examples that share a feature with a weight worth speaking of are found; the others add to what was found.
        """
        held, length = self._held(stems)
        scores: dict[int, float] = defaultdict(float)
        least = _LEAST_FINDING * held[0][0] if held else 0.0
        for weight, _, having in held:
            if weight < least and len(scores) >= _NEAREST:
                for number in scores.keys() & having:
                    scores[number] += weight
            else:
                for number in having:
                    scores[number] += weight
        return scores, math.sqrt(length) or 1.0

    def _held(self, stems: Sequence[str]) -> tuple[list[_Holders], float]:
        """The features of a text that examples have, the most telling first, each with its entry; and the squared length."""
        size = (self._index.told(_PART) or {"size": 0})["size"]
        held: list[_Holders] = []
        length = 0.0
        for feature, share in _features(stems, self._stop_stems).items():
            holders = self._of(feature)
            if holders is None:
                length += _UNKNOWN * (share * _rarity(size, 0)) ** 2
                continue
            length += holders[0]
            if holders[0]:
                held.append(holders)
        return sorted(held, reverse=True), length

    def _of(self, feature: int) -> _Holders | None:
        """A feature's weight, and the examples that have it; sentences have features of the whole text, read once for both."""
        if feature not in self._holders:
            data = self._index.get(example_key(feature))
            self._holders[feature] = (unpacked("f", data[:4])[0][0], data, unpacked("I", data[4:])[0]) if data else None
        return self._holders[feature]


def example_key(feature: int) -> str:
    """The entry of the examples that have a feature."""
    return f"{_PART}/{feature}"


def _likest(scores: Mapping[int, float], length: float, blocks: Mapping[int, Columns]) -> list[tuple[float, int]]:
    """How alike the nearest examples are, and of what kind each is; the earlier one first where they are equally alike."""
    roots = {number: roots for number, (roots, _) in blocks.items()}
    found = [(score / (length * roots[number // _IN_A_BLOCK][number % _IN_A_BLOCK]), -number) for number, score in scores.items()]
    nearest = heapq.nlargest(_NEAREST, found)
    return [(likeness, blocks[-number // _IN_A_BLOCK][1][-number % _IN_A_BLOCK]) for likeness, number in nearest]


def _rarity(size: int, holders: int) -> float:
    return math.log(1 + size / (1 + holders))


def _features(stems: Sequence[str], stop_stems: Set[str]) -> dict[int, float]:
    return {feature: kind.share for feature, kind in features(stems, stop_stems).items()}


def _votes(voters: Iterable[tuple[float, Sequence[str]]]) -> dict[str, float]:
    votes: dict[str, float] = defaultdict(float)
    for likeness, concepts in voters:
        for place, slug in enumerate(concepts):
            votes[slug] += likeness**_SHARPNESS * (1.0 if place == 0 else _FURTHER_CONCEPT)
    most = max(votes.values(), default=1.0)
    return {slug: votes[slug] / most for slug in sorted(votes)}
