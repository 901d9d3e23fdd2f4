"""Words by which sentences tell names and sorts of things, made ready for reading text."""

from enum import StrEnum
from typing import Any

from api.verification.words import Phrases, listed


class Age(StrEnum):
    """Which of two names is the older one."""

    OLDER = "older"
    NEWER = "newer"


class NamingWords:
    """Words for 'another name for', 'formerly called', 'is a shape'. Made once per release."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.completions = tuple(listed(content["completions"]))
        self.heads = _phrases(content["heads"])
        self.announcers = _phrases(content["announcers"])
        self.fillers = _phrases(content["fillers"])
        self.boundaries = _phrases(content["boundaries"])
        self.settings = _phrases(content["settings"])
        self.copulas = _phrases(content["copulas"])
        self.reserves = _phrases(content["reserves"])
        self.pasts = _phrases(content["pasts"])
        self.reissues = _phrases(content["reissues"])
        self.nouns = _phrases(content["nouns"])
        self.links = _phrases(content["links"])
        self.verbs = _phrases(content["verbs"])
        self.sames = _phrases(content["sames"])
        self.ages = _aged(content["ages"])
        self.changes = _aged(content["changes"])
        self.renamings = _aged(content["renamings"])
        self.lists = _phrases(content["lists"])
        self.kinds = Phrases((word, item["kind"]) for item in content["kinds"] for word in listed([item["words"]]))
        self.ways = Phrases((word, item["kind"]) for item in content["kinds"] for word in listed([item["ways"]]))
        self.manners = _phrases(content["manners"])
        self.kind_links = _phrases(content["kind_links"])
        self.kind_fillers = _phrases(content["kind_fillers"])
        self.listers = _phrases(content["listers"])
        self.parts = _phrases(content["parts"])
        changes = (*content["changes"].values(), *content["renamings"].values())
        rows = (*content["nouns"], *content["verbs"], *content["sames"], *content["retellings"], *changes)
        self.telling = Phrases((word, True) for word in listed(rows))


def _phrases(rows: list[str]) -> Phrases[bool]:
    return Phrases((word, True) for word in listed(rows))


def _aged(rows: dict[str, str]) -> Phrases[Age]:
    return Phrases((word, Age(age)) for age, row in rows.items() for word in listed([row]))
