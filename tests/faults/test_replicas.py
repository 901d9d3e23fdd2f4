"""Two servers on one PostgreSQL: one is killed under load, and a client that asks the other again loses no answer."""

import itertools
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from tests.e2e.conftest import start
from tests.faults.conftest import stop, until

PATHS = [f"/v1/statements/amorphous-0{number}" for number in range(1, 6)] + [
    "/v1/subtypes?limit=50",
    "/v1/conditions/dcis?include=statements",
    "/v1/search?q=popcorn",
    "/v1/subtypes/amorphous",
    "/health/ready",
]
QUESTION = {"question": "What does amorphous mean?"}


class Caller:
    """Asks one replica after the other and takes the next one when one fails, as a proxy or a patient app does."""

    def __init__(self, bases: list[str]) -> None:
        self._bases = itertools.cycle(bases)
        self._http = httpx.Client(timeout=60)
        self.asked_again = 0
        self.answered = 0

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def ask(self, path: str) -> httpx.Response:
        """The answer of the first replica that gives one."""
        for _ in range(6):
            base = next(self._bases)
            try:
                answer = self._http.post(base + path, json=QUESTION) if path == "/v1/ground" else self._http.get(base + path)
            except httpx.TransportError:
                self.asked_again += 1
                continue
            if answer.status_code != 503:
                self.answered += 1
                return answer
            self.asked_again += 1
            time.sleep(0.1)
        raise AssertionError(f"{path}: no replica answered")


def _run(caller: Caller, turns: int) -> list[tuple[str, int, bytes]]:
    answers = []
    for turn in range(turns):
        path = "/v1/ground" if turn % 4 == 3 else PATHS[turn % len(PATHS)]
        answer = caller.ask(path)
        answers.append((path, answer.status_code, answer.content))
    return answers


def test_no_answer_is_lost_when_a_replica_is_killed(loaded_database: str, tmp_path: Path) -> None:
    settings = {"CALC_DATABASE_URL": loaded_database, "CALC_CACHE_BYTES": "0"}
    with ThreadPoolExecutor(2) as pool:
        starting = [pool.submit(start, tmp_path, tmp_path / f"log{number}", **settings) for number in range(2)]
        replicas = [replica.result() for replica in starting]
    killed, kept = replicas
    callers = [Caller([killed.base, kept.base]) for _ in range(3)]
    calm = Caller([kept.base])
    try:
        expected = {path: content for path, _, content in _run(calm, 40)}
        with ThreadPoolExecutor(3) as pool:
            running = [pool.submit(_run, caller, 60) for caller in callers]
            until(lambda: sum(caller.answered for caller in callers) >= 30)
            os.kill(killed.process.pid, signal.SIGKILL)
            answers = [answer for caller in running for answer in caller.result()]
        killed.process.wait()
        assert len(answers) == 180
        for path, status, content in answers:
            assert status == 200, (path, content[:200])
            assert content == expected[path], path
        assert sum(caller.asked_again for caller in callers) > 0, "the kill was met"
    finally:
        for caller in (*callers, calm):
            caller.close()
        killed.process.kill()
        stop(kept)
