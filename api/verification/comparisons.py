"""What a sentence compares: 'left is more ... than right', read around each word with a direction."""

from collections.abc import Sequence

from api.verification.lexicon import Lexicon, Sign
from api.verification.reading import AMOUNT, Comparison, Draft, Term

_THAN_REACH, _LEFT, _RIGHT = 9, 6, 7
_THAN, _RATHER = "than", "rather"


def comparison_at(reading: Draft, number: int, axis: str, sign: Sign, lexicon: Lexicon) -> Comparison | None:
    """The comparison that a term with a direction makes, if it makes one."""
    than = _than(reading, number, axis)
    if than is None or _bounds_a_figure(reading, than, lexicon):
        return None
    between = [term for term in reading.terms[number + 1 :] if term.place < than]
    if axis != AMOUNT and _is_of_another(between):
        return None
    barriers = lexicon.particles["barriers"]
    end = next((at for at in range(than, len(reading.pieces)) if reading.pieces[at].text in barriers), len(reading.pieces))
    last = min(end, than + _RIGHT)
    left = _marked([*reading.terms[max(0, number - _LEFT) : number], *between], axis) | _categories(reading, 0, than)
    right = _marked([term for term in reading.terms if than < term.place < last], axis) | _categories(reading, than, last)
    lessened = axis != AMOUNT and _is_lessened(reading, number, between)
    return Comparison(axis, -sign if lessened else sign, left - right, right - left, _marked(between, axis))


def _than(reading: Draft, number: int, axis: str) -> int | None:
    """The 'than' of a comparing word: a few words on, brackets not counted, no other word of the axis between."""
    place, inside, passed = reading.terms[number].place, False, 0
    following = next((term.place for term in reading.terms[number + 1 :] if any(name == axis for name, _ in term.poles)), None)
    for at in range(place, len(reading.pieces)):
        norm = reading.pieces[at].norm
        if norm == _THAN:
            return None if reading.pieces[at - 1].norm == _RATHER else at
        inside = norm == "(" or (inside and norm != ")")
        passed += not inside
        if at == following or passed > _THAN_REACH or norm == ";":
            return None
    return None


def _bounds_a_figure(reading: Draft, than: int, lexicon: Lexicon) -> bool:
    """'More than 10 percent' bounds a figure and compares nothing."""
    hedge = lexicon.hedges.before([piece.norm for piece in reading.pieces], than + 1)
    return bool(hedge) and any(quantity.first <= than < quantity.after for quantity in reading.quantities)


def _is_of_another(between: Sequence[Term]) -> bool:
    """Whether another word is compared: 'coarse calcium is less worrying than'."""
    degrees = [at for at, term in enumerate(between) if any(axis == AMOUNT for axis, _ in term.poles)]
    return bool(degrees) and any(term.poles for term in between[degrees[0] + 1 :])


def _is_lessened(reading: Draft, number: int, between: Sequence[Term]) -> bool:
    """'Less worrying than' and 'hurt less than' compare the other way round."""
    before = [term for term in reading.terms[max(0, number - 1) : number] if term.place == reading.terms[number].place - 1]
    return any((AMOUNT, -1) in term.poles for term in (*before, *between))


def _marked(terms: Sequence[Term], axis: str) -> frozenset[str]:
    """The keys of terms that are compared, denied ones marked."""
    return frozenset(
        f"!{term.key}" if term.negated else term.key for term in terms if all(name != axis for name, _ in term.poles)
    )


def _categories(reading: Draft, first: int, after: int) -> frozenset[str]:
    """The categories told between two places."""
    return frozenset(category.slug for category in reading.categories if first <= category.place < after)
