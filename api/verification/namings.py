"""Names and sorts of things against typed data: 'clustered is an older word for segmental', 'amorphous is a distribution'.

Two names clash when every concept the one may mean is another than every concept the other may mean, of the same sort, and
neither a relation between them nor a claim that tells names links both. A turned order clashes when a label says that the
name called new is a former one. A sort clashes when each concept the name may mean is of the other sort.
"""

from collections.abc import Iterable, Sequence
from itertools import product, starmap

from api.search.labels import LabelIndex
from api.verification.candidates import Candidate
from api.verification.claims import Claim
from api.verification.kind_frames import sortings
from api.verification.lexicon import Lexicon
from api.verification.naming_frames import Naming, namings
from api.verification.naming_names import Named, Names
from api.verification.naming_words import Age
from api.verification.reading import Reading
from api.verification.shelf import Claims
from api.verification.subjects import PATTERNS
from api.vocabulary import ConceptKind, LabelKind

_COMPARABLE = PATTERNS | {ConceptKind.CONDITION, ConceptKind.TYPE}
_MOST_TOLD_OF = 3  # a claim on more shapes is a list, which links none of them


class Namings:
    """What each name means, and what sort of thing that is."""

    def __init__(self, claims: Claims, lexicon: Lexicon, labels: LabelIndex) -> None:
        self._claims = claims
        self._words = lexicon.namings
        self._lexicon = lexicon
        self._labels = labels

    def against(self, reading: Reading, candidates: Sequence[Candidate]) -> Claim | None:
        """A claim on the concept whose name, or whose sort, the sentence gets wrong."""
        if reading.open or reading.partial or reading.distancing:
            return None
        names = Names(reading.pieces, self._words, self._labels)
        if self._words.reserves.within(names.norms):
            return None
        for naming in namings(names):
            if self._denied(names, naming.left, naming.right):
                continue
            if self._apart(names, naming, candidates) or self._turned(names, naming):
                return self._on(naming.right or naming.left, candidates)
        for told in sortings(names):
            if not self._denied(names, told.names) and self._of_other_sort(names, told.names, told.kind):
                return self._on(told.names, candidates)
        return None

    def _apart(self, names: Names, naming: Naming, candidates: Sequence[Candidate]) -> bool:
        """Whether both sides name different things of one sort, and nothing links them."""
        pairs = list(product(naming.left, naming.right))
        if not pairs or not all(self._unlike(one.slugs, other.slugs) for one, other in pairs):
            return False
        return not any(
            self._links(names, one, other, candidate.claim, naming.described) for one, other in pairs for candidate in candidates
        )

    def _unlike(self, left: Iterable[str], right: Iterable[str]) -> bool:
        pairs = list(product(left, right))
        return not any(starmap(self._akin, pairs)) and any(starmap(self._comparable, pairs))

    def _akin(self, one: str, other: str) -> bool:
        return one == other or other in self._claims.subject(one).facts.kin or one in self._claims.subject(other).facts.kin

    def _comparable(self, one: str, other: str) -> bool:
        kinds = {self._kind(one), self._kind(other)}
        return kinds <= PATTERNS or (len(kinds) == 1 and kinds <= _COMPARABLE)

    def _links(self, names: Names, one: Named, other: Named, claim: Claim, described: bool) -> bool:
        """Whether a claim on both tells names, or on both at all where the sentence describes one of them."""
        if sum(map(self._claims.is_pattern, claim.slugs)) > _MOST_TOLD_OF:
            return False
        for reading in claim.siblings:
            norms = [piece.norm for piece in reading.pieces]
            if not (described or self._words.telling.within(norms)):
                continue
            if all(_tells_of(names, name, norms, claim.slugs) for name in (one, other)):
                return True
        return False

    def _turned(self, names: Names, naming: Naming) -> bool:
        """Whether the name called the newer one is a former name of what the other is the present name of."""
        if naming.age is None or naming.described or self._words.reissues.within(names.norms):
            return False
        if not naming.right:
            return all(_is_former(kinds) for name in naming.left for kinds in name.kinds.values())
        older, newer = (naming.left, naming.right) if naming.age is Age.OLDER else (naming.right, naming.left)
        if len(older) > 1 or len(newer) > 1:
            return False
        shared = older[0].slugs & newer[0].slugs
        return bool(shared) and all(
            LabelKind.PREFERRED in older[0].kinds[slug]
            and LabelKind.FORMER not in older[0].kinds[slug]
            and _is_former(newer[0].kinds[slug])
            for slug in shared
        )

    def _of_other_sort(self, names: Names, named: Sequence[Named], kind: ConceptKind) -> bool:
        other = PATTERNS - {kind}
        return all(self._kind(slug) in other for name in named for slug in name.slugs) and not any(map(names.in_longer, named))

    def _kind(self, slug: str) -> str:
        return self._claims.subject(slug).facts.kind

    def _denied(self, names: Names, *sides: Sequence[Named]) -> bool:
        """Whether a denial stands before the last of the names: what follows them may be a contrast."""
        last = max(name.first for side in sides for name in side)
        return any(hit and place < last for place, hit in enumerate(self._lexicon.negations.along(names.norms)))

    def _on(self, named: Sequence[Named], candidates: Sequence[Candidate]) -> Claim | None:
        """The claim closest to the sentence on a concept that was named."""
        slugs = sorted({slug for name in named for slug in name.slugs})
        near = (candidate.claim for candidate in candidates if candidate.claim.own in slugs)
        firsts = (self._claims.subject(slug).any.first for slug in slugs)
        return next(near, None) or next((self._claims.claim(number) for number in firsts if number is not None), None)


def _is_former(kinds: frozenset[LabelKind]) -> bool:
    return LabelKind.FORMER in kinds and LabelKind.PREFERRED not in kinds


def _tells_of(names: Names, name: Named, norms: Sequence[str], slugs: frozenset[str]) -> bool:
    """Whether a sentence on these concepts has a name's words, or is on the concept itself."""
    if name.slugs & slugs:
        return True
    said = [norm for norm in names.norms[name.first : name.after] if not names.words.heads.at([norm], 0)]
    said = [norm for norm in said if not names.words.announcers.at([norm], 0)]
    return bool(said) and set(said) <= set(norms)
