"""Frozen shapes as short JSON and back, by their type hints: a member that is added to a shape is sealed with the others."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from sys import intern
from types import NoneType, UnionType
from typing import Any, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from api.search.index import as_json

Shape = TypeVar("Shape")
Turn = Callable[[Any], Any]
Turns = tuple[Turn | None, Turn | None]
_PLAIN = (str, int, float, bool, NoneType)
_SHARED = 4_096


class Sealer(Generic[Shape]):
    """Seals and opens values of one frozen shape; `own` are types with turns of their own, into JSON's types and back.

    What is opened shares what repeats: words, sets of words, shapes with plain members only.
    """

    def __init__(self, shape: type[Shape], own: Mapping[Any, tuple[Turn, Turn]] | None = None) -> None:
        self._own = own or {}
        self._seal, self._open = self._turns(shape)

    def seal(self, value: Shape) -> bytes:
        """The value as bytes: the same for equal values, whatever the order of their sets."""
        return as_json(self._seal(value) if self._seal else value)

    def open(self, data: bytes) -> Shape:
        """The value that was sealed."""
        told = json.loads(data)
        opened: Shape = self._open(told) if self._open else told
        return opened

    def _turns(self, hint: Any) -> Turns:
        """How values of a type are turned into JSON's own types and back; None where nothing is to be done."""
        origin, parts = get_origin(hint), get_args(hint)
        if hint in self._own:
            return self._own[hint]
        if _is_plain(hint):
            return None, None
        if is_dataclass(hint) and isinstance(hint, type):
            return self._of_shape(hint)
        if origin is tuple:
            return self._of_list(parts[0]) if parts[-1] is Ellipsis else self._of_parts(parts)
        if origin is frozenset and _is_plain(parts[0]):
            return sorted, _shared_set
        if origin in (Union, UnionType) and len(parts) == 2 and NoneType in parts:
            return self._of_optional(next(part for part in parts if part is not NoneType))
        if origin is not None and issubclass(origin, Mapping):
            return self._of_mapping(parts[1])
        raise TypeError(f"{hint} cannot be sealed")

    def _of_optional(self, part: Any) -> Turns:
        seal, opened = self._turns(part)
        return (
            seal and (lambda value: None if value is None else seal(value)),
            opened and (lambda told: None if told is None else opened(told)),
        )

    def _of_list(self, part: Any) -> Turns:
        seal, opened = self._turns(part)
        return (
            (lambda value: [seal(item) for item in value]) if seal else list,
            (lambda told: tuple([opened(item) for item in told])) if opened else tuple,
        )

    def _of_parts(self, parts: tuple[Any, ...]) -> Turns:
        turns = [self._turns(part) for part in parts]
        if not any(opened for _, opened in turns):
            return list, tuple
        return (
            lambda value: [seal(item) if seal else item for item, (seal, _) in zip(value, turns, strict=True)],
            lambda told: tuple([opened(item) if opened else item for item, (_, opened) in zip(told, turns, strict=True)]),
        )

    def _of_mapping(self, part: Any) -> Turns:
        seal, opened = self._turns(part)
        return (
            (lambda value: {key: seal(item) for key, item in value.items()}) if seal else dict,
            (lambda told: {key: opened(item) for key, item in told.items()}) if opened else None,
        )

    def _of_shape(self, shape: type[Any]) -> Turns:
        hints = get_type_hints(shape)
        names = [member.name for member in fields(shape)]
        turns = [self._turns(hints[name]) for name in names]
        seals = [(name, seal) for name, (seal, _) in zip(names, turns, strict=True)]
        opens = [(place, opened) for place, (_, opened) in enumerate(turns) if opened]
        texts = [place for place, name in enumerate(names) if hints[name] is str]

        def seal_members(value: Any) -> list[Any]:
            return [seal(getattr(value, name)) if seal else getattr(value, name) for name, seal in seals]

        def open_members(told: list[Any]) -> Any:
            for place in texts:
                told[place] = intern(told[place])
            for place, opened in opens:
                told[place] = opened(told[place])
            return shape(*told)

        shared = lru_cache(_SHARED, typed=True)(shape)
        return seal_members, open_members if opens else lambda told: shared(*told)


def _is_plain(hint: Any) -> bool:
    parts = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        return all(part in _PLAIN for part in parts)
    return hint in _PLAIN or get_origin(hint) is Literal


@lru_cache(_SHARED)
def _one_set(words: tuple[Any, ...]) -> frozenset[Any]:
    return frozenset(words)


def _shared_set(told: list[Any]) -> frozenset[Any]:
    """Sets repeat, and even one of a single word is large."""
    return _one_set(tuple(told))
