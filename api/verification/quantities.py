"""A figure told in a sentence, and the dimensions it may have."""

from dataclasses import dataclass, replace

SHARE, TIME, AGE, YEAR, NUMBER, COUNT = "share", "time", "age", "year", "number", "count"
OF_ONE_THING = frozenset({"radiation", "absorbed", "mass", "activity", "gauge"})
FROM_ABOVE, FROM_BELOW = frozenset({"less", "at_most"}), frozenset({"more", "at_least"})  # hedges that bound a figure
_OTHER_WAY = {"less": "more", "at_most": "at_least", "below": "above"}
_OTHER_WAY |= {meant: said for said, meant in _OTHER_WAY.items()}
PART_OF_PERCENT = 0.2
FIRST_YEAR, LAST_YEAR = 1890, 2100


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in the base unit of its dimension. `first` to `after` are its pieces; `step` is how finely it was told."""

    dimension: str
    low: float
    high: float
    step: float
    first: int
    after: int
    hedge: str | None = None
    total: float | None = None

    @property
    def ranged(self) -> bool:
        """Whether it is a range."""
        return self.low != self.high


def complement(share: Quantity) -> Quantity:
    """The rest of the whole: of more than 99 percent, less than one."""
    hedge = _OTHER_WAY.get(share.hedge or "", share.hedge)
    return replace(share, low=1 - share.high, high=1 - share.low, hedge=hedge, total=None)
