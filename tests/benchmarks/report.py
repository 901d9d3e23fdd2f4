"""The report of a run in Markdown, and what changed against the stored baseline."""

import json
import platform
from pathlib import Path
from typing import Any

from tests.benchmarks.ladder import Climb
from tests.benchmarks.load import tool
from tests.benchmarks.scale import Scaled
from tests.benchmarks.start import Start

BASELINE = Path(__file__).parent / "baseline.json"
BARE = "bare ASGI, same body and headers"
FEW = "bare ASGI, same body, two headers"
EAGER = "FastAPI + SQLModel, eager relations"
LAZY = "FastAPI + SQLModel, relations as they come"
DATASETTE = "Datasette, {} row as JSON"
HOT, COLD, SAME = "ours, hot GET", "ours, cold GET (nothing kept)", "ours, 304"
AIMS: tuple[tuple[str, str, str, float], ...] = (
    ("hot GET / bare ASGI", HOT, BARE, 0.8),
    ("hot GET / bare ASGI with two headers", HOT, FEW, 0.8),
    ("304 / bare ASGI", SAME, BARE, 0.8),
    ("304 / bare ASGI with two headers", SAME, FEW, 0.8),
    ("hot GET / plain SQLModel, eager", HOT, EAGER, 60),
    ("cold GET / plain SQLModel, eager", COLD, EAGER, 3),
    ("cold GET / plain SQLModel, lazy", COLD, LAZY, 3),
    ("hot GET of a source / Datasette, same row", "ours, hot GET of a source", DATASETTE.format("the source's"), 20),
    ("hot GET of a statement / Datasette, its row", "ours, hot GET of a statement", DATASETTE.format("the statement's"), 20),
    ("hot GET of a card / Datasette, its row", HOT, DATASETTE.format("the card's"), 20),
)


def figures(climb: Climb, start: Start) -> dict[str, float]:
    """The figures that are kept and compared: ratios by processor time, start and memory."""
    ratios = {name: climb.cpu_ratio(one, other) for name, one, other, _ in AIMS}
    kept = {name: round(ratio, 2) for name, ratio in ratios.items() if ratio is not None}
    return kept | {
        "start, seconds": round(start.seconds, 2),
        "start, processor seconds": round(start.cpu_seconds, 2),
        "memory, MB": round(start.megabytes, 1),
    }


def ladder_report(climb: Climb) -> str:
    """The rungs and the aims as tables."""
    lines = [f"Load: {tool()}. Body: {climb.body_bytes:,} bytes. Python {platform.python_version()}.", ""]
    lines += [
        "| way | answers a second | µs of processor an answer | to bare, clock | to bare, processor |",
        "|---|--:|--:|--:|--:|",
    ]
    for name in climb.rounds:
        ratios = f"{_number(climb.ratio(name, BARE))} | {_number(climb.cpu_ratio(name, BARE))}"
        lines.append(f"| {name} | {climb.rate(name):,.0f} | {climb.cpu(name):,.1f} | {ratios} |")
    lines += [f"| {name} | skipped: {why} | | | |" for name, why in climb.skipped.items()]
    lines += ["", "| aim | wanted | clock | processor |", "|---|--:|--:|--:|"]
    for name, one, other, wanted in AIMS:
        lines.append(f"| {name} | ≥ {wanted:g} | {_number(climb.ratio(one, other))} | {_number(climb.cpu_ratio(one, other))} |")
    return "\n".join(lines)


def start_report(start: Start) -> str:
    """Start and memory in a sentence."""
    return (
        f"Start to ready: {start.seconds:.2f} s by the clock, {start.cpu_seconds:.2f} s of processor time (aim: under 1.5 s). "
        f"Memory after every kind of request: {start.megabytes:.0f} MB (aim: under 150 MB)."
    )


def scale_report(found: list[Scaled]) -> str:
    """The sizes side by side: processor milliseconds and p50/p95 by kind of request."""
    heads = " | ".join(f"×{one.factor}" for one in found)
    lines = [f"| | {heads} |", f"|---|{'--:|' * len(found)}"]
    facts: dict[str, Any] = {
        "statements": lambda one: f"{one.statements:,}",
        "multiplying, s": lambda one: f"{one.build_seconds:.1f}",
        "indexing, s": lambda one: f"{one.index_seconds:.1f}" if one.index_seconds else "-",
        "file, MB": lambda one: f"{one.file_megabytes:,.0f}",
        "start to ready, s (processor)": lambda one: f"{one.ready_seconds:.1f} ({one.ready_cpu_seconds:.1f})",
        "memory, MB (without file pages)": lambda one: f"{one.resident_megabytes:,.0f} ({one.own_megabytes:,.0f})",
        "own memory, every room asked, MB": lambda one: f"{one.rooms_megabytes:,.0f}" if one.rooms_megabytes else "-",
    }
    lines += [f"| {name} | {' | '.join(tell(one) for one in found)} |" for name, tell in facts.items()]
    for kind in found[0].costs:
        cells = (one.costs.get(kind) for one in found)
        told = " | ".join(f"{cost.p50:.1f} / {cost.p95:.1f} ({cost.cpu:.1f})" if cost else "-" for cost in cells)
        lines.append(f"| {kind}, ms p50 / p95 (processor) | {told} |")
    return "\n".join(lines)


def compared(now: dict[str, float]) -> str:
    """What changed against the baseline; the baseline itself is only written on demand."""
    if not BASELINE.exists():
        return "No baseline yet."
    before: dict[str, float] = json.loads(BASELINE.read_text(encoding="utf-8"))
    lines = ["| figure | baseline | now | change |", "|---|--:|--:|--:|"]
    for name in {**before, **now}:
        old, new = before.get(name), now.get(name)
        change = f"{(new / old - 1) * 100:+.0f} %" if old and new else "-"
        lines.append(f"| {name} | {_number(old)} | {_number(new)} | {change} |")
    return "\n".join(lines)


def keep(now: dict[str, float]) -> None:
    """Store these figures as the baseline."""
    BASELINE.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.2f}"
