"""The categories a sentence names, held against those a statement tells."""

from api.verification.claims import Claim
from api.verification.reading import Reading


def category_clash(reading: Reading, claim: Claim) -> bool:
    """Whether the one category named of a system is not among the claim's of that system."""
    for system in {category.system for category in reading.categories}:
        said = {category.slug for category in reading.categories if category.system == system}
        told = {slug for slug in claim.categories if slug.rpartition("-")[0] == system}
        told -= {slug for slug in told if any(other != slug and other.startswith(slug) for other in told)}
        if len(said) != 1 or not told:
            continue
        (one,) = said
        if not any(_covers(one, other) for other in told) or _bound_elsewhere(one, reading, claim):
            return True
    return False


def _bound_elsewhere(said: str, reading: Reading, claim: Claim) -> bool:
    """Whether what the sentence says stands, in the statement, beside another category of the system than the one it names."""
    keys = {term.key for term in reading.terms if not term.light and not term.negated}
    own, others = set[str](), set[str]()
    for beside in claim.beside_category:
        if beside.slug.rpartition("-")[0] == said.rpartition("-")[0]:
            (own if _covers(said, beside.slug) else others).update(beside.keys)
    return bool(own and keys & (others - own) and not keys & (own - others))


def category_told(reading: Reading, claim: Claim) -> bool:
    """Whether the claim names a category the sentence names."""
    said = {category.slug for category in reading.categories}
    return not said or any(_covers(one, other) for one in said for other in claim.categories)


def _covers(said: str, told: str) -> bool:
    """Category 4 holds 4A to 4C, B5 holds B5a and B5b."""
    return said.startswith(told) or told.startswith(said)
