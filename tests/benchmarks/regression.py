"""Logistic regression with a small penalty, by Newton's steps: a few weights over some thousand cases, without a library."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_PENALTY = 1.0
_STEPS = 12
_MOST = 30.0


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a case, and whether it is one of those wanted; `heavy` is how much it counts."""

    named: str
    fold: int
    values: tuple[float, ...]
    wanted: bool
    heavy: float = 1.0


def fitted(cases: Sequence[Case]) -> list[float]:
    """What is always added, then what each value adds, to the logarithm of the odds that a case is wanted."""
    size = 1 + len(cases[0].values)
    weights = [0.0] * size
    for _ in range(_STEPS):
        slope = [_PENALTY * weight if place else 0.0 for place, weight in enumerate(weights)]
        bend = [[_PENALTY if row == column and row else 0.0 for column in range(size)] for row in range(size)]
        for case in cases:
            values = (1.0, *case.values)
            share = 1 / (1 + math.exp(-max(-_MOST, min(_MOST, odds(weights, case)))))
            pull, stiff = case.heavy * (share - case.wanted), case.heavy * share * (1 - share)
            for row, value in enumerate(values):
                slope[row] += pull * value
                held, stiffly = bend[row], stiff * value
                for column in range(row + 1):
                    held[column] += stiffly * values[column]
        step = _solved([[bend[max(row, column)][min(row, column)] for column in range(size)] for row in range(size)], slope)
        weights = [weight - change for weight, change in zip(weights, step, strict=True)]
    return weights


def odds(weights: Sequence[float], case: Case) -> float:
    """The logarithm of the odds."""
    return weights[0] + sum(weight * value for weight, value in zip(weights[1:], case.values, strict=True))


def _solved(rows: list[list[float]], wanted: Sequence[float]) -> list[float]:
    """The solution of a small set of equations whose matrix is symmetric and positive."""
    held = [[*row, end] for row, end in zip(rows, wanted, strict=True)]
    for place, pivot in enumerate(held):
        for row in held[place + 1 :]:
            share = row[place] / pivot[place]
            row[:] = [value - share * above for value, above in zip(row, pivot, strict=True)]
    found = [0.0] * len(held)
    for place in reversed(range(len(held))):
        rest = sum(held[place][column] * found[column] for column in range(place + 1, len(held)))
        found[place] = (held[place][-1] - rest) / held[place][place]
    return found
