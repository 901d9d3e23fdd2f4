"""The figures of a checked sentence as callers see them: as written, in a named unit, beside the statement's."""

from dataclasses import dataclass

from api.verification.checking import Checked
from api.verification.compare import Match

_UNITS = {
    "share": "proportion",
    "length": "mm",
    "time": "days",
    "age": "years",
    "year": "calendar-year",
    "number": "ratio",
    "count": "count",
    "radiation": "mSv",
    "absorbed": "mGy",
    "mass": "mg",
    "activity": "IU",
    "gauge": "gauge",
}
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class FigureView:
    """One figure, said and told."""

    said: str
    measure: str
    said_low: float
    said_high: float
    told_low: float | None
    told_high: float | None
    unit: str
    agree: bool | None


def figure_views(item: Checked) -> list[FigureView]:
    """Every figure of the sentence, in order."""
    views = []
    for figure in item.judgement.figures:
        said, told = figure.said, figure.told
        pieces = item.reading.pieces
        start, end = item.meant.typed(pieces[said.first].start, pieces[said.after - 1].end)
        views.append(
            FigureView(
                said=item.sentence.text[start:end],
                measure=said.dimension,
                said_low=round(said.low, _DIGITS),
                said_high=round(said.high, _DIGITS),
                told_low=None if told is None else round(told.low, _DIGITS),
                told_high=None if told is None else round(told.high, _DIGITS),
                unit=_UNITS.get(said.dimension, said.dimension),
                agree=None if figure.match in (None, Match.UNSURE) else figure.match is Match.AGREE,
            )
        )
    return views
