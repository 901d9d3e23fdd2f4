"""`make bench`: runs everything, prints the report in Markdown, compares with the baseline. Never asserts a time.

CALC_BENCH_SECONDS sets the length of a round (2), CALC_BENCH_FACTORS the sizes (1,10,100; add 1000 for a million statements),
CALC_BENCH_KEEP=1 stores the figures as the new baseline.
"""

import os
import sys
from pathlib import Path

import pytest

from tests.benchmarks import report
from tests.benchmarks.growth import sizes
from tests.benchmarks.ladder import climb
from tests.benchmarks.scale import measure_size
from tests.benchmarks.start import measure_start

pytestmark = pytest.mark.benchmark


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def test_side_by_side(data_dir: Path, tmp_path: Path) -> None:
    prepared = _prepared(data_dir)
    start = measure_start(tmp_path, prepared)
    found = climb(tmp_path, prepared, float(os.environ.get("CALC_BENCH_SECONDS", "2")), _say)
    figures = report.figures(found, start)
    _say(f"\n## Side by side\n\n{report.ladder_report(found)}\n\n{report.start_report(start)}")
    _say(f"\n### Against the baseline\n\n{report.compared(figures)}")
    if os.environ.get("CALC_BENCH_KEEP"):
        report.keep(figures)
    assert found.rounds


def test_cost_as_it_grows(data_dir: Path, tmp_path: Path) -> None:
    factors = tuple(int(part) for part in os.environ.get("CALC_BENCH_FACTORS", "1,10,100").split(","))
    found = [measure_size(grown, tmp_path) for grown in sizes(factors, data_dir, tmp_path)]
    _say(f"\n## Cost as it grows\n\n{report.scale_report(found)}")
    assert len(found) == len(factors)


def _prepared(data_dir: Path) -> Path:
    """The folder, marked as built from this seed, so that serving does not build it again."""
    from api.seeding.fingerprint import fingerprint, remember
    from tests.conftest import MIGRATIONS, SEED

    remember(data_dir, fingerprint(SEED, MIGRATIONS))
    return data_dir
