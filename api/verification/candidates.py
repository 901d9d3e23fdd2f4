"""Which claims are about what a sentence is about, and how much of the sentence each of them covers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from api.verification.claims import Claim
from api.verification.lexicon import Lexicon
from api.verification.patterns import NOTHING_SAID, Text
from api.verification.reading import Reading
from api.verification.shelf import PARTS, Claims

_MOST = 30
_BY_NAME = 0.95
_SAME_DIRECTION = 0.7
_TOPIC = 0.7
_CATEGORY = 0.8
_FIGURE = 0.5
_FIGURE_FIRST = 0.15
_PLAIN_LEAST = 0.6
_CANCER = "=cancer"


@dataclass(frozen=True)
class Context:
    """What the sentences before were about: concepts, the statements they rest on, categories, and their last words.

    `resumed` when the subject of the sentence at hand is nothing but a word for what they were about.
    """

    slugs: frozenset[str] = frozenset()
    statement_ids: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    said: Text = NOTHING_SAID
    resumed: bool = False


@dataclass
class Candidate:
    """A claim with the share of the sentence's meaning it covers: word for word, and counting opposite words as covered."""

    claim: Claim
    support: float
    subject: float
    plain: float = 0.0
    missing: tuple[str, ...] = ()
    other_population: bool = False
    matched: frozenset[str] = field(default_factory=frozenset)
    lacks: bool = False
    other_subject: bool = False
    wholly_other: bool = False
    pointed: bool = False
    off_context: bool = False


def find_candidates(reading: Reading, context: Context, pointing: bool, claims: Claims, lexicon: Lexicon) -> list[Candidate]:
    """The claims that cover most of the sentence, best first; those that tell a figure of its kind before others as good."""
    score, figured = _scores(reading, context.slugs if pointing else frozenset(), claims)
    for number in figured:
        score[number] += _FIGURE
    best = sorted(score, key=lambda number: (-score[number], number))[: _MOST * 3]
    claims.want(best)
    weights = [claims.weight(term) for term in reading.terms]
    found = [
        (_cover(reading, weights, context, pointing, claims.claim(number), claims, lexicon), number in figured) for number in best
    ]
    closest: dict[str, tuple[Candidate, bool]] = {}
    for candidate, has_figure in sorted(found, key=lambda item: -item[0].support):
        closest.setdefault(candidate.claim.statement_id, (candidate, has_figure))
    ranked = sorted(closest.values(), key=lambda item: -item[0].subject - _FIGURE_FIRST * item[1])
    return [candidate for candidate, _ in ranked[:_MOST]]


def _scores(reading: Reading, before: frozenset[str], claims: Claims) -> tuple[dict[int, float], set[int]]:
    """Claims by number with the weight of the words and concepts they share with the sentence, or with what it points back to.

    Beside it those of them that tell a figure of a kind the sentence tells.
    """
    score: dict[int, float] = defaultdict(float)
    figured: set[int] = set()
    kinds = claims.bits(item.dimension for item in reading.quantities)
    claims.look_up((term.key for term in reading.terms), (*reading.slugs, *before))
    for term in reading.terms:
        weight = claims.weight(term)
        numbers, parts, masks = claims.with_key(term.key)
        for number, part in zip(numbers, parts, strict=True):
            score[number] += weight * (part / PARTS)
        figured.update(number for number, mask in zip(numbers, masks, strict=True) if mask & kinds)
    for slug in (*reading.slugs, *before):
        numbers, _, masks = claims.with_concept(slug)
        for number in numbers:
            score[number] += _TOPIC
        figured.update(number for number, mask in zip(numbers, masks, strict=True) if mask & kinds)
    return score, figured


def _cover(
    reading: Reading,
    weights: Sequence[float],
    context: Context,
    pointing: bool,
    claim: Claim,
    claims: Claims,
    lexicon: Lexicon,
) -> Candidate:
    total = same = subject = 0.0
    missing: list[str] = []
    matched: list[str] = []
    axes = claim.signs
    for term, weight in zip(reading.terms, weights, strict=True):
        total += weight
        factor = max(claim.keys.get(term.key, 0.0), _BY_NAME if term.slugs & claim.slugs else 0.0)
        if factor == 0.0 and term.poles:
            axis, sign = term.poles[0]
            if axis in axes:
                signed = -sign if term.negated else sign
                same += weight * _SAME_DIRECTION * (signed in axes[axis])
                subject += weight
                continue
        if factor == 0.0 and not term.light:
            missing.append(term.key)
        if factor:
            matched.append(term.key)
        same += weight * factor
        subject += weight * (1.0 if factor else 0.0)
    bearing = total
    plain = subject / max(bearing, _PLAIN_LEAST)
    for category in reading.categories:
        total += _CATEGORY
        same += _CATEGORY * (category.slug in claim.categories)
        subject += _CATEGORY * any(slug.startswith(f"{category.system}-") for slug in claim.categories)
    if pointing and context.slugs:
        total += _TOPIC
        shared = bool(claim.statement_id in context.statement_ids or context.slugs & claim.slugs)
        same += _TOPIC * shared
        subject += _TOPIC * shared
    total = max(total, 0.3)
    lacking = _lacking(reading, claim, claims)
    return Candidate(
        claim,
        same / total,
        subject / total,
        plain,
        tuple(missing),
        _other_population(reading, claim, lexicon),
        frozenset(matched),
        any(key in lexicon.exclusive for key in missing) or _lacks_cancer(reading, missing),
        any(lacking),
        bool(lacking) and all(lacking),
        bool(pointing and context.slugs & claim.slugs),
        context.resumed and not context.slugs & claim.slugs and claim.statement_id not in context.statement_ids,
    )


def _lacking(reading: Reading, claim: Claim, claims: Claims) -> list[bool]:
    """Of each shape or arrangement the sentence names, whether the claim does not speak of it."""
    return [not term.slugs & claim.slugs for term in reading.terms if any(map(claims.is_pattern, term.slugs))]


def _lacks_cancer(reading: Reading, missing: list[str]) -> bool:
    """Whether the sentence speaks of cancer, not to deny it, and the claim does not."""
    return _CANCER in missing and any(
        term.key == _CANCER and not term.negated and all(sign < 0 for _, sign in term.poles) for term in reading.terms
    )


def _other_population(reading: Reading, claim: Claim, lexicon: Lexicon) -> bool:
    """Whether the sentence names a country, sex or method and the claim names another of the kind."""
    said: dict[int, set[str]] = defaultdict(set)
    for term in reading.terms:
        if term.key in lexicon.exclusive:
            said[lexicon.exclusive[term.key]].add(term.key)
    for group, members in said.items():
        told = {key for key in claim.keys if lexicon.exclusive.get(key) == group}
        if told and not told & members:
            return True
    return False
