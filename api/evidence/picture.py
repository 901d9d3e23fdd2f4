"""The matrix as a heat map in SVG: shades that colour-blind readers can tell apart, figures in print, a title and a description.

Drawn when a release is built, without a clock, so that the same release gives the same bytes, and kept in it: the plotting
library is heavy, and no server loads it.
"""

import io
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from api.errors import NotFound
from api.evidence.estimates import RiskEstimate
from api.evidence.matrix import Cell, Evidence, load_evidence
from api.knowledge.catalogue import Catalogue, load_catalogue
from api.store.tables import PictureRow
from api.vocabulary import Comparison, Measure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NAME = "risk-matrix"
_WIDTH, _ROW_HEIGHT, _HEAD = 4.3, 0.38, 1.5
_DARK_FROM = 0.62
_SHADES = "Blues"
_EMPTY = "·"
_LONG = 6
_SETTINGS: Any = {"svg.fonttype": "none", "svg.hashsalt": "calcification", "font.family": "sans-serif", "font.size": 8.5}


def load_picture(session: Session, _catalogue: Catalogue) -> str:
    """The picture of the release's matrix. Raises NotFound in a release built without it."""
    row = session.get(PictureRow, _NAME)
    if row is None:
        raise NotFound("picture", _NAME, ())
    return row.content


def pictures(session: Session) -> Iterator[tuple[str, str]]:
    """Every picture of the release that is being built, by name."""
    yield _NAME, draw(load_evidence(session, load_catalogue(session)))


def draw(evidence: Evidence) -> str:
    """The matrix as an SVG document."""
    import matplotlib as plotting
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    rows = _rows(evidence)
    with plotting.rc_context(_SETTINGS):
        figure = Figure(figsize=(_WIDTH, _HEAD + _ROW_HEIGHT * len(rows)))
        FigureCanvasSVG(figure)
        axes = figure.add_axes((0.325, 0.09, 0.6, 0.775))
        _grid(axes, evidence, rows)
        _legend(figure, evidence.wording.phrases)
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _told(file.getvalue(), evidence, rows)


def _rows(evidence: Evidence) -> list[list[Cell]]:
    """The grid with its margins: any spread first, then each; any shape as the last row."""
    matrix = evidence.matrix
    width = len(matrix.distributions)
    rows = [[matrix.rows[place], *matrix.cells[place * width : (place + 1) * width]] for place in range(len(matrix.morphologies))]
    corner = Cell(None, None, (), None, None, (), (), None)
    return [*rows, [corner, *matrix.columns]]


def _grid(axes: "Axes", evidence: Evidence, rows: list[list[Cell]]) -> None:
    from matplotlib import colormaps
    from matplotlib.patches import Rectangle

    phrases, shades = evidence.wording.phrases, colormaps[_SHADES]
    for down, row in enumerate(rows):
        for across, cell in enumerate(row):
            shade = shades(0.08 + 0.87 * cell.range.high) if cell.range else "white"
            axes.add_patch(Rectangle((across, down), 1, 1, facecolor=shade, edgecolor="#8a8a8a", linewidth=0.6))
            ink = "white" if cell.range and cell.range.high > _DARK_FROM else "black"
            axes.text(across + 0.5, down + 0.5, _figures(cell), ha="center", va="center", color=ink, fontsize=_size(cell))
    axes.axvline(1, color="black", linewidth=1.2)
    axes.axhline(len(rows) - 1, color="black", linewidth=1.2)
    columns = [phrases["picture_any_spread"], *map(_label, evidence.matrix.distributions)]
    labels = [*map(_label, evidence.matrix.morphologies), phrases["picture_any_shape"]]
    axes.set(xlim=(0, len(columns)), ylim=(len(rows), 0))
    axes.set_xticks([place + 0.5 for place in range(len(columns))], columns, rotation=45, ha="left", rotation_mode="anchor")
    axes.set_yticks([place + 0.5 for place in range(len(labels))], labels)
    axes.tick_params(length=0, pad=3, top=False, labeltop=True, labelbottom=False)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _legend(figure: Any, phrases: dict[str, str]) -> None:
    figure.text(0.02, 0.985, phrases["picture_heading"], ha="left", va="top", fontsize=9.5, fontweight="bold")
    lines = [phrases["picture_legend"], f"{_EMPTY}  {phrases['picture_empty']}", f"*  {phrases['picture_special']}"]
    for place, line in enumerate(lines):
        figure.text(0.02, 0.068 - 0.019 * place, line, ha="left", va="top", fontsize=7.5)


def _size(cell: Cell) -> float:
    return 8.5 if len(_figures(cell)) < _LONG else 7.6


def _figures(cell: Cell) -> str:
    if cell.range:
        low, high = _percent(cell.range.low), _percent(cell.range.high)
        return f"{low}%" if low == high else f"{low}–{high}%"
    if cell.estimates:
        return next((bound for item in cell.estimates if (bound := _bound(item))), "*")
    return "" if cell.morphology is None and cell.distribution is None else _EMPTY


def _bound(item: RiskEstimate) -> str | None:
    """The limit a figure of a general population stays under, where it gives no more."""
    figure = item.figure
    general = item.figure.measure == Measure.PPV and all(population.in_range for population in item.populations)
    if not general or figure.value is None or figure.comparison not in (Comparison.LESS_THAN, Comparison.AT_MOST):
        return None
    return f"<{_percent(figure.value)}%" if figure.comparison == Comparison.LESS_THAN else f"≤{_percent(figure.value)}%"


def _percent(share: float) -> str:
    rounded = (Decimal(str(share)) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return "<1" if share and not rounded else str(rounded)


def _label(slug: str) -> str:
    return slug.replace("-", " ").capitalize()


def _told(drawn: str, evidence: Evidence, rows: list[list[Cell]]) -> str:
    """The document with a title, a description and a size that fits any screen."""
    phrases = evidence.wording.phrases
    told = "; ".join(_in_words(cell, phrases) for row in rows for cell in row if cell.range)
    matrix = evidence.matrix
    description = phrases["picture_description"].format(
        rows=len(matrix.morphologies), columns=len(matrix.distributions), told=told
    )
    head = f'<title id="title">{escape(phrases["picture_title"])}</title><desc id="desc">{escape(description)}</desc>'
    drawn = drawn[drawn.index("<svg") :]
    opening, rest = drawn.split(">", 1)
    width, height = re.findall(r'(?:width|height)="([\d.]+)pt"', opening)
    opening = re.sub(r'\s(?:width|height)="[^"]*"', "", opening)
    size = f'width="{float(width) * 4 / 3:.0f}" height="{float(height) * 4 / 3:.0f}" style="max-width:100%;height:auto"'
    rest = re.sub(r"<metadata>.*?</metadata>", "", rest, flags=re.DOTALL)
    return f'{opening} {size} role="img" aria-labelledby="title desc">{head}{rest}'


def _in_words(cell: Cell, phrases: dict[str, str]) -> str:
    shape = _label(cell.morphology) if cell.morphology else phrases["picture_any_shape"]
    spread = _label(cell.distribution) if cell.distribution else phrases["picture_any_spread"]
    return f"{shape}, {spread.lower()}: {_figures(cell)}"
