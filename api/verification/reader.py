"""Reads sentences with the words of the language file and the names of a release."""

from collections.abc import Sequence
from itertools import pairwise

from api.search.labels import LabelIndex
from api.search.terms import Token
from api.verification.categories import read_categories
from api.verification.comparisons import comparison_at
from api.verification.denials import denied_places
from api.verification.lexicon import NOUN_SCOPE, Lexicon, Sign
from api.verification.quantity_reader import QuantityReader
from api.verification.reading import CANCER, NATURE, Draft, Order, Pull, Reading, Term
from api.verification.together import Together
from api.verification.words import Piece, pieces

_LONG_SCOPE = 8
_POLE_SCOPE = 5
_HEAD_REACH = 5
_NO_HEADS = {"=calcification", "=image", "=woman", "=people"}
_ORDER_REACH = 7
_FILL = 9
_NO, _NOT = "no", "not"
_WIDE = frozenset({"neither", "none", "nobody"})


class Reader:
    """Reads sentences with the words and the names of a release."""

    def __init__(self, lexicon: Lexicon, labels: LabelIndex) -> None:
        self.lexicon = lexicon
        self.labels = labels

    def read(self, text: str) -> Reading:
        """The reading of one sentence."""
        found = pieces(text)
        reading = Draft(found)
        taken = read_categories(text, reading, self.lexicon)
        reading.quantities = Together(found, self.lexicon).linked(QuantityReader(found, self.lexicon, taken).read())
        for quantity in reading.quantities:
            taken |= frozenset(range(quantity.first, quantity.after))
        self._terms(reading, taken)
        self._pulls(reading)
        self._manner(reading)
        reading.orders = self._orders(reading)
        return reading.reading()

    def _orders(self, reading: Draft) -> list[Order]:
        """Words such as 'prefer' with what stands before and after the word that links both sides."""
        norms = [piece.norm for piece in reading.pieces]
        found = []
        for place, hit in enumerate(self.lexicon.orders.along(norms)):
            if hit is None:
                continue
            name, link = hit[1]
            first = place + hit[0]
            wall = first if not link else next((at for at in range(first, len(norms)) if norms[at] in link), None)
            if wall is None:
                continue
            low, high = (first, wall) if link else (max(0, place - _ORDER_REACH), place)
            left = frozenset(term.key for term in reading.terms if low <= term.place < high)
            right = frozenset(term.key for term in reading.terms if wall <= term.place < wall + _ORDER_REACH)
            found.append(Order(name, left - right, right - left))
        return found

    def _terms(self, reading: Draft, taken: frozenset[int]) -> None:
        norms = [piece.norm for piece in reading.pieces]
        negations, axes = self.lexicon.negations.along(norms), self.lexicon.axes.along(norms)
        asides, synonyms = self.lexicon.asides.along(norms), self.lexicon.synonyms.along(norms)
        reached = denied_places(norms, self.lexicon, negations, axes, _LONG_SCOPE)
        turned = denied_places(norms, self.lexicon, negations, axes, _LONG_SCOPE if _WIDE & set(norms) else _POLE_SCOPE)
        slugs = self._mentions(reading.pieces)
        place = 0
        while place < len(norms):
            aside = asides[place]
            if aside:
                place += aside[0]
                continue
            if self._is_numbered(reading.pieces, place, taken):
                reading.terms.append(Term(f"{norms[place - 1]} {norms[place]}", place, reached[place], frozenset(), (), False))
            negation, pole, synonym = negations[place], axes[place], synonyms[place]
            if place in taken or reading.pieces[place].kind != "word" or (negation and not pole):
                place += negation[0] if negation else 1
                continue
            length = max(pole[0] if pole else 1, synonym[0] if synonym else 1)
            poles = (pole[1],) if pole and pole[0] == length else ()
            if not poles and synonym and synonym[1] == CANCER and self._is_said_to_be(norms, place):
                poles = ((NATURE, -1),)
            if poles:
                denied = self._is_denied_after(norms, place + length)
                reached[place] = (turned[place] != denied) and poles[0][0] in self.lexicon.turning
            group = synonym[1] if synonym and synonym[0] == length else self._last_group(norms, place, length)
            key = self._key(norms[place], group, poles, length)
            for axis, sign in poles:
                reading.signs[axis].add(-sign if reached[place] else sign)
            if key:
                light = self._is_light(norms[place], key)
                named = reading.pieces[place].text[:1].isupper() and place > 0
                reading.terms.append(Term(key, place, reached[place], slugs[place], poles, light, named))
            place += length
        reading.slugs = frozenset(slug for names in slugs for slug in names) | frozenset(
            category.concept for category in reading.categories
        )

    def _is_numbered(self, found: Sequence[Piece], place: int, taken: frozenset[int]) -> bool:
        """Whether a number is part of a name, as in 'type 5'."""
        named = place > 0 and found[place - 1].norm in self.lexicon.particles["naming"]
        return named and found[place].kind == "number" and place not in taken

    def _is_denied_after(self, norms: Sequence[str], after: int) -> bool:
        """Whether a word is denied by what follows it: 'needs no', 'shows neither', 'need not'."""
        if after >= len(norms):
            return False
        particles = self.lexicon.particles
        not_needed = norms[after - 1] in particles["needing"] and norms[after] in particles["contrasting"]
        return not_needed or norms[after] in particles["denying"]

    def _is_said_to_be(self, norms: Sequence[str], place: int) -> bool:
        """Whether 'is', 'means' or the like stands before, with nothing between but words such as 'nearly always a form of'."""
        at = place
        while at > 0 and place - at < _FILL:
            filler = self.lexicon.fillers.before(norms, at)
            if self.lexicon.copulas.before(norms, at):
                return True
            if filler is None:
                return False
            at = filler[0]
        return False

    def _last_group(self, norms: Sequence[str], place: int, length: int) -> str | None:
        """A longer phrase of an axis still counts as its last word."""
        found = self.lexicon.synonyms.at(norms, place + length - 1) if length > 1 else None
        return found[1] if found and found[0] == 1 else None

    def _key(self, norm: str, synonym: str | None, poles: tuple[tuple[str, Sign], ...], length: int) -> str | None:
        if synonym:
            return synonym
        if poles and (length > 1 or norm in self.lexicon.stop_words):
            return f"~{poles[0][0]}"
        if norm in self.lexicon.stop_words:
            return None
        return self.lexicon.stemmer.stem(norm)

    def _is_light(self, norm: str, key: str) -> bool:
        if key.startswith("="):
            return key in self.lexicon.light_groups
        return key.startswith("~") or self.lexicon.stemmer.stem(norm) in self.lexicon.light_words

    def _mentions(self, found: Sequence[Piece]) -> list[frozenset[str]]:
        places = [at for at, piece in enumerate(found) if piece.kind != "mark"]
        tokens = [Token(found[at].text, found[at].start, found[at].end, found[at].norm) for at in places]
        slugs: list[frozenset[str]] = [frozenset()] * len(found)
        for mention in self.labels.mentions(tokens):
            names = frozenset(name.slug for name in mention.names)
            for at in range(mention.first, mention.last + 1):
                slugs[places[at]] = names
        return slugs

    def _pulls(self, reading: Draft) -> None:
        terms = reading.terms
        for number, term in enumerate(terms):
            for axis, sign in term.poles:
                turned: Sign = -sign if term.negated else sign
                reading.pulls.append(Pull(axis, turned, self._heads(reading, number)))
                comparison = comparison_at(reading, number, axis, turned, self.lexicon)
                if comparison:
                    reading.comparisons.append(comparison)

    def _heads(self, reading: Draft, number: int) -> frozenset[str]:
        """What a directed word is said of: itself, if it has a meaning of its own, and the next words of its phrase."""
        term, heads = reading.terms[number], set[str]()
        if term.key.startswith("=") and not term.light:
            heads.add(term.key)
        for other in reading.terms[number + 1 : number + 4]:
            between = reading.pieces[term.place : other.place]
            if other.place - term.place > _HEAD_REACH or any(
                piece.text in self.lexicon.particles["barriers"] for piece in between
            ):
                break
            if not other.light or (other.key.startswith("=") and other.key not in _NO_HEADS):
                heads.add(other.key)
        return frozenset(heads)

    def _manner(self, reading: Draft) -> None:
        norms = [piece.norm for piece in reading.pieces]
        reading.absolutes.update(hit[1] for hit in self.lexicon.absolutes.along(norms) if hit)
        reading.predicates.update(place for place, hit in enumerate(self.lexicon.predicates.along(norms)) if hit)
        reading.differences.update(place for place, norm in enumerate(norms) if norm in self.lexicon.particles["differences"])
        self._denials(reading, norms)
        for manner, phrases in self.lexicon.manners.items():
            if phrases.within(norms):
                setattr(reading, manner, True)
        reading.contrasting = reading.contrasting or any(pair == (",", _NOT) for pair in pairwise(norms))

    def _denials(self, reading: Draft, norms: Sequence[str]) -> None:
        """Counts the words that deny; what stands after 'rather than' is replaced, not denied."""
        instead = self.lexicon.substitutions.along(norms)
        for place, hit in enumerate(instead):
            if hit:
                after = range(place + hit[0], place + hit[0] + _ORDER_REACH)
                reading.replaced |= {term.key for term in reading.terms if term.place in after}
        for place, denial in enumerate(self.lexicon.negations.along(norms)):
            if denial and not instead[place] and denial[1] > NOUN_SCOPE and (denial[0] > 1 or norms[place] != _NO):
                reading.denials += not self.lexicon.axes.covers(norms, place)
