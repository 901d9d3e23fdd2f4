"""Right and wrong claims, group by group: what statements tell in quite other words, and what is told of them wrongly.

Written from the statements alone by people who saw neither verifier nor sets; each wrong one names the statement it breaks
and in what: a figure, a denial, a word for how many, two things exchanged, a category, a direction, a definition, a time.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from api.search.index import Index
from api.verification.checking import Checked
from api.verification.judge import Verdict
from api.verification.verify import Verifier
from tests.slips.kinds import slipped_sentence

_FILE = Path(__file__).parent / "data" / "claims.jsonl"
_TRICKY = Path(__file__).parent / "data" / "honest.jsonl"
_FACTS = Path(__file__).parent / "data" / "facts.jsonl"
_LAY = Path(__file__).parent / "data" / "lay.jsonl"
_HONEST = "honest"


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, the statement or fact it breaks and in what; an honest one breaks none."""

    text: str
    breaks: str | None = None
    kind: str = _HONEST


@dataclass(frozen=True, slots=True)
class Held:
    """What came of holding claims against the release: how many of each kind got each verdict."""

    counts: Counter[tuple[str, Verdict]]

    def share(self, verdict: Verdict, *, honest: bool) -> float:
        """The share of honest, or of wrong, claims that got a verdict."""
        meant = {pair: count for pair, count in self.counts.items() if (pair[0] == _HONEST) == honest}
        return sum(count for (_, given), count in meant.items() if given is verdict) / sum(meant.values())

    def kinds(self) -> dict[str, float]:
        """For each kind of wrong claim the share that was found wrong."""
        whole = Counter[str]()
        for (kind, _), count in self.counts.items():
            whole[kind] += count
        return {kind: self.counts[kind, Verdict.CONTRADICTED] / whole[kind] for kind in sorted(whole) if kind != _HONEST}


def claims(every: int = 1) -> Iterator[Claim]:
    """The claims of every so manieth group."""
    for line in _FILE.read_text(encoding="utf-8").splitlines()[::every]:
        row = json.loads(line)
        yield from (Claim(text) for text in row["right"])
        yield from (Claim(item["text"], item["breaks"], item["kind"]) for item in row["wrong"])


def tricky(every: int = 1) -> Iterator[Claim]:
    """Every so manieth honest claim of those told from the other end: denied, compared, the rest of the whole, by contrast."""
    for line in _TRICKY.read_text(encoding="utf-8").splitlines()[::every]:
        yield Claim(json.loads(line)["text"])


def of_facts(every: int = 1) -> Iterator[Claim]:
    """What strangers told of every so manieth researched fact: one sentence that is right and two that are wrong."""
    rows = [json.loads(line) for line in _FACTS.read_text(encoding="utf-8").splitlines()]
    facts = set(list(dict.fromkeys(row["fact"] for row in rows))[::every])
    for row in (row for row in rows if row["fact"] in facts):
        yield Claim(row["text"], row["fact"], row["kind"]) if row["verdict"] == Verdict.CONTRADICTED else Claim(row["text"])


def lay(every: int = 1) -> Iterator[Claim]:
    """Every so manieth of what people believe, in everyday words, and of the truth in like words."""
    for line in _LAY.read_text(encoding="utf-8").splitlines()[::every]:
        row = json.loads(line)
        wrong = row["verdict"] == Verdict.CONTRADICTED
        yield Claim(row["text"], "lay", "belief") if wrong else Claim(row["text"])


def written_wrongly(asked: Iterable[Claim], kind: str, seed: int) -> Iterator[Claim]:
    """The same claims with slips of a kind."""
    return (replace(claim, text=slipped_sentence(claim.text, kind, seed)) for claim in asked)


def hold(verifier: Verifier, index: Index, asked: Iterable[Claim]) -> Held:
    """Every claim as an answer of its own."""
    return Held(Counter((claim.kind, verdict_of(verifier.check(claim.text, index))) for claim in asked))


def verdict_of(checked: Iterable[Checked]) -> Verdict:
    """One verdict for a claim that was split into several sentences: wrong when one is, else told when one is."""
    given = [item.judgement.verdict for item in checked]
    return next((verdict for verdict in (Verdict.CONTRADICTED, Verdict.SUPPORTED) if verdict in given), given[0])
