"""Which words keep company: of several a person may have meant, the one whose texts are those of the other words around it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from api.search.examples import example_key
from api.search.features import of_length_one, pair_feature, stem_feature
from api.search.index import Index
from api.search.prototypes import bag_key, bags_of


class Company:
    """The company that words keep in the texts of the release."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._around: dict[int, float] = {}

    @staticmethod
    def pair_keys(stems: Sequence[str]) -> list[str]:
        """The entries that asking for neighbours needs."""
        return [example_key(pair_feature(before, after)) for before, after in pairwise(stems)]

    @staticmethod
    def keys(stems: Iterable[str]) -> list[str]:
        """The entries that asking for the company of stems needs."""
        return [bag_key(stem_feature(stem)) for stem in stems]

    def neighbours(self, before: str, after: str) -> bool:
        """Whether two stems stand beside each other in an example."""
        return self._index.get(example_key(pair_feature(before, after))) is not None

    def gather(self, stems: Iterable[str]) -> None:
        """Take these stems as those around what is asked about next."""
        around: dict[int, float] = defaultdict(float)
        for stem in stems:
            for bag, share in self._bags(stem).items():
                around[bag] += share
        self._around = of_length_one(around)

    def likes(self, stem: str) -> float:
        """How much a stem is at home in the texts of those around it, from 0 to 1."""
        bags = of_length_one(self._bags(stem))
        return sum(share * self._around.get(bag, 0.0) for bag, share in bags.items())

    def _bags(self, stem: str) -> Mapping[int, float]:
        return bags_of(self._index, stem_feature(stem))
