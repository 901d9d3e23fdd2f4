"""Choosing among the risk estimates of the release: by what each tells, without reading those that are not shown."""

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from sqlmodel import Session

from api.evidence.datasets import Dataset
from api.evidence.estimates import RiskEstimate, estimates_of
from api.evidence.wording import Wording
from api.knowledge.statements import load_statements
from api.search.index import Index, unpacked

COUNT, FIGURE, FACET, TEXTS, BLOCKS = "figures", "figure", "figured", "figured-in", "figured-blocks"
REPEATS, IN_MATRIX = "repeats", "in-matrix"
_STUDY, _COUNTED = "study", "data-set"


@dataclass(frozen=True)
class RiskFilter:
    """Which estimates a list holds; None leaves a side open."""

    morphology: str | None = None
    distribution: str | None = None
    concept: str | None = None
    measure: str | None = None
    endpoint: str | None = None
    region: str | None = None
    source: str | None = None
    audience: str | None = None
    kind: str | None = None
    what: str | None = None
    design: str | None = None
    repeats: bool = True

    @property
    def facets(self) -> list[str]:
        """What each estimate must be."""
        named = ((name, getattr(self, name)) for name in _NAMES)
        return [f"{name}/{value}" for name, value in named if value is not None]

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Which words must be in which of its texts."""
        return [
            (name, wanted.casefold()) for name, wanted in (("what", self.what), ("design", self.design)) if wanted is not None
        ]

    def fits(self, item: RiskEstimate) -> bool:
        """Whether an estimate is wanted."""
        told = dict(texts_of(item))
        return (
            (self.repeats or not item.repeats)
            and {*facets_of(item)}.issuperset(self.facets)
            and all(wanted in told.get(name, "") for name, wanted in self.texts)
        )


_NAMES = tuple(member.name for member in fields(RiskFilter) if member.name not in ("what", "design", "repeats"))


def facets_of(item: RiskEstimate) -> Iterator[str]:
    """Everything an estimate may be asked for by."""
    figure = item.figure
    among: dict[str, set[str | None]] = {
        "morphology": {*item.morphologies, figure.morphology},
        "distribution": {*item.distributions, figure.distribution},
        "concept": {*item.concepts},
        "source": {citation.source.id for citation in item.citations},
        "measure": {figure.measure},
        "endpoint": {item.endpoint},
        "region": {item.region},
        "audience": {item.audience},
        "kind": {_COUNTED if item.is_dataset else _STUDY},
    }
    return (f"{name}/{value}" for name, values in among.items() for value in values if value is not None)


def texts_of(item: RiskEstimate) -> Iterator[tuple[str, str]]:
    """The texts an estimate may be asked for by words of, comparable."""
    told = (("what", item.figure.what), ("design", item.figure.design))
    return ((name, text.casefold()) for name, text in told if text)


def chosen_ranks(index: Index, datasets: Sequence[Dataset], wanted: RiskFilter) -> Sequence[int]:
    """The ranks of the estimates that fit, in order: the figures of statements, then the counts of data sets."""
    count = int(index.get(COUNT) or 0)
    counted = [count + place for place, item in enumerate(_counts(datasets)) if wanted.fits(item)]
    keys = [f"{FACET}/{facet}" for facet in wanted.facets]
    repeated = f"{FACET}/{REPEATS}"
    if not keys and not wanted.texts and wanted.repeats:
        return range(count + len(counted))
    held = index.fresh([*keys, repeated])
    having = sorted((_ranks(held.get(key)) for key in keys), key=len)
    kept = set(having[0] if having else range(count)).intersection(*having[1:])
    for name, text in wanted.texts:
        kept &= _with_text(index, name, text)
    if not wanted.repeats:
        kept.difference_update(_ranks(held.get(repeated)))
    return array("I", [*sorted(kept), *counted])


def estimates_at(
    session: Session, index: Index, wording: Wording, datasets: Sequence[Dataset], ranks: Sequence[int]
) -> list[RiskEstimate]:
    """The estimates of these ranks, read with their statements."""
    count = int(index.get(COUNT) or 0)
    index.want(f"{FIGURE}/{rank}" for rank in ranks if rank < count)
    told = {rank: index.told(f"{FIGURE}/{rank}") for rank in ranks if rank < count}
    ids = list(dict.fromkeys(statement_id for statement_id, *_ in told.values()))
    found = {item.id: item for statement in load_statements(session, ids) for item in estimates_of(statement, wording)}
    counts = list(_counts(datasets)) if any(rank >= count for rank in ranks) else []
    return [_as_told(found, *told[rank][1:]) if rank < count else counts[rank - count] for rank in ranks]


def _as_told(found: dict[str, RiskEstimate], name: str, same_as: list[str], repeats: bool) -> RiskEstimate:
    return replace(found[name], same_as=tuple(same_as), repeats=repeats)


def in_matrix(index: Index) -> Sequence[int]:
    """The ranks of the estimates that may stand at a place of the matrix."""
    return _ranks(index.fresh([f"{FACET}/{IN_MATRIX}"]).get(f"{FACET}/{IN_MATRIX}"))


def _counts(datasets: Sequence[Dataset]) -> Iterator[RiskEstimate]:
    return (item for dataset in datasets for item in dataset.estimates)


def _with_text(index: Index, name: str, wanted: str) -> set[int]:
    """The estimates with these words in a text, looked for block by block."""
    blocks = int(index.get(f"{BLOCKS}/{TEXTS}/{name}") or 0)
    found: set[int] = set()
    for number in range(blocks):
        for data in index.fresh([f"{TEXTS}/{name}/{number}"]).values():
            found.update(rank for text, ranks in json.loads(data) if wanted in text for rank in ranks)
    return found


def _ranks(data: bytes | None) -> Sequence[int]:
    return unpacked("I", data or b"")[0]
