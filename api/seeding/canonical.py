"""The one written form of a seed file: key order, line width, quoting. Export and check both write through here."""

from typing import Any

import yaml

from api.seeding.records import ConceptRecord, Record

_HEAD = ("slug", "kind", "name", "plain_name")
_WIDTH = 120


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # the C class has no stub
    """Dumper that indents lists under their key and never writes anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # the name the library calls
        return True


def plain(record: Record) -> dict[str, Any]:
    """The record as plain data in canonical key order, without keys that only repeat a default."""
    data = record.model_dump(mode="json", exclude_defaults=True)
    if not isinstance(record, ConceptRecord):
        return data
    common = ConceptRecord.model_fields
    own = [key for key in type(record).model_fields if key not in common]
    order = [*_HEAD, *own, *(key for key in common if key not in _HEAD)]
    return {key: data[key] for key in order if key in data}


def dump(data: object) -> str:
    """Plain data as canonical YAML text ending in one newline."""
    text: str = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return text


def write(record: Record) -> str:
    """A record as canonical YAML text."""
    return dump(plain(record))
