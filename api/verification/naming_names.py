"""Finds names in a sentence that speaks of them as words: 'indistinct' alone is the name of a shape there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.search.labels import LabelIndex
from api.verification.naming_words import NamingWords
from api.verification.words import Phrases, Piece, phrase
from api.vocabulary import LabelKind

_LONGEST = 6
_QUOTES = frozenset("\"'`“”„‘’«»")
_COMMA, _OR = ",", frozenset({"and", "or", ","})


@dataclass(frozen=True, slots=True)
class Named:
    """A name at a place: the concepts it may mean, each with the kinds of label that say so.

    `headed` when a noun such as 'calcification' goes with it, `announced` when 'the word' or the like does.
    """

    kinds: Mapping[str, frozenset[LabelKind]]
    first: int
    after: int
    headed: bool
    announced: bool = False

    @property
    def slugs(self) -> frozenset[str]:
        """The concepts it may mean."""
        return frozenset(self.kinds)


class Names:
    """The names of one sentence, whose quotation marks are left out."""

    def __init__(self, pieces: Sequence[Piece], words: NamingWords, labels: LabelIndex) -> None:
        self.norms = [piece.norm for piece in pieces if piece.norm not in _QUOTES]
        self.numbers = frozenset(at for at, piece in enumerate(self._kept(pieces)) if piece.kind == "number")
        self.marks = frozenset(at for at, piece in enumerate(self._kept(pieces)) if piece.kind == "mark")
        self.words = words
        self._labels = labels
        self._completions = [(), *map(phrase, words.completions)]
        self._found: dict[tuple[str, ...], Mapping[str, frozenset[LabelKind]]] = {}
        self._foreseen = False

    @staticmethod
    def _kept(pieces: Sequence[Piece]) -> list[Piece]:
        return [piece for piece in pieces if piece.norm not in _QUOTES]

    def at(self, place: int) -> Named | None:
        """The longest name that begins at a place, with the nouns that go with it."""
        if not self._labels.is_first(self.norms[place]):
            return None
        for last in range(min(place + _LONGEST, len(self.norms)), place, -1):
            kinds = None if self._parted(place, last) else self._named(tuple(self.norms[place:last]))
            if kinds:
                after = self.skipped(last, self.words.heads)
                headed = after > last or bool(self.words.heads.before(self.norms, last))
                return Named(kinds, place, after, headed)
        return None

    def following(self, place: int) -> Named | None:
        """The name that begins there, after words that announce one."""
        start = self.skipped(place, self.words.announcers)
        found = self.at(start) if start < len(self.norms) else None
        if found is None:
            return None
        return Named(found.kinds, found.first, found.after, found.headed, self._announces(place, start))

    def before(self, place: int) -> Named | None:
        """The name that ends there, when it is all that is said of it since the last boundary."""
        for start in range(max(0, place - _LONGEST), place):
            found = self.at(start)
            if found and found.after == place:
                opened = self.back(start, self.words.announcers)
                if self.begins(opened):
                    return Named(found.kinds, opened, place, found.headed, self._announces(opened, start))
        return None

    def all_following(self, place: int) -> list[Named]:
        """The names of a list that begins there; none when one of its members is no name."""
        found: list[Named] = []
        while (name := self.following(place)) is not None:
            found.append(name)
            parted = self._parting(name.after)
            if parted == name.after:
                return found
            place = parted
        return found if found and self.settled(found[-1].after) else []

    def all_before(self, place: int) -> list[Named]:
        """The names of a list that ends there."""
        found: list[Named] = []
        while (name := self.before(place)) is not None:
            found.append(name)
            place = name.first
            while place > 0 and self.norms[place - 1] in _OR:
                place -= 1
            if place == name.first:
                break
        return found

    def in_longer(self, name: Named) -> bool:
        """Whether its first word is part of another name in the sentence: 'in fine linear specks, linear is a shape'."""
        start = self.skipped(name.first, self.words.announcers)
        places = [place for place, norm in enumerate(self.norms) if norm == self.norms[start] and place != start]
        starts = [(at, place) for place in places for at in range(max(0, place - _LONGEST), place)]
        return any((found := self.at(at)) is not None and found.after > place for at, place in starts)

    def begins(self, place: int) -> bool:
        """Whether a part of the sentence begins there, so that nothing narrows the name that follows."""
        return place == 0 or place - 1 in self.marks or self.words.boundaries.before(self.norms, place) is not None

    def settled(self, place: int) -> bool:
        """Whether nothing that is said from there on narrows the name before."""
        if place >= len(self.norms) or place in self.marks:
            return True
        return self.words.settings.at(self.norms, place) is not None

    def skipped(self, place: int, phrases: Phrases[bool]) -> int:
        """The first place after words of a kind."""
        while place < len(self.norms) and (hit := phrases.at(self.norms, place)):
            place += hit[0]
        return place

    def back(self, place: int, phrases: Phrases[bool]) -> int:
        """Where words of a kind begin that end at a place."""
        while place > 0 and (hit := phrases.before(self.norms, place)):
            place = hit[0]
        return place

    def _parting(self, place: int) -> int:
        """After the comma or conjunction that parts the members of a list."""
        while place < len(self.norms) and self.norms[place] in _OR:
            place += 1
        return place

    def _parted(self, first: int, last: int) -> bool:
        return any(at in self.marks for at in range(first, last))

    def _announces(self, first: int, last: int) -> bool:
        return any(self.words.nouns.at(self.norms, at) for at in range(first, last))

    def _named(self, run: tuple[str, ...]) -> Mapping[str, frozenset[LabelKind]]:
        """What a run of words may name, alone or with a noun that names leave out."""
        if run not in self._found:
            self._foresee()
            kinds: dict[str, frozenset[LabelKind]] = {}
            if len(run) > 1 or not (self.words.heads.at(run, 0) or self.words.announcers.at(run, 0)):
                for rest in self._completions:
                    for name in self._labels.exactly((*run, *rest)):
                        kinds[name.slug] = kinds.get(name.slug, frozenset()) | {name.kind}
            self._found[run] = kinds
        return self._found[run]

    def _foresee(self) -> None:
        """Read at once what any run of the sentence may name, when the first is looked at."""
        if self._foreseen:
            return
        self._foreseen = True
        starts = [place for place, norm in enumerate(self.norms) if self._labels.is_first(norm)]
        ends = [(place, last) for place in starts for last in range(place + 1, min(place + _LONGEST, len(self.norms)) + 1)]
        runs = {tuple(self.norms[place:last]) for place, last in ends if not self._parted(place, last)}
        self._labels.foresee((*run, *rest) for run in runs for rest in self._completions)
