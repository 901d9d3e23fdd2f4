"""Exports: the whole release as one file, for offline copies and analysis."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.exports.files import MEDIA_TYPES, ExportFile, ExportFormat
from api.knowledge.views import Release
from api.rest.v1.bulk import BulkCopies
from api.web.deps import ServingDep, StoreDep
from api.web.downloads import Download, FileOnDisk
from api.web.parameters import NoParameters
from api.web.problems import documented

router = APIRouter(tags=["releases"])

_COMMON = """Notice, licence and attribution are inside. The `ETag` is strong and `Repr-Digest` holds the SHA-256, which
`/v1/releases/current` tells too. An interrupted download goes on with `Range` and `If-Range`."""
_ABOUT = {
    ExportFormat.JSON: "Everything as one JSON document in the usual envelope: whole cards, statements, questions, sources.",
    ExportFormat.NDJSON: "Everything as JSON lines: `collection` and `item`; the first line is `meta`. Made for streaming.",
    ExportFormat.CSV: "Every statement as a row of a flat table (UTF-8, RFC 4180); lists joined by spaces, figures as JSON.",
    ExportFormat.SQLITE: "Everything as an SQLite database, the same tables the service reads from. Made for offline queries.",
}


def export_url(form: ExportFormat) -> str:
    """The address of a bulk copy."""
    return f"/v1/export.{form}"


def to_file(file: ExportFile, release: Release) -> FileOnDisk:
    """A bulk copy under the name people keep it by."""
    name = f"calcification-{release.id}-{release.digest[:12]}.{file.format}"
    return FileOnDisk(file.path, name, file.media_type, file.size, file.sha256)


def _handler(form: ExportFormat) -> Callable[..., Response]:
    def read(store: StoreDep, serving: ServingDep, asked: Annotated[NoParameters, Query()]) -> Response:
        wanted = BulkCopies(serving.settings.data_dir)
        copies = store.part(wanted)
        if not copies[form].is_untouched():
            store.forget(wanted)
            copies = store.part(wanted)
        return Download(to_file(copies[form], store.catalogue.release))

    return read


def _responses(form: ExportFormat) -> dict[int | str, dict[str, Any]]:
    kind = MEDIA_TYPES[form].partition(";")[0]
    schema = {"type": "object"} if form is ExportFormat.JSON else {"type": "string", "format": "binary"}
    content = {kind: {"schema": schema}}
    part = {"description": "The part asked for with Range.", "content": content}
    return {200: {"description": "The whole file.", "content": content}, 206: part, **documented(416)}


for _form in ExportFormat:
    router.add_api_route(
        export_url(_form).removeprefix("/v1"),
        _handler(_form),
        name=f"export_{_form}",
        summary=f"Export everything as {_form.upper()}",
        description=f"{_ABOUT[_form]}\n\n{_COMMON}",
        response_class=Response,
        responses=_responses(_form),
        openapi_extra={"x-example": export_url(_form)},
    )
