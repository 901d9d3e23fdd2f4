"""Which of two sides a sentence puts above the other: 'A more often than B', 'A outnumbers B', 'rarest in A'.

Sides and what is measured are patterns of an order; words of degree are the same for all. A clause that denies settles nothing.
"""

import re
from collections.abc import Iterator, Sequence

from api.search.terms import words
from api.verification.lexicon import Lexicon
from api.verification.patterns import Text
from api.verification.sides import COMPARED, Sides, View
from api.verification.words import Phrases, listed

_MARK = re.compile(r"\s[–—-]\s|[;:()]|,(?!\d)|\.\s")
_THAN, _RATHER, _THE, _AT = "than", "rather", "the", "at"
_LEFT, _RIGHT, _DEGREE = 16, 9, 8
_AFTER = 3
_HALVES = 2


class Degrees:
    """Words of degree, as matchers. Made once per release."""

    def __init__(self, content: dict[str, str]) -> None:
        self.more, self.most = _phrases(content["more"]), _phrases(content["most"])
        self.less, self.least = _phrases(content["less"]), _phrases(content["least"])
        self.over, self.under = _phrases(content["over"]), _phrases(content["under"])
        self.raising, self.lowering = _phrases(content["raising"]), _phrases(content["lowering"])
        self.bare = frozenset(listed([content["bare"]]))
        self.breaks = frozenset(listed([content["breaks"]]))


def _phrases(row: str) -> Phrases[bool]:
    return Phrases((word, True) for word in listed([row]))


class Clauses:
    """A sentence as words, with the places where clauses begin; made once and held against any order."""

    def __init__(self, sentence: str, degrees: Degrees, lexicon: Lexicon) -> None:
        parts = [words(part) for part in _MARK.split(sentence)]
        norms = [norm for part in parts for norm in part]
        self.text = Text(norms)
        self.spans = _spans(parts, norms, degrees.breaks)
        self._degrees = degrees
        self._lexicon = lexicon

    def raised(self, sides: Sides) -> int | None:
        """1 when the sentence puts `more` above `less`, -1 when it puts it below, None when it settles neither."""
        view = View(self.text, sides)
        for settle in (self._by_than, self._by_verb, self._by_effect, self._by_growing, self._by_clauses):
            sign = settle(view)
            if sign:
                return sign
        return None

    def _by_than(self, view: View) -> int | None:
        """'A is more worrying than B'."""
        for place in self._at(_THAN):
            if self.text.norms[place - 1 : place] == (_RATHER,):
                continue
            if self._compares_figures(place) or self._compares_otherwise(view, place - 1):
                continue
            end = next((span.stop for span in self.spans if place in span), len(self.text.norms))
            right = view.side(place + 1, min(end, place + 1 + _RIGHT), nearest_first=True)
            left = view.side(max(0, place - _LEFT), place, nearest_first=False, but=right)
            side = left or (-right if right else 0)
            start = max(self._clause_start(place), place - _DEGREE)
            if not side or (left and right and left == right) or self._denies(self._clause_start(place), place):
                continue
            degree, measured = self._degree(view, start, place), view.measured(self._measured_from(start, place), place)
            sign = degree * measured if degree else view.compared(start, place)
            if sign:
                return side * sign
        return None

    def _compares_figures(self, than: int) -> bool:
        """'More than 20', 'older than ten years'."""
        return than + 1 < len(self.text.norms) and self._is_number(self.text.norms[than + 1])

    def _compares_otherwise(self, view: View, place: int) -> bool:
        """'Often coarser than': what is compared is neither the measure nor how much of it there is."""
        return (
            place >= 0
            and self.text.norms[place].endswith(COMPARED)
            and not (view.is_measure(place) or self._words_of_degree_at(place))
        )

    def _clause_start(self, place: int) -> int:
        return next(span.start for span in self.spans if place in span)

    def _measured_from(self, start: int, place: int) -> int:
        """Where the measure may stand: after a bare 'more' or 'less', which names none itself ('less serious'), or anywhere."""
        bare = [at for at in range(start, place) if self.text.norms[at] in self._degrees.bare]
        following = bare[-1] + 1 if bare else place
        return start if following >= place or self._words_of_degree_at(following) else following

    def _by_verb(self, view: View) -> int | None:
        """'A outnumbers B', 'A lags behind B'."""
        for place, sign in self._words(self._degrees.over, self._degrees.under):
            left = view.side(max(0, place - _LEFT), place, nearest_first=False)
            right = view.side(place + 1, min(len(self.text.norms), place + 1 + _RIGHT), nearest_first=True)
            if left and right and left != right and not self._denies(max(0, place - _AFTER), place):
                return left * sign
        return None

    def _by_effect(self, view: View) -> int | None:
        """'A lowers the dose', 'A raises the risk': the side before the verb has less, or more, of what stands after it."""
        for place, sign in self._words(self._degrees.raising, self._degrees.lowering):
            span = next(span for span in self.spans if place in span)
            left = view.side(span.start, place, nearest_first=False)
            measured = view.measured(place + 1, min(span.stop, place + 1 + _RIGHT))
            if left and measured and not self._denies(span.start, place):
                return left * sign * measured
        return None

    def _by_growing(self, view: View) -> int | None:
        """'The older the woman, the rarer it is'."""
        norms = self.text.norms
        halves = [span for span in self.spans if len(span) > 1 and norms[span.start] == _THE and self._grows(span.start + 1)]
        if len(halves) != _HALVES:
            return None
        first, second = halves
        side = view.side(first.start, first.stop, nearest_first=True)
        sign = self._signed(view, second)
        return side * sign if side and sign and not self._denies(first.start, second.stop) else None

    def _by_clauses(self, view: View) -> int | None:
        """'Mostly A, seldom B', 'rarest in A': each clause with one side alone; one goes to the utmost, or two agree."""
        votes = []
        for span in self.spans:
            side, sign = view.only_side(span.start, span.stop), self._signed(view, span)
            if side and sign and _THAN not in self.text.norms[span.start : span.stop] and not self._denies(span.start, span.stop):
                votes.append((side, side * sign, self._utmost(span)))
        signs = {vote for _, vote, _ in votes}
        if len(signs) != 1 or not (any(utmost for _, _, utmost in votes) or len({side for side, _, _ in votes}) > 1):
            return None
        return signs.pop()

    def _signed(self, view: View, span: range) -> int:
        """How much of the measure a clause tells: more or less of it, or of its opposite; 0 when it does not name it."""
        return (self._degree(view, span.start, span.stop) or 1) * view.measured(span.start, span.stop)

    def _utmost(self, span: range) -> bool:
        phrases = (self._degrees.most, self._degrees.least)
        return any(each.at(self.text.norms, place) for place in span for each in phrases if not self._bounds(place))

    def _degree(self, view: View, start: int, end: int) -> int:
        """The one sign of the words of degree in a stretch: 'less often' is less; 0 when there is none, or one of each."""
        signs, before = list[int](), -_HALVES
        for place, sign in self._words_of_degree(start, end):
            if view.is_measure(place):
                continue
            if place == before + 1:
                sign *= signs.pop()
            signs.append(sign)
            before = place
        return signs[0] if len(set(signs)) == 1 else 0

    def _words_of_degree(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        degrees = self._degrees
        kinds = ((degrees.more, 1), (degrees.most, 1), (degrees.less, -1), (degrees.least, -1))
        place = start
        while place < end:
            hits = [(hit[0], sign) for phrases, sign in kinds if (hit := phrases.at(self.text.norms, place))]
            length, sign = max(hits, default=(1, 0))
            if sign and not self._bounds(place):
                yield place + length - 1, sign
            place += length

    def _grows(self, place: int) -> bool:
        return self.text.norms[place].endswith(COMPARED) or self._words_of_degree_at(place)

    def _words_of_degree_at(self, place: int) -> bool:
        return next(self._words_of_degree(place, place + 1), None) is not None

    def _bounds(self, place: int) -> bool:
        """'At least' and 'at most' bound a figure."""
        return self.text.norms[place - 1 : place] == (_AT,)

    def _is_number(self, norm: str) -> bool:
        return norm.isdigit() or norm in self._lexicon.numbers or norm in self._lexicon.fractions

    def _words(self, plus: Phrases[bool], minus: Phrases[bool]) -> Iterator[tuple[int, int]]:
        for place in range(len(self.text.norms)):
            for phrases, sign in ((plus, 1), (minus, -1)):
                if phrases.at(self.text.norms, place):
                    yield place, sign

    def _at(self, norm: str) -> list[int]:
        return [place for place, other in enumerate(self.text.norms) if other == norm]

    def _denies(self, start: int, end: int) -> bool:
        norms = self.text.norms
        return any((hit := self._lexicon.negations.at(norms, place)) and hit[1] for place in range(start, end))


def _spans(parts: Sequence[Sequence[str]], norms: Sequence[str], breaks: frozenset[str]) -> list[range]:
    """The clauses: parted by marks and by words such as 'whereas'."""
    starts, at = set[int](), 0
    for part in parts:
        starts.add(at)
        at += len(part)
    starts |= {place for place, norm in enumerate(norms) if norm in breaks}
    ordered = sorted(start for start in starts if start < len(norms))
    return [range(start, end) for start, end in zip(ordered, [*ordered[1:], len(norms)], strict=True)]
