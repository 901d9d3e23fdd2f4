"""Which route an address belongs to: the template of the path, never the path, so that what people type names no series."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Mount

UNKNOWN = "unknown"
_LONGEST = 200
_ANY = ""  # no segment of a path is empty, so this can stand for any one
_REST = "*"
_END = "/"
_METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"))

_Tree = dict[str, Any]


class RouteNames:
    """The templates of an application; `learn` them once it is whole."""

    def __init__(self) -> None:
        self._tree: _Tree = {}
        self._found = lru_cache(maxsize=4096)(self._look_up)

    def learn(self, routes: Iterable[BaseRoute]) -> None:
        """Take in the routes of an application."""
        for context in iter_route_contexts(list(routes)):
            path = context.path
            if not path:
                continue
            node = self._tree
            for segment in path.strip("/").split("/"):
                node = node.setdefault(_ANY if segment.startswith("{") else segment, {})
            if isinstance(context.original_route, Mount):
                node[_REST] = path
            node[_END] = path
        self._found.cache_clear()

    def of(self, path: str) -> str:
        """The template a path belongs to, or `unknown`."""
        return self._found(path) if len(path) <= _LONGEST else self._look_up(path)

    def _look_up(self, path: str) -> str:
        name = _walk(self._tree, path.strip("/").split("/"))
        return name or UNKNOWN


def _walk(node: _Tree, segments: list[str]) -> str | None:
    if not segments:
        found: str | None = node.get(_END)
        return found
    first, rest = segments[0], segments[1:]
    for key in (first, _ANY):
        below = node.get(key) if first not in (_ANY, _REST, _END) else None
        if isinstance(below, dict) and (found := _walk(below, rest)):
            return found
    whole: str | None = node.get(_REST)
    return whole


def method_of(scope_method: str) -> str:
    """The method, or `other` for what nobody defined."""
    return scope_method if scope_method in _METHODS else "other"
