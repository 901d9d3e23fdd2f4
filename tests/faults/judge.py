"""Whether an answer may be given to that request: never a 5xx, never other content than the seed holds."""

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from api.seeding.seed import Seed
from tests.faults.raw import Answer
from tests.faults.requests import Request

Reference = Callable[[Request], tuple[int, bytes]]
_INSIDE = (b"Traceback", b"sqlalchemy", b"sqlite3.", b"psycopg", b'File "')

_NO_HTTP = b"Invalid HTTP request received."  # what the server says below the application


class Wrong(AssertionError):
    """An answer that may not be."""


class Judge:
    """Looks at answers. `reference` gives what another process answers, which keeps no answers in memory."""

    def __init__(self, seed: Seed, digest: str, reference: Reference | None = None) -> None:
        self._digest = digest
        self._texts = {statement.id: statement.text for concept in seed.concepts for statement in concept.statements}
        self._names = {concept.slug: concept.name for concept in seed.concepts}
        self._by_tag: dict[str, bytes] = {}
        self._by_request: dict[Request, bytes] = {}
        self._reference = reference
        self.statuses: Counter[int] = Counter()
        self.compared = 0

    def look(self, request: Request, answer: Answer) -> None:
        """Raise Wrong when the answer may not be."""
        self.statuses[answer.status] += 1
        _require(100 < answer.status < 500, "a server error")
        body = gzip.decompress(answer.body) if answer.headers.get("content-encoding") == "gzip" and answer.body else answer.body
        _require(not any(word in body for word in _INSIDE), "internals are shown")
        if request.method == "HEAD" or answer.status in (204, 304):
            _require(not body, "a body where none may be")
            return
        if answer.status >= 400:
            _look_at_problem(answer, body)
        elif answer.status == 200 and answer.headers.get("content-type") == "application/json":
            self._look_at_content(request, json.loads(body))
        self._look_at_sameness(request, answer, body)

    def _look_at_content(self, request: Request, told: Any) -> None:
        if not isinstance(told, dict) or "data" not in told:
            return
        _require(told["meta"]["release"]["digest"] == self._digest, "another release")
        for item in _objects(told["data"]):
            held = self._texts.get(item.get("id", ""))
            if held is not None and "aspect" in item and "text" in item and "score" not in item:
                _require(item["text"] == held, f"another text for {item['id']}")
            if "kind" in item and "name" in item and item.get("slug") in self._names:
                _require(item["name"] == self._names[item["slug"]], f"another name for {item['slug']}")
            for statement_id in item.get("statement_ids") or ():
                _require(statement_id in self._texts, f"a statement that does not exist: {statement_id}")
        if request.method == "POST":
            _look_at_spans(json.loads(request.body), told["data"])

    def _look_at_sameness(self, request: Request, answer: Answer, body: bytes) -> None:
        digest = hashlib.sha256(body).digest()[:12]
        tag = answer.headers.get("etag")
        if tag and answer.status == 200:
            _require(self._by_tag.setdefault(tag, digest) == digest, "the same strong tag for other bytes")
        if answer.status == 200:
            _require(self._by_request.setdefault(request, digest) == digest, "another answer than before")
        if self._reference and answer.status in (200, 404, 422) and "instance" not in request.target:
            status, other = self._reference(request)
            self.compared += 1
            same = status == answer.status and (answer.status != 200 or hashlib.sha256(other).digest()[:12] == digest)
            _require(same, "another answer than without memory")


def _look_at_problem(answer: Answer, body: bytes) -> None:
    if (answer.status, body) == (400, _NO_HTTP):
        return
    _require(answer.headers.get("content-type") == "application/problem+json", "an error that is no problem document")
    told = json.loads(body)
    _require(told["status"] == answer.status and told["title"] and told["code"] and told["hint"], "an incomplete problem")
    _require(answer.headers.get("cache-control") == "no-store", "an error that may be kept")


def _look_at_spans(asked: Any, data: Any) -> None:
    text = asked.get("text") or asked.get("answer") or ""
    for item in [*data.get("annotations", ()), *data.get("sentences", ())]:
        _require(text[item["start"] : item["end"]] == item["text"], "offsets that do not hold the words")
    if data.get("answerable") is False:
        _require(not data.get("passages"), "a refusal with passages")
    for passage in data.get("passages") or ():
        _require(bool(passage["citations"]), "a passage without a citation")


def _objects(told: Any) -> Iterator[dict[str, Any]]:
    if isinstance(told, dict):
        yield told
        for value in told.values():
            yield from _objects(value)
    elif isinstance(told, list):
        for value in told:
            yield from _objects(value)


def _require(holds: bool, fault: str) -> None:
    if not holds:
        raise Wrong(fault)
