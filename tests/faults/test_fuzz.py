"""A sample of the fuzzing that `python -m tests.faults.fuzz` does at length: no 5xx, no wrong content."""

import os

from api.seeding.read import Reading
from tests.e2e.conftest import Server
from tests.faults.fuzz import Fuzzer

COUNT = int(os.environ.get("CALC_FUZZ_REQUESTS", "800"))


def test_no_request_brings_a_server_error_or_wrong_content(robust: Server, reading: Reading) -> None:
    fuzzer = Fuzzer(robust, reading.seed(), None, first=7)
    fuzzer.own(COUNT)
    fuzzer.close()
    assert not fuzzer.faults, fuzzer.faults[:5]
    assert fuzzer.judge.statuses[200] > COUNT / 5
