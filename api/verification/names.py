"""Every name of a release in memory, for what reads all its statements; single answers look names up in the index."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from api.search.index import Made
from api.search.labels import LONGEST, LabelIndex, by_words, load_names


class AllNames(LabelIndex):
    """All names by their comparable words. Nothing is kept of the words that were looked for: statements have very many."""

    def __init__(self, held: Mapping[str, dict[str, Any]]) -> None:
        super().__init__(Made(()), "")
        self._held = held
        self._longest_from = {key: told[LONGEST] for key, told in held.items() if LONGEST in told}

    @property
    def vocabulary(self) -> set[str]:
        """Every comparable word of every name."""
        return {word for key in self._held for word in key.split(" ")}

    def _ends(self, norms: Sequence[str], first: int) -> range:
        longest = self._longest_from.get(norms[first], 0)
        return range(min(first + longest, len(norms)), first, -1)

    def _told(self, key: Sequence[str]) -> dict[str, Any]:
        return self._held.get(" ".join(key), _NOTHING)


_NOTHING: dict[str, Any] = {}


def load_all_names(session: Session) -> AllNames:
    """Read the names of the release."""
    return AllNames(by_words(load_names(session)))
