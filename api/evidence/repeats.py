"""Figures that are told more than once: the fullest stands, the others repeat it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from api.evidence.estimates import RiskEstimate
from api.search.index import as_json
from api.vocabulary import Audience


class Telling(NamedTuple):
    """A figure as far as it takes to tell whether another repeats it."""

    id: str
    statement_id: str | None
    sources: Sequence[str]
    counts: Sequence[float | None]
    fullness: Sequence[int]


class Repeated(NamedTuple):
    """A figure, the others that tell the same, and whether one of them is fuller."""

    id: str
    same_as: Sequence[str]
    repeats: bool


def alike(item: RiskEstimate) -> str:
    """What figures have in common that may tell the same."""
    figure = item.figure
    shown = [None if number is None else float(number) for number in (figure.value, figure.low, figure.high)]
    return as_json([figure.measure, item.endpoint, item.morphologies, item.distributions, shown]).decode()


def telling(item: RiskEstimate) -> Telling:
    """A figure as it is compared with those alike."""
    sources = [citation.source.id for citation in item.citations]
    return Telling(item.id, item.statement_id, sources, [item.figure.n, item.figure.events], _fullness(item))


def repeated(told: Iterable[Telling]) -> Iterator[Repeated]:
    """Figures that are alike, in the order of the release, as what they are to each other."""
    given = list(told)
    found: dict[str, Repeated] = {}
    for cluster in _clusters(given):
        first, *others = sorted(cluster, key=lambda item: tuple(item.fullness), reverse=True)
        for item in cluster:
            same = [other.id for other in (first, *others) if other.id != item.id]
            found[item.id] = Repeated(item.id, same, item is not first)
    return (found[item.id] for item in given)


def _clusters(given: Iterable[Telling]) -> list[list[Telling]]:
    """Each with the first cluster whose members it all repeats; those have a source in common, so others are not looked at."""
    clusters: list[list[Telling]] = []
    having: dict[str, list[int]] = defaultdict(list)
    for item in given:
        near = sorted({number for source in item.sources for number in having[source]})
        home = next((number for number in near if all(_repeat(item, other) for other in clusters[number])), None)
        if home is None:
            home = len(clusters)
            clusters.append([])
            for source in set(item.sources):
                having[source].append(home)
        clusters[home].append(item)
    return clusters


def _repeat(one: Telling, other: Telling) -> bool:
    agree = all(None in pair or pair[0] == pair[1] for pair in zip(one.counts, other.counts, strict=True))
    return agree and one.statement_id != other.statement_id and not set(one.sources).isdisjoint(other.sources)


def _fullness(item: RiskEstimate) -> tuple[int, ...]:
    figure = item.figure
    told = (figure.n, figure.events, item.interval, figure.design, figure.years)
    own = item.concepts[0] in (*item.morphologies, *item.distributions) if item.concepts else False
    return (item.audience is Audience.CLINICIAN, own, sum(part is not None for part in told), -len(item.citations))
