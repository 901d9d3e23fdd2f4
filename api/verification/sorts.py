"""What a thing is said to be: 'fibroadenomas are a low-grade form of breast cancer', held against what kind of thing each is."""

from api.verification.claims import Claim
from api.verification.lexicon import Lexicon, Sign
from api.verification.quantities import SHARE
from api.verification.reading import CANCER, GENERAL, NATURE, SAFETY, Reading, Term
from api.verification.shelf import Claims

_BENIGN: Sign = 1
_WARNED: Sign = -1


class Sorts:
    """What stands after 'is' and 'are', held against the nature of what stands before it."""

    def __init__(self, claims: Claims, lexicon: Lexicon) -> None:
        self._claims = claims
        self._lexicon = lexicon

    def against(self, reading: Reading) -> Claim | None:
        """A claim on what the sentence calls cancer although it is benign, or benign although it is cancer."""
        guarded = reading.partial or reading.open or reading.conditional or reading.distancing
        if guarded or reading.comparing or reading.contrasting or any(item.dimension == SHARE for item in reading.quantities):
            return None
        norms = [piece.norm for piece in reading.pieces]
        for place, hit in enumerate(self._lexicon.copulas.along(norms)):
            sign = self._said(reading, norms, place + hit[0]) if hit else None
            claim = self._of_other_sort(reading, norms, place, sign) if sign else None
            if claim:
                return claim
        return None

    def _said(self, reading: Reading, norms: list[str], start: int) -> Sign | None:
        """The nature that is said from here on: nothing but words that describe it may stand between."""
        particles = self._lexicon.particles
        end = next((at for at in range(start, len(norms)) if norms[at] in particles["predicate_ends"]), len(norms))
        for term in (term for term in reading.terms if start <= term.place < end and not term.negated):
            sign = _sign(term)
            between = norms[start : term.place]
            if sign is None or any(self._leads_away(between, at) for at in range(len(between))):
                continue
            if term.key != CANCER or self._is_head(reading, norms, term.place + 1):
                return sign
        return None

    def _leads_away(self, between: list[str], at: int) -> bool:
        """'A sign of cancer' is no cancer, 'a form of cancer' is one."""
        particles = self._lexicon.particles
        if between[at] in particles["of_kinds"]:
            return at == 0 or between[at - 1] not in particles["kinds"]
        return between[at] in particles["leading_away"]

    def _is_head(self, reading: Reading, norms: list[str], after: int) -> bool:
        """Whether nothing that is described follows: 'is a cancer of the duct', not 'is a cancer risk'."""
        named = {term.place for term in reading.terms if term.key == CANCER}
        while after in named:
            after += 1
        return after >= len(norms) or norms[after] in self._lexicon.particles["after_heads"]

    def _of_other_sort(self, reading: Reading, norms: list[str], place: int, sign: Sign) -> Claim | None:
        """A claim on what stands before the verb, when all of it is of the other nature."""
        ends = self._lexicon.particles["predicate_ends"] - {"that", "which", "who", "where"}
        start = next((at for at in range(place - 1, -1, -1) if norms[at] in ends), -1)
        before = [term for term in reading.terms if start < term.place < place]
        slugs = sorted({slug for term in before for slug in term.slugs} - GENERAL)
        if not slugs or any(term.negated for term in before):
            return None
        subjects = [self._claims.subject(slug) for slug in slugs]
        if any(subject.facts.nature != -sign for subject in subjects):
            return None
        firsts = (subjects[0].of_sign(_BENIGN if sign < 0 else _WARNED).first, subjects[0].any.first)
        return next((self._claims.claim(number) for number in firsts if number is not None), None)


def _sign(term: Term) -> Sign | None:
    """The nature a word tells: that a thing is dangerous says as much as that it is malignant."""
    signs = {sign for axis, sign in term.poles if axis == NATURE or (axis == SAFETY and sign < 0)}
    if len(signs) == 1:
        return signs.pop()
    return _WARNED if term.key == CANCER and not signs else None
