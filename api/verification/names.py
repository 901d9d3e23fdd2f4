"""Every name of a release in memory, for what reads all its statements; single answers look names up in the index."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from api.search.index import Made
from api.search.labels import LabelIndex, by_words, load_names


class AllNames(LabelIndex):
    """All names by their comparable words. Nothing is kept of the words that were looked for: statements have very many."""

    def __init__(self, held: Mapping[str, dict[str, Any]]) -> None:
        super().__init__(Made(()), "")
        self._held = held

    @property
    def vocabulary(self) -> set[str]:
        """Every comparable word of every name."""
        return {word for key in self._held for word in key.split(" ")}

    def _told(self, key: Sequence[str]) -> dict[str, Any]:
        return self._held.get(" ".join(key), _NOTHING)


_NOTHING: dict[str, Any] = {}


def load_all_names(session: Session) -> AllNames:
    """Read the names of the release."""
    return AllNames(by_words(load_names(session)))
