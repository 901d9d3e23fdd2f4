"""What every list answer has in common: its cursor key, page numbers, next link."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from starlette.responses import Response

from api.knowledge.listing import Page
from api.knowledge.views import Release
from api.web.envelope import PageOut, address, answer, members
from api.web.paging import encode
from api.web.parameters import PageParameters, query_items


def list_key(release: Release, path: str, asked: BaseModel) -> str:
    """What a cursor is bound to: the release, the list, its filters and its order."""
    query = {name: value for name, value in query_items(asked).items() if name not in ("cursor", "limit", "fields")}
    return f"{release.digest} {address(path, query)}"


def list_answer(
    items: Sequence[BaseModel],
    model: type[BaseModel],
    page: Page[Any],
    release: Release,
    path: str,
    key: str,
    asked: PageParameters,
    fields: str | None,
) -> Response:
    """The answer for one page of a list."""
    query = query_items(asked)
    links = {"self": address(path, query)}
    cursor = None
    if page.next_after is not None:
        cursor = encode(page.next_after, key)
        links["next"] = address(path, {**query, "cursor": cursor})
    page_out = PageOut(total=page.total, limit=asked.limit, next_cursor=cursor)
    return answer(list(items), release, links, page=page_out, only=members(model, fields))
