"""The figures of grounding over a question set (see docs/grounding.md)."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.grounding.ground import Grounded

_DEPTH = 5
_SEEN = 3
_NEEDED = 2


@dataclass(frozen=True)
class Figures:
    """Shares between 0 and 1."""

    recall: float
    hit: float
    precision: float
    refused: float
    wrongly_refused: float


def score(path: Path, ask: Callable[[str], Grounded]) -> Figures:
    """Ask every question of a set and compare with its labels."""
    return score_rows((json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line), ask)


def score_rows(rows: Iterable[Mapping[str, Any]], ask: Callable[[str], Grounded]) -> Figures:
    """Ask questions and compare with their labels."""
    recall, hit, precision, refused, wrongly = [], [], [], [], []
    for row in rows:
        outcome = ask(row["question"])
        passages = [passage.concepts for passage in outcome.passages[:_DEPTH]]
        labels = row["relevant"]
        if not labels:
            refused.append(outcome.refusal is not None and not passages)
            continue
        own = [concepts[0] for concepts in passages]
        wrongly.append(outcome.refusal is not None)
        hit.append(bool(own) and own[0] in labels)
        if own:
            precision.append(sum(slug in labels for slug in own) / len(own))
        wanted = {slug for slug, grade in labels.items() if grade == _NEEDED}
        reached = {slug for concepts in passages for slug in concepts[:_SEEN]}
        if wanted:
            recall.append(min(1.0, len(wanted & reached) / min(len(wanted), _DEPTH)))
    return Figures(*(sum(values) / len(values) for values in (recall, hit, precision, refused, wrongly)))
