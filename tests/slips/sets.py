"""The questions that slips are made in: our clean sets, never the blind one."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.slips.kinds import slipped

SETS = ("dev", "own", "blind", "late", "last", "fresh", "unseen", "harder", "newest")
_DATA = Path(__file__).parent.parent / "data"
_SLIPPED_ALREADY = ("typo", "nonnative")


def clean() -> list[dict[str, Any]]:
    """The questions that have no slips yet."""
    return [row for name in SETS for row in _rows(name) if row["style"] not in _SLIPPED_ALREADY]


def noisy(rows: Iterable[dict[str, Any]], kind: str, seed: int) -> list[dict[str, Any]]:
    """The same questions with slips of a kind."""
    return [row | {"question": slipped(row["question"], kind, seed)} for row in rows]


def _rows(name: str) -> Iterator[dict[str, Any]]:
    text = (_DATA / f"questions.{name}.jsonl").read_text(encoding="utf-8")
    return (json.loads(line) for line in text.splitlines() if line)
