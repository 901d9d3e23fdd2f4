"""Every name of a release in memory, for what reads all its statements; single answers look names up in the index."""

from sqlmodel import Session

from api.search.index import Made
from api.search.labels import LabelIndex, load_names, name_entries
from api.search.terms import words


class AllNames(LabelIndex):
    """All names by their comparable words."""

    def __init__(self, entries: dict[str, bytes], keys: list[tuple[str, ...]]) -> None:
        super().__init__(Made(entries.items()), "")
        self.keys = keys

    @property
    def vocabulary(self) -> set[str]:
        """Every comparable word of every name."""
        return {word for key in self.keys for word in key}


def load_all_names(session: Session) -> AllNames:
    """Read the names of the release."""
    names = load_names(session)
    keys = sorted({key for name in names if (key := words(name.text))})
    return AllNames(dict(name_entries("", names)), keys)
