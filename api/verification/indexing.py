"""Makes what verification reads, statement by statement: each sealed, and where its words, concepts and figures lead."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from heapq import nsmallest
from itertools import chain, islice
from struct import Struct
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.knowledge.prepared import columns, fetch
from api.knowledge.shared import each_statement
from api.knowledge.views import Statement
from api.search.index import Entry, as_json, packed
from api.search.ordinary import ordinary_words
from api.search.spelled import spelled_entries
from api.search.spool import Held, Spool
from api.store.tables import ConceptRow, RelationRow
from api.verification.attributes import own_properties, properties
from api.verification.claims import Claim, Sealed, claims_told, place_of, sealed
from api.verification.lexicon import Lexicon
from api.verification.names import load_all_names
from api.verification.plain_claims import defined_in, nature_of, nature_told
from api.verification.reader import Reader
from api.verification.reading import SUSPICION
from api.verification.shelf import ABOUT, CATEGORY, FIRST, KEY, PARTS, POOLED, POSTING, SEALED, SPREAD, TOPIC
from api.verification.statements import FigureTexts, read_statement
from api.verification.subjects import FACTS, REMARK, SUBJECT, Band, Facts, Remark, sketch_of, subject_of
from api.vocabulary import RelationKind

_MOST_POSTINGS = 1_024
_MOST_IN_POOL = 640
_TOO_COMMON = 0.24
_ASSESSED = ("birads-", "uk-r")
_SUSPICIOUS = "suspicious"
_BESIDE_CLAIMS = -1
_ROW = Struct("<BIH")
_CONCEPTS = select(
    *columns(
        ConceptRow,
        ("slug", "kind", "nature", "suspicion", "likelihood_low", "likelihood_high", "likelihood_statement_id"),
    )
)

_KIN = select(*columns(RelationRow, ("concept_slug", "target_slug"))).where(
    col(RelationRow.kind).in_((RelationKind.MAPS_TO, RelationKind.KIND_OF))
)


def verification_entries(session: Session, _catalogue: Catalogue) -> Iterator[Entry]:
    """Every entry of claims, of concepts as claims tell of them, and of the words towards which typing errors are repaired."""
    lexicon = Lexicon(load_language_file(session, "verification"))
    names = load_all_names(session)
    concepts, kin = fetch(session, _CONCEPTS), _kin(session)
    counts = Counter(dict.fromkeys(sorted(names.vocabulary | lexicon.known_words), 1))
    with closing(Spool()) as spool:
        for concept in concepts:
            spool.add(f"{TOPIC}/{concept.slug}", _BESIDE_CLAIMS, FACTS.seal(_facts(concept, kin.get(concept.slug, frozenset()))))
        assessed = frozenset(concept.slug for concept in concepts if concept.slug.startswith(_ASSESSED))
        making = _Making(spool, Reader(lexicon, names), assessed, counts)
        for rank, statement in enumerate(each_statement(session)):
            yield from making.entries(rank, statement)
        yield from making.gathered()
    yield from spelled_entries(chain(counts, ordinary_words()))


def _kin(session: Session) -> dict[str, frozenset[str]]:
    """By concept those whose names may stand for its own: what it is a kind of, what it is called elsewhere."""
    found: dict[str, set[str]] = {}
    for relation in fetch(session, _KIN):
        found.setdefault(relation.concept_slug, set()).add(relation.target_slug)
    return {slug: frozenset(targets) for slug, targets in found.items()}


def _facts(concept: Any, kin: frozenset[str]) -> Facts:
    told = (concept.likelihood_low, concept.likelihood_high, concept.likelihood_statement_id)
    return Facts(
        nature_of(concept.nature, concept.suspicion),
        concept.suspicion == _SUSPICIOUS,
        concept.kind,
        None if None in told else Band(*told),
        kin,
    )


class _Making:
    """Takes statement after statement; what belongs together by a word or a concept is gathered until all are read."""

    def __init__(self, spool: Spool, reader: Reader, assessed: frozenset[str], counts: Counter[str]) -> None:
        self.counts = counts
        self._spool = spool
        self._lexicon = reader.lexicon
        self._reader = reader
        self._assessed = assessed
        self._texts = FigureTexts(reader)
        self._bits: dict[str, int] = {}
        self._defining: dict[str, int] = {}
        self._statements = self._claims = 0

    def entries(self, rank: int, statement: Statement) -> Iterator[Entry]:
        """The entries of one statement."""
        outline, heard = read_statement(statement, self._reader, self._texts, self._assessed)
        yield f"{SEALED}/{rank}", sealed(outline, heard)
        claims = claims_told(rank, outline, Sealed(b"", heard))
        self.counts.update(piece.norm for reading in heard.sentences for piece in reading.pieces if piece.kind == "word")
        if claims:
            yield f"{FIRST}/{statement.id}", str(claims[0].number).encode()
        self._statements += 1
        self._claims += len(claims)
        mask = sum({self._bit(told.quantity.dimension) for told in heard.told})
        for claim in claims:
            self._gather(claim, mask)

    def gathered(self) -> Iterator[Entry]:
        """What all statements tell together, when they are read."""
        yield SEALED, as_json({"statements": self._statements, "dimensions": list(self._bits)})
        for category, number in self._defining.items():
            yield f"{CATEGORY}/{category}", str(number).encode()
        for key, rows in self._spool.grouped():
            part, _, name = key.partition("/")
            if part == KEY:
                yield from self._of_key(name, rows)
            elif part == ABOUT:
                yield key, _postings(rows)
            elif part == POOLED:
                yield key, _pool(rows)
            else:
                yield key, _subject(rows)

    def _gather(self, claim: Claim, mask: int) -> None:
        number, length, reading = claim.number, len(claim.keys), claim.reading
        for key, factor in claim.keys.items():
            self._spool.add(f"{KEY}/{key}", number, _ROW.pack(round(factor * PARTS), mask, length))
        for slug in claim.slugs:
            self._spool.add(f"{ABOUT}/{slug}", number, _ROW.pack(slug == claim.own, mask, length))
        if not reading.open:
            for slug in {claim.own, *reading.slugs}:
                worth = _ROW.pack(slug == claim.own, mask, length)
                self._spool.add(f"{POOLED}/{slug}", number, worth + as_json(sketch_of(claim, reading)))
        told = properties(reading, self._lexicon)
        own = own_properties(reading, claim.own, self._lexicon)
        typical = reading.signs.get(SUSPICION) == frozenset({-1})
        remark = Remark(nature_told(reading), typical, _frozen(told), frozenset(own))
        self._spool.add(f"{TOPIC}/{claim.own}", number, REMARK.seal(remark))
        for category in defined_in(reading, self._lexicon):
            self._defining.setdefault(category, number)

    def _bit(self, dimension: str) -> int:
        return self._bits.setdefault(dimension, 1 << len(self._bits))

    def _of_key(self, key: str, rows: Iterator[Held]) -> Iterator[Entry]:
        """How many statements have a key, and which claims, unless so many do that it tells none apart."""
        counted = _Counted(rows)
        postings = _postings(counted)
        yield f"{SPREAD}/{key}", str(counted.statements).encode()
        if counted.claims <= _TOO_COMMON * self._claims:
            yield f"{KEY}/{key}", postings


class _Counted:
    """Rows of claims, counted while they pass."""

    def __init__(self, rows: Iterator[Held]) -> None:
        self._rows = rows
        self.claims = self.statements = 0

    def __iter__(self) -> Iterator[Held]:
        last = None
        for number, data in self._rows:
            rank, _ = place_of(number)
            self.claims += 1
            self.statements += rank != last
            last = rank
            yield number, data


def _best(rows: Iterable[Held], most: int = _MOST_POSTINGS) -> list[Held]:
    """The rows that are kept of a word or a concept, by number: of very many, those of the shortest claims it is in."""
    following = iter(rows)
    kept = list(islice(following, most + 1))
    return kept if len(kept) <= most else sorted(nsmallest(most, chain(kept, following), key=_worth))


def _worth(row: Held) -> tuple[int, int, int]:
    number, data = row
    part, _, length = _ROW.unpack_from(data)
    return -part, length, number


def _postings(rows: Iterable[Held]) -> bytes:
    kept = [(number, *_ROW.unpack_from(data)) for number, data in _best(rows)]
    return packed(*(array(code, (row[place] for row in kept)) for place, code in enumerate(POSTING)))


def _pool(rows: Iterable[Held]) -> bytes:
    return b"[" + b",".join(data[_ROW.size :] for _, data in _best(rows, _MOST_IN_POOL)) + b"]"


def _subject(rows: Iterator[Held]) -> bytes:
    """A concept by its own facts, which come first, and the remarks of its claims."""
    number, data = next(rows)
    facts = FACTS.open(data) if number == _BESIDE_CLAIMS else Facts()
    first = () if number == _BESIDE_CLAIMS else ((number, data),)
    return SUBJECT.seal(subject_of(facts, ((number, REMARK.open(data)) for number, data in chain(first, rows))))


def _frozen(told: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {group: frozenset(members) for group, members in told.items()}
