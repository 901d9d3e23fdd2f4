"""How much speaks against answering a question: a few signals weighed together, fitted on questions held out.

Each weight says what the signal adds to the logarithm of the odds that a question is to be refused; docs/grounding.md says how
they were fitted and how often they are right.
"""

import math
from dataclasses import dataclass

from api.search.prototypes import Resemblance

_BIAS = 2.1
_SHOWN, _OURS_TO_OTHERS, _TELLING, _FOREIGN, _NAMED, _FIELD, _LEANING = 2.9, -1.55, -0.16, 6.4, -0.55, -0.5, 3.6
_MOST_TELLING = 12
_FLOOR = 0.02


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for refusing a question, or against it.

    `shown`: a word of another field or another part of the body stands in it. `alike`: what it is like, and on which side of
    the boundary of our field it lies. `telling`: how many of its words tell anything. `foreign`: the share of words the
    release knows nothing of. `named`: the share of words that name concepts. `field`: it names our field or our subject.
    """

    shown: bool
    alike: Resemblance
    telling: int
    foreign: float
    named: float
    field: bool

    def values(self) -> tuple[float, ...]:
        """The signals as numbers, in the order of the weights."""
        ours_to_others = math.log((self.alike.inside + _FLOOR) / (self.alike.outside + _FLOOR))
        return (
            self.shown,
            ours_to_others,
            min(self.telling, _MOST_TELLING),
            self.foreign,
            self.named,
            self.field,
            self.alike.leaning,
        )

    def doubt(self) -> float:
        """The logarithm of the odds that the question is to be refused: above 0, it more likely is than not."""
        weights = (_SHOWN, _OURS_TO_OTHERS, _TELLING, _FOREIGN, _NAMED, _FIELD, _LEANING)
        return _BIAS + sum(weight * value for weight, value in zip(weights, self.values(), strict=True))
