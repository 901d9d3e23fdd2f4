"""The one envelope of every answer: data, meta with release and limits of use, links."""

from datetime import date
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, Field, TypeAdapter
from starlette.responses import Response

from api.knowledge.views import Release
from api.web.parameters import chosen

Data = TypeVar("Data")
JSON_TYPE = "application/json"
_links = TypeAdapter(dict[str, str])


class ReleaseReferenceOut(BaseModel):
    """The release an answer was made from."""

    id: Annotated[str, Field(description="Calendar version of the content.", examples=["2026.11.0"])]
    digest: Annotated[str, Field(description="SHA-256 of the canonical content.")]
    published_on: Annotated[date, Field(description="Day of publication.", examples=["2026-11-22"])]


class PageOut(BaseModel):
    """Which part of a list an answer holds."""

    total: Annotated[int, Field(description="Items in the whole list, the same on every page.", examples=[18])]
    limit: Annotated[int, Field(description="Most items on this page.", examples=[50])]
    next_cursor: Annotated[str | None, Field(description="Cursor of the next page; null on the last.")]


class MetaOut(BaseModel):
    """What holds for the whole answer."""

    release: ReleaseReferenceOut
    notice: Annotated[str, Field(description="Limits of use, to be shown to people with the content.")]
    license: Annotated[str, Field(description="Licence of our own words.", examples=["CC BY 4.0"])]
    attribution: Annotated[str, Field(description="How to credit the content.")]
    page: Annotated[PageOut | None, Field(description="Only in lists.")] = None


class Envelope(BaseModel, Generic[Data]):
    """Every answer has this form."""

    data: Data
    meta: MetaOut
    links: Annotated[dict[str, str], Field(description="Related addresses by name; `self` is this one, `next` the next page.")]


def address(path: str, query: dict[str, Any]) -> str:
    """A path with its query in canonical order."""
    return f"{path}?{urlencode(sorted(query.items()))}" if query else path


def members(model: type[BaseModel], fields: str | None) -> list[str] | None:
    """The members of `data` a `fields` parameter asks for. Raises BadQuery for unknown ones."""
    return chosen(fields, list(model.model_fields), "fields")


def meta_of(release: Release, page: PageOut | None = None) -> MetaOut:
    """What holds for everything made from a release."""
    return MetaOut(
        release=ReleaseReferenceOut(id=release.id, digest=release.digest, published_on=release.published_on),
        notice=release.notice,
        license=release.license,
        attribution=release.attribution,
        page=page,
    )


def answer(
    data: BaseModel | list[BaseModel],
    release: Release,
    links: dict[str, str],
    *,
    page: PageOut | None = None,
    only: list[str] | None = None,
    without: set[str] | None = None,
) -> Response:
    """The response: `only` keeps these members of each item, `without` leaves some out; what is left out is absent."""
    items = data if isinstance(data, list) else [data]
    dumped = [_dump(item, only, without or set()) for item in items]
    meta = meta_of(release, page)
    meta_json = meta.model_dump_json(exclude={"page"} if page is None else None)
    links_json = _links.dump_json(links).decode()
    data_json = f"[{','.join(dumped)}]" if isinstance(data, list) else dumped[0]
    headers = {"Link": f'<{links["next"]}>; rel="next"'} if "next" in links else {}
    return Response(f'{{"data":{data_json},"meta":{meta_json},"links":{links_json}}}', 200, headers, JSON_TYPE)


def _dump(item: BaseModel, only: list[str] | None, without: set[str]) -> str:
    kept = None if only is None else set(only)
    return item.model_dump_json(include=kept, exclude=without - (kept or set()))
