"""Nested lists: what is linked to one subtype, condition, category and so on, as the lists of its own noun show it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.knowledge.concepts import ConceptFilter
from api.knowledge.references import get_reference
from api.knowledge.views import Brief
from api.rest.v1 import conditions, distributions, guidance, subtypes
from api.rest.v1.cards import NOUNS, BriefOut
from api.rest.v1.nouns import ConceptListParameters, briefs_answer
from api.vocabulary import ConceptKind
from api.web.deps import CatalogueDep, SessionDep
from api.web.envelope import Envelope
from api.web.problems import documented

router = APIRouter()


@dataclass(frozen=True)
class _Child:
    """A noun whose concepts may be listed under another one."""

    kind: ConceptKind
    model: type[BriefOut]
    to_out: Callable[[Brief], Any]
    what: str


_SUBTYPES = _Child(ConceptKind.SUBTYPE, subtypes.SubtypeBriefOut, subtypes.to_brief_out, "shapes")
_CONDITIONS = _Child(ConceptKind.CONDITION, conditions.ConditionBriefOut, conditions.to_brief_out, "conditions")
_DISTRIBUTIONS = _Child(ConceptKind.DISTRIBUTION, BriefOut, distributions.to_brief_out, "ways of spreading")
_GUIDANCE = _Child(ConceptKind.GUIDANCE, guidance.GuidanceBriefOut, guidance.to_brief_out, "steps of follow-up")

_LISTS: list[tuple[ConceptKind, _Child, str]] = [
    (ConceptKind.TYPE, _CONDITIONS, "macrocalcification"),
    (ConceptKind.TYPE, _GUIDANCE, "microcalcification"),
    (ConceptKind.SUBTYPE, _CONDITIONS, "dystrophic"),
    (ConceptKind.SUBTYPE, _DISTRIBUTIONS, "punctate"),
    (ConceptKind.SUBTYPE, _GUIDANCE, "amorphous"),
    (ConceptKind.DISTRIBUTION, _SUBTYPES, "segmental"),
    (ConceptKind.DISTRIBUTION, _CONDITIONS, "diffuse"),
    (ConceptKind.DISTRIBUTION, _GUIDANCE, "grouped"),
    (ConceptKind.CONDITION, _SUBTYPES, "dcis"),
    (ConceptKind.CONDITION, _DISTRIBUTIONS, "sclerosing-adenosis"),
    (ConceptKind.CONDITION, _GUIDANCE, "dcis"),
    (ConceptKind.ASSESSMENT, _GUIDANCE, "birads-3"),
]


def _add(parent: ConceptKind, child: _Child, example: str) -> None:
    """One nested list: its route, its description, its example."""
    noun, children = NOUNS[parent], NOUNS[child.kind]

    def list_nested(
        slug: str, session: SessionDep, catalogue: CatalogueDep, asked: Annotated[ConceptListParameters, Query()]
    ) -> Response:
        get_reference(session, slug, parent)
        wanted = ConceptFilter(child.kind, (), (slug,))
        path = f"/v1/{noun}/{slug}/{children}"
        return briefs_answer(session, catalogue, path, wanted, asked, child.model, child.to_out)

    router.add_api_route(
        f"/{noun}/{{slug}}/{children}",
        list_nested,
        methods=["GET"],
        name=f"list_{children}_of_{parent}",
        summary=f"List the {child.what} linked to one {parent}",
        description=f"The {child.what} that the content links to one {parent}, as `/v1/{children}` shows them, "
        "without those that are only confused with it.",
        response_model=Envelope[list[child.model]],  # type: ignore[name-defined]  # the model of the child noun
        responses=documented(308, 404, 410),
        tags=[noun],
        openapi_extra={"x-example": f"/v1/{noun}/{example}/{children}?audience=patient"},
    )


for _parent, _child, _example in _LISTS:
    _add(_parent, _child, _example)
