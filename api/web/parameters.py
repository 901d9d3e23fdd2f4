"""Query parameters that several addresses share. Unknown parameters are refused everywhere."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.errors import BadQuery
from api.knowledge.lens import Lens
from api.vocabulary import Audience, Region
from api.web.near import nearest
from api.web.paging import DEFAULT_LIMIT, HIGHEST_LIMIT

Names = Annotated[str, StringConstraints(max_length=400)]
SlugText = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=100)]

FieldsParameter = Annotated[
    Names | None,
    Field(description="Only these members of `data`, separated by commas; the rest is absent.", examples=["name,summary"]),
]
AudienceParameter = Annotated[
    Audience | None,
    Field(description="Only what is worded for this audience; both when left out.", examples=["patient"]),
]
RegionParameter = Annotated[
    Region | None,
    Field(description="Leave out what holds only in other countries; everything when left out.", examples=["UK"]),
]


class NoParameters(BaseModel):
    """An address that takes no query parameter."""

    model_config = ConfigDict(extra="forbid")


class FieldsParameters(NoParameters):
    """Choice of members."""

    fields: FieldsParameter = None


class LensParameters(FieldsParameters):
    """For whom and where."""

    audience: AudienceParameter = None
    region: RegionParameter = None

    def lens(self) -> Lens:
        """The reader's lens."""
        return Lens(self.audience, self.region)


class PageParameters(NoParameters):
    """Which part of a list."""

    limit: Annotated[int, Field(ge=1, le=HIGHEST_LIMIT, description="How many items to give.", examples=[20])] = DEFAULT_LIMIT
    cursor: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=200)] | None,
        Field(description="Where to go on: `meta.page.next_cursor` of the answer before. Opaque."),
    ] = None


def chosen(names: str | None, known: list[str], parameter: str) -> list[str] | None:
    """The comma-separated names, each one known. Raises BadQuery naming the first that is not."""
    if names is None:
        return None
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    for name in wanted:
        if name not in known:
            raise BadQuery(parameter, f"'{name[:80]}' is not one of: {', '.join(known)}.", near=nearest(name, known))
    if not wanted:
        raise BadQuery(parameter, f"Name at least one of: {', '.join(known)}.")
    return wanted


def query_items(parameters: BaseModel) -> dict[str, Any]:
    """The parameters that were given, as plain values, for links and cache keys."""
    return parameters.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
