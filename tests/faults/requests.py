"""Requests of every kind for the fuzzer: mostly nearly right, because what is wholly wrong is refused at the door."""

import json
import random
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from api.rest.v1.cards import NOUNS
from api.seeding.records import QuestionTopicRecord
from api.seeding.seed import Seed

Headers = tuple[tuple[bytes, bytes], ...]
_NASTY = (
    "", " ", "\0", "a\0b", "'; DROP TABLE statement; --", "%00", "%2e%2e%2f", "../../etc/passwd", "\ud800", "a" * 3000, "٣",
    "\u202e", "${x}", "{{7*7}}", "\r\nSet-Cookie: a=b", "-1", "0", "1e9", "9" * 40, "true", "null", "[]", "*", ",", ",,", "a,b",
    "é", "\ufb01ne", "\u200b", '"', "\\", "<script>", "NaN", "id", "slug", "MATCH", "OR 1=1", "NEAR(a b)", "🙂", "\x7f", "\ufeff",
)  # fmt: skip
_VALUES = {
    "limit": ("1", "2", "7", "50", "200", "0", "201", "-5"),
    "fields": ("slug", "name", "slug,name", "id,text", "id", "summary", "review,slug", "labels", "cells", "nothing"),
    "include": ("statements", "questions", "statements,questions", "all"),
    "audience": ("patient", "clinician", "nobody"),
    "region": ("US", "UK", "EU", "us", "ZZ"),
    "sort": ("name", "-name", "slug", "year", "-year", "id", "up"),
    "aspect": ("risk", "definition", "appearance", "none"),
    "kind": ("subtype", "condition", "guideline", "question", "statement"),
    "q": ("popcorn", "is it cancer", "amorphus", "clusterd microcalcification", "BI-RADS 4", "NOT", '"', "calcium tablets"),
    "term": ("Powder", "DCIS", "amorphous, grouped", "Eierschale", "R3"),
    "since": ("2026.11.0", "2025.1.0", "now"),
    "cursor": ("eyJ", "AAAA", "0", "MTA"),
    "type": ("microcalcification", "macrocalcification"),
    "suspicion": ("suspicious", "typically_benign"),
    "nature": ("benign", "high-risk", "in-situ"),
    "system": ("DCM", "LOINC", "bi-rads", "http://snomed.info/sct"),
    "measure": ("ppv",),
}
_TEXT = """
no evidence of grouped amorphous calcifications in the left breast UOQ 12 mm BI-RADS 4B previously seen popcorn stable benign
cancer 5 % of women biopsy recommend stereotactic what does it mean should I worry linear branching pleomorphic DCIS risk 6
months 40 in 100 not always never R3 M4 segmental regional skin vascular rim eggshell milk of calcium lung thyroid ignore rules
"""
_WORDS = _TEXT.split()
_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "POST")
_HEADERS: tuple[tuple[bytes, tuple[bytes, ...]], ...] = (
    (b"Accept", (b"*/*", b"application/json", b"text/html", b"application/*;q=0.1", b"\xff", b"application/json;q=0")),
    (b"Accept-Encoding", (b"gzip", b"br", b"identity", b"gzip;q=0", b"*", b"gzip, gzip, gzip", b"\xfe")),
    (b"If-None-Match", (b"*", b'"x"', b'W/"y"', b"\xff", b'""')),
    (b"Range", (b"bytes=0-99", b"bytes=-5", b"bytes=9-2", b"bytes=99999999999-", b"lines=1", b"bytes=0-1,5-6")),
    (b"Origin", (b"https://app.example", b"null", b"\xff")),
    (b"Content-Type", (b"application/json", b"text/plain", b"application/json; charset=utf-16")),
    (b"X-Forwarded-For", (b"1.2.3.4", b"x")),
    (b"Host", (b"x", b"evil.example", b"[::1]:1", b"")),
)


def _ids_by_noun(seed: Seed) -> dict[str, list[str]]:
    """What exists, by the noun of its list."""
    topics = [concept for concept in seed.concepts if isinstance(concept, QuestionTopicRecord)]
    ids = {noun: [c.slug for c in seed.concepts if c.kind is kind] for kind, noun in NOUNS.items()}
    ids["concepts"] = [concept.slug for concept in seed.concepts]
    ids["topics"] = [topic.slug for topic in topics]
    ids["questions"] = [question.slug for topic in topics for question in topic.questions]
    ids["statements"] = [statement.id for concept in seed.concepts for statement in concept.statements]
    ids["sources"] = [source.id for source in seed.sources]
    ids["releases"] = [seed.release.version, "current"]
    return {noun: held for noun, held in ids.items() if held}


@dataclass(frozen=True)
class Request:
    """One request."""

    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""

    def raw(self) -> bytes:
        """Its bytes on the wire."""
        host = () if any(name == b"Host" for name, _ in self.headers) else ((b"Host", b"x"),)
        length = ((b"Content-Length", b"%d" % len(self.body)),) if self.body else ()
        lines = b"".join(b"%b: %b\r\n" % pair for pair in (*host, *self.headers, *length))
        return b"%b %b HTTP/1.1\r\n%b\r\n%b" % (self.method.encode(), self.target.encode(), lines, self.body)


class Requests:
    """Makes requests by chance, the same ones for the same number to begin with."""

    def __init__(self, description: dict[str, Any], seed: Seed, first: int) -> None:
        self._chance = random.Random(first)
        paths = description["paths"].items()
        self._gets = [(path, operations["get"]) for path, operations in paths if "get" in operations]
        self._posts = [path for path, operations in paths if "post" in operations]
        self._ids = _ids_by_noun(seed)
        self._asked: list[Request] = []

    def next(self) -> Request:
        """One more request; sometimes one that was made before."""
        kind = self._chance.random()
        if kind < 0.15 and self._asked:
            return self._chance.choice(self._asked)
        made = self._get() if kind < 0.75 else self._post()
        if len(self._asked) < 500:
            self._asked.append(made)
        else:
            self._asked[self._chance.randrange(500)] = made
        return made

    def _get(self) -> Request:
        path, operation = self._chance.choice(self._gets)
        parameters = operation.get("parameters", [])
        noun = path.split("/")[2] if path.count("/") > 1 else ""
        for name in (parameter["name"] for parameter in parameters if parameter["in"] == "path"):
            path = path.replace(f"{{{name}}}", self._quoted(self._some_id(noun)))
        if self._chance.random() < 0.03:
            path = "/" + "/".join(self._quoted(self._nasty()) for _ in range(self._chance.randrange(1, 4)))
        known = [parameter["name"] for parameter in parameters if parameter["in"] == "query"]
        query = "&".join(self._pair(known) for _ in range(self._chance.choice((0, 0, 1, 1, 2, 3))))
        method = "GET" if self._chance.random() < 0.85 else self._chance.choice(("HEAD", "HEAD", *_METHODS))
        return Request(method, f"{path}?{query}" if query else path, self._headers())

    def _post(self) -> Request:
        path = self._chance.choice(self._posts)
        kind = self._chance.random()
        if kind < 0.7:
            body = json.dumps(self._fitting(path)).encode()
        elif kind < 0.9:
            body = json.dumps(self._anything(3)).encode()
        else:
            body = self._chance.randbytes(self._chance.randrange(1, 200))
        headers = ((b"Content-Type", b"application/json"),) if self._chance.random() < 0.97 else self._headers()
        return Request("POST", path, headers, body)

    def _fitting(self, path: str) -> dict[str, Any]:
        name = {"/v1/ground": "question", "/v1/annotate": "text"}.get(path, "answer")
        body: dict[str, Any] = {name: self._text()}
        extra = {
            "audience": _VALUES["audience"],
            "region": _VALUES["region"],
            "max_passages": (1, 20, 0),
            "format": ("markdown", "x"),
        }
        for other, values in extra.items():
            if self._chance.random() < 0.15:
                body[other] = self._chance.choice(values)
        if name == "answer" and self._chance.random() < 0.4:
            body["citations"] = [self._some_id() for _ in range(self._chance.randrange(4))]
        return body

    def _anything(self, depth: int) -> Any:
        kind = self._chance.randrange(7 if depth else 4)
        if kind < 4:
            return (self._nasty(), None, self._chance.randrange(-9, 10**12), self._text())[kind]
        if kind == 4:
            return [self._anything(depth - 1) for _ in range(self._chance.randrange(4))]
        names = ("question", "text", "answer", "citations", "audience", "region", self._nasty())
        return {self._chance.choice(names): self._anything(depth - 1) for _ in range(self._chance.randrange(4))}

    def _text(self) -> str:
        words = [self._chance.choice(_WORDS) for _ in range(self._chance.randrange(1, 25))]
        for place in range(len(words)):
            if self._chance.random() < 0.08:
                words[place] = (
                    self._nasty() if self._chance.random() < 0.5 else words[place][::-1] + self._chance.choice(".,;:!?\n")
                )
        return self._chance.choice((" ", " ", "\n", ". ")).join(words)[:2_000]

    def _pair(self, known: list[str]) -> str:
        name = self._chance.choice(known) if known and self._chance.random() < 0.93 else self._nasty()
        fitting = name in _VALUES and self._chance.random() < 0.75
        value = self._chance.choice(_VALUES[name]) if fitting else self._some_id(f"{name}s")
        return f"{self._quoted(name)}={self._quoted(value)}"

    def _some_id(self, noun: str = "") -> str:
        if noun not in self._ids or self._chance.random() < 0.1:
            noun = self._chance.choice(list(self._ids))
        return self._chance.choice(self._ids[noun]) if self._chance.random() < 0.9 else self._nasty()

    def _nasty(self) -> str:
        return self._chance.choice(_NASTY)

    def _headers(self) -> Headers:
        if self._chance.random() < 0.6:
            return ()
        chosen = self._chance.sample(_HEADERS, self._chance.randrange(1, 4))
        return tuple((name, self._chance.choice(values)) for name, values in chosen)

    def _quoted(self, text: str) -> str:
        return quote(text.encode("utf-8", "surrogatepass"), safe="")
