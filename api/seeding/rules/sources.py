"""Sources: cited ones exist, none is an orphan or a duplicate, links go to canonical places, weak ones never stand alone."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from api.errors import Finding
from api.seeding.book import Book
from api.seeding.records import SourceRecord
from api.vocabulary import Audience, Basis, Measure, Standing

_RISK = {Measure.PPV, Measure.UPGRADE}
_IDENTITIES: dict[str, Callable[[SourceRecord], str | None]] = {
    "doi": lambda source: source.doi,
    "pmid": lambda source: source.pmid,
    "url": lambda source: source.url,
    "title": lambda source: f"{source.title}|{source.authors}|{source.year}",
}
FOUNDING_SOURCE = "founding-document"


def cited(book: Book) -> Iterator[Finding]:
    """Every citation names a source of the seed, once per place."""
    for concept in book.concepts.values():
        for statement in concept.statements:
            places = [(citation.source, citation.locator) for citation in statement.citations]
            if len(set(places)) != len(places):
                yield Finding(book.file(concept), f"{statement.id}.citations", "the same source and locator stand twice")
            for source, _ in places:
                if source not in book.sources:
                    yield Finding(book.file(concept), f"{statement.id}.citations", f"no source is called '{source}'")


def no_orphans(book: Book) -> Iterator[Finding]:
    """Every source is cited by a statement."""
    used = {c.source for s in book.statements.values() for c in s.citations}
    for source in book.sources.values():
        if source.id not in used:
            yield Finding(book.source_file(source), "id", "no statement cites this source; delete the file")


def no_duplicates(book: Book) -> Iterator[Finding]:
    """One work has one file."""
    for attribute, identity in _IDENTITIES.items():
        held = defaultdict(list)
        for source in book.sources.values():
            if key := identity(source):
                held[key.lower().rstrip("/")].append(source)
        for first, *others in held.values():
            for other in others:
                yield Finding(book.source_file(other), attribute, f"the same work as '{first.id}'; merge them")


def canonical_links(book: Book) -> Iterator[Finding]:
    """A link goes to a host on the list of canonical places, and to the DOI where one is known."""
    hosts = {entry.host for entry in book.reading.link_hosts}
    for source in book.sources.values():
        if source.url is None:
            continue
        host = urlsplit(source.url).netloc
        if host not in hosts:
            yield Finding(
                book.source_file(source),
                "url",
                f"'{host}' is not in link-hosts.yaml; link to the canonical place or leave out",
            )
        if source.doi and source.url != f"https://doi.org/{source.doi}":
            yield Finding(book.source_file(source), "url", f"link to https://doi.org/{source.doi}, since the DOI is known")
        elif source.pmid and not source.doi and source.url != f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/":
            yield Finding(book.source_file(source), "url", f"link to https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/")
    linked = {urlsplit(source.url).netloc for source in book.sources.values() if source.url}
    for host in sorted(hosts - linked):
        yield Finding("link-hosts.yaml", host, "no source links there; remove the host")


def weak_not_alone(book: Book) -> Iterator[Finding]:
    """A weak source never stands alone under a patient statement or a risk figure."""
    for statement_id, statement in book.statements.items():
        if book.standings(statement) != {Standing.WEAK}:
            continue
        risk = any(figure.measure in _RISK for figure in statement.figures)
        if statement.audience is Audience.PATIENT or risk:
            remedy = "only weak sources stand under this; add a better source or leave the statement out"
            yield Finding(book.file(book.owners[statement_id]), statement_id, remedy)


def founding_apart(book: Book) -> Iterator[Finding]:
    """The founding document is the only source of its standing, and its claims are never shown without the better reading."""
    for source in book.sources.values():
        founding = (
            source.id == FOUNDING_SOURCE,
            source.standing is Standing.FOUNDING,
            source.seen_as is Basis.FOUNDING_DOCUMENT,
        )
        if len(set(founding)) > 1:
            yield Finding(book.source_file(source), "standing", "only 'founding-document' has founding standing and basis")
    in_conflict = {i for concept in book.concepts.values() for conflict in concept.conflicts for i in conflict.statements}
    for statement_id, statement in book.statements.items():
        beside = [book.statements[i] for i in statement.show_with if i in book.statements]
        if book.is_founding(statement) and statement_id not in in_conflict and all(map(book.is_founding, beside)):
            remedy = "show it with a better-sourced statement (show_with) or name the conflict"
            yield Finding(book.file(book.owners[statement_id]), statement_id, remedy)


RULES = (cited, no_orphans, no_duplicates, canonical_links, weak_not_alone, founding_apart)
