"""Which words of a report are known, and what unknown ones were probably meant to be."""

from collections.abc import Iterable, Iterator

from sqlmodel import Session

from api.annotation.wording import Wording, load_wording
from api.knowledge.catalogue import Catalogue
from api.knowledge.shared import each_sentence
from api.search.index import Entry, Index
from api.search.spelling import Speller, speller_entries
from api.search.terms import words

_WORD, _TOLD = "report", "plain"


def report_entries(session: Session, catalogue: Catalogue) -> Iterator[Entry]:
    """The words of reports, to repair towards, and the further words of the statements, which are no errors."""
    vocabulary = load_wording(session, catalogue).vocabulary
    yield from speller_entries(_WORD, dict.fromkeys(sorted(vocabulary), 1))
    told = {word for sentence in each_sentence(session) for word in words(sentence.text)}
    yield from ((f"{_TOLD}/{word}", b"") for word in sorted(told - vocabulary))


class Spelling:
    """The words that a report may be made of."""

    def __init__(self, wording: Wording, index: Index) -> None:
        self.vocabulary = wording.vocabulary
        self._index = index
        self._speller = Speller(index, _WORD)

    def foresee(self, norms: Iterable[str]) -> None:
        """Read which of these words are known."""
        self._index.want(f"{_TOLD}/{norm}" for norm in norms if norm not in self.vocabulary)

    def foresee_repairs(self, written: Iterable[str]) -> None:
        """Read what repairing these words needs."""
        self._speller.want(written)

    def knows(self, norm: str) -> bool:
        """Whether a comparable word is one of reports or statements."""
        return norm in self.vocabulary or self._index.get(f"{_TOLD}/{norm}") is not None

    def repair(self, word: str) -> str | None:
        """The word of reports that was probably meant."""
        return self._speller.repair(word)
