"""Every error as a problem document (RFC 9457): one table from error class to status and title, one body, no internals."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from api.errors import BadQuery, KnowledgeError, NotFound, NotReady, Renamed, Retired
from api.web.near import nearest

MEDIA_TYPE = "application/problem+json"
PROBLEMS: dict[str, tuple[int, str]] = {
    NotFound.code: (404, "Not found"),
    Retired.code: (410, "Gone"),
    BadQuery.code: (422, "Unusable parameter"),
    "took-too-long": (503, "Took too long"),
    NotReady.code: (503, "Not ready"),
    "no-such-path": (404, "No such path"),
    "method-not-allowed": (405, "Method not allowed"),
    "not-acceptable": (406, "Not acceptable"),
    "body-too-large": (413, "Body too large"),
    "url-too-long": (414, "Address too long"),
    "unsupported-media-type": (415, "Unsupported media type"),
    "range-not-satisfiable": (416, "Range not satisfiable"),
    "invalid-request": (422, "Invalid request"),
    "bad-request": (400, "Bad request"),
    "request-timeout": (408, "Request too slow"),
    "other-host": (421, "Not served under this name"),
    "too-many-requests": (429, "Too many requests"),
    "headers-too-large": (431, "Headers too large"),
    "internal-error": (500, "Internal error"),
}
_MOVED = 308
_ANYWHERE = {400, 405, 406, 408, 413, 414, 415, 421, 422, 429, 431, 500, 503}
_CODES_OF_STATUS = {
    404: "no-such-path",
    405: "method-not-allowed",
    400: "bad-request",
    413: "body-too-large",
    415: "unsupported-media-type",
}


class FaultOut(BaseModel):
    """One thing wrong with a request."""

    parameter: Annotated[str | None, Field(description="The query, path or header parameter at fault.")] = None
    pointer: Annotated[str | None, Field(description="JSON pointer to the fault in the body.")] = None
    detail: Annotated[str, Field(description="What is wrong, in a sentence.", examples=["Unknown parameter."])]
    near: Annotated[list[str], Field(description="Values that exist and look alike.")] = []


class ProblemOut(BaseModel):
    """A problem document as RFC 9457 describes it, with a stable `code` and a `hint` on what to do."""

    type: Annotated[
        str, Field(description="Address of the description of this kind of problem.", examples=["/problems/not-found"])
    ]
    title: Annotated[str, Field(description="Short name of the kind of problem.", examples=["Not found"])]
    status: Annotated[int, Field(description="The HTTP status code.", examples=[404])]
    detail: Annotated[str, Field(description="What went wrong this time.", examples=["No subtype is called 'fine'."])]
    instance: Annotated[str, Field(description="The path that was asked for.", examples=["/v1/subtypes/fine"])]
    code: Annotated[str, Field(description="Stable code for programs.", examples=["not-found"])]
    hint: Annotated[str | None, Field(description="What to do about it.")] = None
    near: Annotated[list[str], Field(description="Slugs or ids that exist and look alike, on 404.")] = []
    errors: Annotated[list[FaultOut], Field(description="Each fault of the request, on 422.")] = []
    request_id: Annotated[str | None, Field(description="Quote this when you report the problem.")] = None


@dataclass(frozen=True)
class Refusal:
    """A problem found before routing; it is answered inside the layers that dress every answer."""

    code: str
    detail: str
    hint: str
    headers: dict[str, str] = field(default_factory=dict)

    def answer(self, scope: Scope) -> Response:
        """The response for this request."""
        about = {"path": scope["path"], "request_id": scope.get("request_id")}
        return problem(self.code, self.detail, hint=self.hint, headers=self.headers, **about)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error responses of an operation for its description; the ones any address may give are always among them.

    They name the shape by reference only: a model here would be made anew for every status of every route at each start.
    """
    titles = dict(PROBLEMS.values())
    body = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{ProblemOut.__name__}"}}}
    responses: dict[int | str, dict[str, Any]] = {
        status: {"description": titles[status], "content": body} for status in sorted({*statuses, *_ANYWHERE} - {_MOVED})
    }
    if _MOVED in statuses:
        responses[_MOVED] = {"description": "Renamed: Location holds the new address."}
    return responses


def problem(
    code: str,
    detail: str,
    *,
    path: str,
    hint: str | None = None,
    near: Sequence[str] = (),
    errors: Sequence[FaultOut] = (),
    request_id: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """The response for a problem code of the table."""
    status, title = PROBLEMS[code]
    body = ProblemOut(
        type=f"/problems/{code}",
        title=title,
        status=status,
        detail=detail,
        instance=quote(path[:200], safe="/-._~"),
        code=code,
        hint=hint,
        near=list(near),
        errors=list(errors),
        request_id=request_id,
    )
    content = body.model_dump(exclude_none=True)
    for name in ("near", "errors"):
        if not content[name]:
            del content[name]
    return JSONResponse(content, status, {"Cache-Control": "no-store", **(headers or {})}, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Make every error of the app a problem document."""
    app.add_exception_handler(KnowledgeError, _knowledge_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _http_error)


def _request_id(request: Request) -> str | None:
    return request.scope.get("request_id")


def _knowledge_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, KnowledgeError)  # noqa: S101  # registered for this class alone
    if isinstance(error, Renamed):
        path = request.url.path.replace(error.slug, error.now)
        query = f"?{request.url.query}" if request.url.query else ""
        return Response(status_code=308, headers={"Location": f"{path}{query}", "Cache-Control": "public, max-age=86400"})
    faults = (
        [FaultOut(parameter=error.parameter, detail=error.detail, near=list(error.near))] if isinstance(error, BadQuery) else []
    )
    code = error.code if error.code in PROBLEMS else "internal-error"
    return problem(
        code,
        error.detail,
        path=request.url.path,
        hint=error.hint,
        near=error.near if isinstance(error, NotFound) else (),
        errors=faults,
        request_id=_request_id(request),
        headers={"Retry-After": "5"} if isinstance(error, NotReady) else None,
    )


def _invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  # registered for this class alone
    known = _known_parameters(request)
    faults = [_fault(item, known) for item in error.errors()]
    unknown = any(item["type"] == "extra_forbidden" for item in error.errors())
    return problem(
        "invalid-request",
        f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'} in the request.",
        path=request.url.path,
        hint=f"This address knows: {', '.join(known) or 'no parameters'}." if unknown else "See errors for each fault.",
        errors=faults,
        request_id=_request_id(request),
    )


def _fault(item: Any, known: list[str]) -> FaultOut:
    where, *rest = item["loc"]
    name = str(rest[0])[:80] if rest else ""
    if where == "body" and item["type"] == "extra_forbidden":
        # The name of an unknown member is text of the caller, which no error repeats: the pointer is its parent's.
        near = nearest(str(rest.pop())[:80], known)
        return FaultOut(pointer=_pointer(rest), detail="It has an unknown member.", near=list(near))
    if item["type"] == "extra_forbidden":
        return FaultOut(parameter=name, detail="Unknown parameter.", near=list(nearest(name, known)))
    detail = f"{item['msg']}."
    if where == "body":
        return FaultOut(pointer=_pointer(rest), detail=detail)
    return FaultOut(parameter=name, detail=detail)


def _pointer(parts: Sequence[object]) -> str:
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)


def _known_parameters(request: Request) -> list[str]:
    dependant = getattr(request.scope.get("route"), "dependant", None)
    names: list[str] = []
    for parameter in getattr(dependant, "query_params", []):
        fields = getattr(parameter.field_info.annotation, "model_fields", None)
        names += list(fields) if fields is not None else [parameter.alias]
    for parameter in getattr(dependant, "body_params", []):
        names += list(getattr(parameter.field_info.annotation, "model_fields", ()))
    return names


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  # registered for this class alone
    code = _CODES_OF_STATUS.get(error.status_code, "bad-request")
    details = {
        "no-such-path": ("Nothing is served at this path.", "See /docs for every path."),
        "method-not-allowed": (
            f"{request.method[:20]} is not possible here.",
            "Use one of the methods in the Allow header.",
        ),
    }
    detail, hint = details.get(code, ("The request could not be read.", "See /docs for how to ask."))
    headers = dict(error.headers or {})
    if allow := headers.get("Allow"):
        headers["Allow"] = ", ".join(dict.fromkeys([*allow.split(", "), *(["HEAD"] if "GET" in allow else []), "OPTIONS"]))
    return problem(code, detail, path=request.url.path, hint=hint, request_id=_request_id(request), headers=headers)
