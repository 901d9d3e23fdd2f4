"""The reader's lens: for whom and where. Narrows statements without ever parting one from its companions."""

from collections.abc import Iterable
from dataclasses import dataclass

from api.knowledge.views import Module, Passage, Statement
from api.vocabulary import Aspect, Audience, Region

_ASPECTS = list(Aspect)


@dataclass(frozen=True)
class Lens:
    """Which statements a reader wants: of one audience, and valid in one region. None means all."""

    audience: Audience | None = None
    region: Region | None = None

    def fits(self, statement: Statement) -> bool:
        """Whether a statement is for this reader."""
        return self.audience in (None, statement.audience) and (self.region is None or statement.region in (None, self.region))

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """The audiences to write passages for."""
        return (self.audience,) if self.audience else tuple(Audience)


def seen_through(lens: Lens, statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements that fit, without those whose companions do not."""
    kept = {statement.id: statement for statement in statements if lens.fits(statement)}
    while lonely := [s.id for s in kept.values() if any(companion not in kept for companion in s.show_with)]:
        for statement_id in lonely:
            del kept[statement_id]
    return tuple(kept.values())


def passages(lens: Lens, lines: dict[Audience, list[Statement]]) -> tuple[Passage, ...]:
    """One passage for each audience of the lens, empty ones left out."""
    through = ((audience, seen_through(lens, lines.get(audience, []))) for audience in lens.audiences)
    return tuple(Passage(audience, statements) for audience, statements in through if statements)


def modules(statements: Iterable[Statement]) -> tuple[Module, ...]:
    """Statements grouped by audience and aspect, in reading order."""
    groups: dict[tuple[Audience, Aspect], list[Statement]] = {}
    for statement in statements:
        groups.setdefault((statement.audience, statement.aspect), []).append(statement)
    order = sorted(groups, key=lambda key: (list(Audience).index(key[0]), _ASPECTS.index(key[1])))
    return tuple(Module(aspect, audience, tuple(groups[audience, aspect])) for audience, aspect in order)
