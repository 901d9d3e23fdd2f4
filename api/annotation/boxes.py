"""Boxes to tick in templates: [ ] round [x] amorphous."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.annotation.wording import Wording
from api.annotation.words import Word

_PAIRS = {"[": "]", "(": ")"}


@dataclass(frozen=True, slots=True)
class Box:
    """A box in the words `first` to `last`."""

    first: int
    last: int
    is_ticked: bool


def find_boxes(words: Sequence[Word], places: range, wording: Wording) -> list[Box]:
    """The boxes among these places, in order: signs for boxes, and brackets around nothing or a tick."""
    opened, ticked, ticks = (wording.lists[name] for name in ("open_boxes", "ticked_boxes", "ticks"))
    found: list[Box] = []
    for place in places:
        text = words[place].text
        if text in opened or text in ticked:
            found.append(Box(place, place, text in ticked))
        elif text in _PAIRS:
            inside = [word.text.casefold() for word in words[place + 1 : min(place + 3, places.stop)]]
            if inside[:1] == [_PAIRS[text]]:
                found.append(Box(place, place + 1, is_ticked=False))
            elif inside[1:] == [_PAIRS[text]] and inside[0] in ticks:
                found.append(Box(place, place + 2, is_ticked=True))
    return found
