"""How much speaks against answering a question: a few signals weighed together, fitted on questions held out.

Each weight says what the signal adds to the logarithm of the odds that a question is to be refused. They are fitted by
`python -m tests.benchmarks.weighing`; docs/grounding.md says how, and how often they are right.
"""

import math
from dataclasses import dataclass

from api.search.prototypes import Resemblance

_BIAS = 2.2
_WEIGHTS = (2.71, -1.76, -0.21, 6.35, -0.57, -0.57, 3.51, 10.0)
_EARLY = 0.15
_MOST_TELLING = 12
_FLOOR = 0.02


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for refusing a question, or against it.

    `shown`: a word of another field or another part of the body stands in it. `alike`: what it is like, and on which side of
    the boundary of our field it lies. `telling`: how many of its words tell anything. `foreign`: the share of words the
    release knows nothing of. `named`: the share of words that name concepts. `field`: it names our field or our subject.
    `asked`: how far outside our field the sentence lies that asks, after others that tell.
    """

    shown: bool
    alike: Resemblance
    telling: int
    foreign: float
    named: float
    field: bool
    asked: float = 0.0

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
            self.asked,
        )

    def doubt(self) -> float:
        """The logarithm of the odds that the question is to be refused, raised a little: above 0, it is refused.

        Raised, because a question of ours without an answer costs less than a wrong answer.
        """
        return _BIAS + _EARLY + sum(weight * value for weight, value in zip(_WEIGHTS, self.values(), strict=True))
