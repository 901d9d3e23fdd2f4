"""Relations join the kinds they are meant for, are backed by statements, stand once, and never run in a circle."""

from collections import Counter
from collections.abc import Iterator

from api.errors import Finding
from api.seeding.book import Book
from api.vocabulary import ConceptKind as Kind
from api.vocabulary import RelationKind

_FINDINGS = frozenset({Kind.TYPE, Kind.SUBTYPE, Kind.DISTRIBUTION, Kind.CONDITION, Kind.MIMIC})
_ANY = frozenset(Kind)
ALLOWED: dict[RelationKind, tuple[frozenset[Kind], frozenset[Kind]]] = {
    RelationKind.APPEARS_AS: (frozenset({Kind.CONDITION, Kind.MIMIC}), frozenset({Kind.TYPE, Kind.SUBTYPE})),
    RelationKind.DISTRIBUTED_AS: (frozenset({Kind.TYPE, Kind.SUBTYPE, Kind.CONDITION}), frozenset({Kind.DISTRIBUTION})),
    RelationKind.FOLLOWED_BY: (_ANY - {Kind.TOPIC, Kind.QUESTION_TOPIC}, frozenset({Kind.GUIDANCE})),
    RelationKind.MAPS_TO: (frozenset({Kind.SUBTYPE}), frozenset({Kind.SUBTYPE})),
    RelationKind.CONFUSED_WITH: (_FINDINGS, _FINDINGS),
    RelationKind.KIND_OF: (_ANY, _ANY),
    RelationKind.RELATED_TO: (_ANY, _ANY),
    RelationKind.ABOUT: (frozenset({Kind.QUESTION_TOPIC, Kind.TOPIC}), _ANY),
}
_NEED_STATEMENTS = frozenset(ALLOWED) - {RelationKind.KIND_OF, RelationKind.ABOUT}
_DIRECTED = (RelationKind.KIND_OF, RelationKind.MAPS_TO)


def allowed(book: Book) -> Iterator[Finding]:
    """The kinds on both ends fit, the target exists, and a statement backs the link."""
    for concept in book.concepts.values():
        for relation in concept.relations:
            key = f"relations.{relation.kind}.{relation.target}"
            sources, targets = ALLOWED[relation.kind]
            target = book.concepts.get(relation.target)
            if target is None:
                yield Finding(book.file(concept), key, f"no concept is called '{relation.target}'")
            elif concept.kind not in sources or target.kind not in targets or target is concept:
                yield Finding(book.file(concept), key, f"a {concept.kind} cannot be {relation.kind} a {target.kind}")
            if relation.kind in _NEED_STATEMENTS and not relation.statements:
                yield Finding(book.file(concept), key, "name the statement that says so")


def once(book: Book) -> Iterator[Finding]:
    """A link stands once; a mutual one (confused-with, related-to) stands in one of the two files."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for concept in book.concepts.values():
        for relation in concept.relations:
            counts[relation.kind, concept.slug, relation.target] += 1
    mutual = (RelationKind.CONFUSED_WITH, RelationKind.RELATED_TO)
    for (kind, slug, target), count in counts.items():
        both = kind in mutual and counts.get((kind, target, slug)) and slug > target
        if count > 1 or both:
            remedy = f"stands in {target} too; keep one" if both else "stands twice; keep one"
            yield Finding(book.file(book.concepts[slug]), f"relations.{kind}.{target}", remedy)


def no_circles(book: Book) -> Iterator[Finding]:
    """Kind-of and maps-to never lead back to where they began."""
    for kind in _DIRECTED:
        targets = {c.slug: [r.target for r in c.relations if r.kind is kind] for c in book.concepts.values()}
        for slug in targets:
            seen: set[str] = set()
            ahead = list(targets[slug])
            while ahead:
                step = ahead.pop()
                if step not in seen:
                    seen.add(step)
                    ahead += targets.get(step, [])
            if slug in seen:
                yield Finding(book.file(book.concepts[slug]), f"relations.{kind}", "runs in a circle; remove one link of it")


RULES = (allowed, once, no_circles)
