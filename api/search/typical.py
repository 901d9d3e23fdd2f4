"""Makes the bags of `prototypes.py`. Of each text only its features go on, to files that are read bucket after bucket."""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set

from api.search.bm25 import highest
from api.search.boundary import learn
from api.search.features import Kind, features, of_length_one
from api.search.index import Entry, as_json, packed
from api.search.prototypes import BAG, PART, Telling, bag_key
from api.search.tape import Buckets, Tape

_COMMON, _NEVER_COMMON = 0.1, 50
_MOST_BAGS = 512

Row = tuple[tuple[int, float], ...]


def prototype_entries(texts: Iterable[Telling], stop_stems: Set[str]) -> Iterator[Entry]:
    """Features by hash: the weight of each, its leaning, and its share of each bag that has it."""
    counts = _Counts()
    for text in texts:
        counts.add(text, features(text.stems, stop_stems, pairs=not text.loose))
    weighed = _Weighed(counts)
    leanings, always = learn(counts.asked(False, weighed.weights), counts.asked(True, weighed.weights))
    yield PART, as_json({"always": always})
    for (name, _), number in counts.numbers.items():
        yield f"{BAG}/{number}", name.encode()
    roots = {number: math.sqrt(length) for number, length in weighed.lengths.items()}
    for (feature, weight), numbers, amounts in zip(
        weighed.weights.items(), weighed.numbers.read(), weighed.amounts.read(), strict=True
    ):
        shares = [(number, amount / roots[number]) for number, amount in zip(numbers, amounts, strict=True)]
        kept = highest(shares, _MOST_BAGS)
        head = packed(array("f", (weight,)), array("f", (leanings.get(feature, 0.0),)))
        posted = array("I", (number for number, _ in kept)), array("f", (share for _, share in kept))
        yield bag_key(feature), head + packed(*posted)


class _Counts:
    """Which texts have which feature, by what the texts tell of; and the features of each question."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, bool], int] = {}
        self.told: dict[tuple[Row, bool], int] = {}
        self.found = Buckets()
        self.kinds: dict[int, Kind] = {}
        self._asked = {False: Tape("I"), True: Tape("I")}

    @property
    def questions(self) -> int:
        """How many texts stand as in a question."""
        return self._asked[False].rows + self._asked[True].rows

    def add(self, text: Telling, found: Mapping[int, Kind]) -> None:
        """Put down a text with its features."""
        self.kinds.update(found)
        self.found.add(found, self.told.setdefault((self._bags(text), text.loose), len(self.told)))
        if not text.loose:
            self._asked[bool(text.reason)].add(found)

    def asked(self, refused: bool, weights: Mapping[int, float]) -> Iterator[dict[int, float]]:
        """The questions that are refused, or those that are not: each as its features, of length one."""
        for row in self._asked[refused].read():
            yield of_length_one({feature: weights[feature] for feature in row if feature in weights})

    def _bags(self, text: Telling) -> Row:
        weights = {(slug, False): weight for slug, weight in text.concepts.items()}
        if text.reason:
            weights[text.reason, True] = 1.0
        return tuple((self._number(*name), weight) for name, weight in weights.items())

    def _number(self, name: str, refused: bool) -> int:
        """The number of a bag; odd ones are reasons to refuse."""
        return self.numbers.setdefault((name, refused), 2 * len(self.numbers) + refused)


class _Weighed:
    """The weight of each feature that has one, by its hash; how much of it each bag has; and how long each bag is."""

    def __init__(self, counts: _Counts) -> None:
        self._counts = counts
        self._told = list(counts.told)
        self.weights: dict[int, float] = {}
        self.lengths: dict[int, float] = defaultdict(float)
        self.numbers, self.amounts = Tape("I"), Tape("d")
        for bucket in counts.found.read():
            self._weigh(bucket)

    def _weigh(self, bucket: Iterable[tuple[int, int]]) -> None:
        bags: dict[int, dict[int, float]] = {}
        asked: dict[int, int] = defaultdict(int)
        for feature, told in bucket:
            row, loose = self._told[told]
            asked[feature] += not loose
            held = bags.setdefault(feature, {})
            for bag, weight in row:
                held[bag] = held.get(bag, 0.0) + weight
        for feature in sorted(bags):
            weight = self._weight(self._counts.kinds[feature], asked[feature], len(bags[feature]))
            if weight:
                self._put(feature, weight, bags[feature])

    def _put(self, feature: int, weight: float, bags: Mapping[int, float]) -> None:
        amounts = array("d", (math.log1p(count) * weight for count in bags.values()))
        self.weights[feature] = weight
        self.numbers.add(bags)
        self.amounts.add(amounts)
        for number, amount in zip(bags, amounts, strict=True):
            self.lengths[number] += amount**2

    def _weight(self, kind: Kind, asked: int, bags: int) -> float:
        """How much a feature tells: rarity among questions and among bags.

        Less and less from a twentieth of the questions on, nothing when a tenth have it: fading, so that one question more
        never changes much.
        """
        questions = self._counts.questions
        common = asked / max(_NEVER_COMMON, _COMMON * questions)
        if common >= 1:
            return 0.0
        rarity = math.log(1 + questions / (1 + asked)) * math.log(1 + len(self._counts.numbers) / (1 + bags))
        return kind.share * math.sqrt(rarity * min(1.0, 2 - 2 * common))
