"""What operators watch, with the official Prometheus client: requests by route, time to make answers, kept answers, readiness.

Requests are tallied in plain memory and handed to the client once in a while: a counter of its own costs too much for an answer
that takes some ten microseconds. All tallies belong to the event loop. Labels are route templates, known methods, classes of
status, names of policies: never anything a caller chose.

With several worker processes the client's multiprocess mode is on (PROMETHEUS_MULTIPROC_DIR): any worker answers for all.
"""

import os
from collections import Counter as Tally
from collections.abc import Callable
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

SHARED = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


disable_created_metrics()  # type: ignore[no-untyped-call]  # the client has no types here


class Metrics:
    """The metrics of one process."""

    def __init__(self) -> None:
        self._registry = own = CollectorRegistry()
        ProcessCollector(registry=own)
        self._requests = Counter("calcification_requests", "Requests answered.", ["route", "method", "status"], registry=own)
        self._seconds = Histogram(
            "calcification_making_seconds",
            "Time to make an answer that was not kept already.",
            ["route"],
            buckets=_BUCKETS,
            registry=own,
        )
        self._hits = Counter("calcification_kept_answers_given", "Answers given from memory.", registry=own)
        self._kept = Gauge("calcification_kept_answers", "Answers in memory.", registry=own, multiprocess_mode="livesum")
        self._bytes = Gauge("calcification_kept_bytes", "Bytes of answers in memory.", registry=own, multiprocess_mode="livesum")
        self._ready = Gauge("calcification_ready", "Whether all workers can serve.", registry=own, multiprocess_mode="livemin")
        self._release = Gauge(
            "calcification_release",
            "1 for the release that is served.",
            ["release", "digest"],
            registry=own,
            multiprocess_mode="livemax",
        )
        self._limited = Counter("calcification_limited", "Requests refused by a rate limit.", ["policy"], registry=own)
        self._uncounted = Counter("calcification_limit_failures", "Times the store of rate limits was away.", registry=own)
        self._cut = Counter("calcification_connections_cut", "Connections cut off.", ["reason"], registry=own)
        self._tally: Tally[tuple[str, str, int]] = Tally()
        self._seen: Tally[str] = Tally()
        self._served: tuple[str, str] | None = None
        self._sources: list[Callable[[], None]] = []

    def count(self, route: str, method: str, status: int) -> None:
        """A request was answered; status 0: the caller went away first."""
        self._tally[route, method, status] += 1

    def time(self, route: str, seconds: float) -> None:
        """An answer was made."""
        self._seconds.labels(route).observe(seconds)

    def limited(self, policy: str) -> None:
        """A rate limit refused a request."""
        self._limited.labels(policy).inc()

    def cut(self, reason: str) -> None:
        """A connection was cut off."""
        self._cut.labels(reason).inc()

    def add_source(self, refresh: Callable[[], None]) -> None:
        """Ask this before the metrics are handed over."""
        self._sources.append(refresh)

    def show_kept(self, hits: int, answers: int, size: int) -> None:
        """State of the store of made answers; `hits` since the start."""
        self._advance(self._hits, "hits", hits)
        self._kept.set(answers)
        self._bytes.set(size)

    def show_failures(self, failures: int) -> None:
        """How often the store of rate limits was away since the start."""
        self._advance(self._uncounted, "failures", failures)

    def show_state(self, ready: bool, release: tuple[str, str] | None) -> None:
        """Whether this process is ready, and id and digest of what it serves."""
        self._ready.set(ready)
        if self._served and self._served != release:
            self._release.labels(*self._served).set(0)
        if release:
            self._release.labels(*release).set(1)
        self._served = release

    def hand_over(self) -> None:
        """Give the client what was tallied. Runs in the event loop."""
        for refresh in self._sources:
            refresh()
        tally, self._tally = self._tally, Tally()
        for (route, method, status), times in tally.items():
            self._requests.labels(route, method, f"{status // 100}xx" if status else "none").inc(times)

    def text(self, accept: str) -> tuple[bytes, str]:
        """The metrics in the form asked for, and its media type."""
        encode, media_type = choose_encoder(accept)
        folder = os.environ.get(SHARED)
        if not folder:
            return encode(self._registry), media_type
        forget_dead(Path(folder))
        together = CollectorRegistry()
        MultiProcessCollector(together, folder)  # type: ignore[no-untyped-call]  # the client has no types here
        return encode(together), media_type

    def _advance(self, counter: Counter, name: str, now: int) -> None:
        counter.inc(now - self._seen[name])
        self._seen[name] = now


def forget_dead(folder: Path) -> None:
    """Take away what workers said of themselves that died without a word."""
    for file in folder.glob("gauge_live*_*.db"):
        process = int(file.stem.rpartition("_")[2])
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            mark_process_dead(process)  # type: ignore[no-untyped-call]  # the client has no types here
        except PermissionError:
            continue
