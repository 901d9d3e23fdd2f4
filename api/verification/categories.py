"""Categories of assessment systems in a text: 'BI-RADS 4A', 'M5', 'B1, B2 or B5'."""

from api.verification.lexicon import Lexicon
from api.verification.reading import Category, Draft

_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}


def read_categories(text: str, reading: Draft, lexicon: Lexicon) -> frozenset[int]:
    """Note the categories a text names, and tell which pieces they take."""
    spans: list[tuple[int, int, str, str]] = []
    for shape in lexicon.categories:
        for match in shape.pattern.finditer(text):
            if any(start < match.end("value") and match.start("value") < end for start, end, *_ in spans):
                continue
            spans.append((*match.span(), shape.name, match["value"]))
            following = lexicon.more_categories.match(text, match.end())
            while following:
                spans.append((*following.span(), shape.name, following["value"]))
                following = lexicon.more_categories.match(text, following.end())
    taken: set[int] = set()
    for start, end, name, value in sorted(spans):
        inside = [at for at, piece in enumerate(reading.pieces) if start <= piece.start < end]
        if inside:
            taken.update(inside)
            plain = "".join(value.casefold().split())
            reading.categories.append(Category(name, _ROMAN.get(plain, plain), inside[-1]))
    return frozenset(taken)
