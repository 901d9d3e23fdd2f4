"""How much speaks against answering a question: a few signals weighed together, fitted on questions held out.

Each weight says what the signal adds to the logarithm of the odds that a question is to be refused; docs/grounding.md says how
they were fitted and how often they are right.
"""

import math
from dataclasses import dataclass

from api.search.prototypes import Resemblance

_BIAS = 0.7
_SHOWN, _OUTSIDE, _OURS_TO_OTHERS, _TELLING, _FOREIGN, _FIELD, _CUED = 2.95, 3.4, -1.9, -0.23, 7.7, -0.7, -0.22
_MOST_TELLING, _MOST_CUED = 12, 4
_FLOOR = 0.02


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for refusing a question, or against it.

    `shown`: a word of another field or another part of the body stands in it. `outside`: the share of the nearest examples that
    are refused. `foreign`: the share of words the release knows nothing of. `telling`: how many of its words tell anything.
    `field`: it names our field or our subject. `cued`: how many concepts its words name or imply. `alike`: what it is like.
    """

    shown: bool
    outside: float
    foreign: float
    telling: int
    field: bool
    cued: int
    alike: Resemblance

    def values(self) -> tuple[float, ...]:
        """The signals as numbers, in the order of the weights."""
        return (
            self.shown,
            self.outside,
            _ours_to_others(self.alike),
            min(self.telling, _MOST_TELLING),
            self.foreign,
            self.field,
            min(self.cued, _MOST_CUED),
        )

    def doubt(self) -> float:
        """The logarithm of the odds that the question is to be refused: above 0, it more likely is than not."""
        weights = (_SHOWN, _OUTSIDE, _OURS_TO_OTHERS, _TELLING, _FOREIGN, _FIELD, _CUED)
        return _BIAS + sum(weight * value for weight, value in zip(weights, self.values(), strict=True))


def _ours_to_others(alike: Resemblance) -> float:
    return math.log((alike.inside + _FLOOR) / (alike.outside + _FLOOR))
