"""The page that describes the service to people, working without any other host, and the description of problems."""

from functools import partial
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel
from starlette.responses import HTMLResponse, JSONResponse, Response

from api.errors import NotFound
from api.web.examples import with_real_answers
from api.web.parameters import NoParameters
from api.web.problems import PROBLEMS, documented

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Calcification Knowledge API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<div id="swagger-ui">
<noscript>This page needs JavaScript. The same description is at <a href="/openapi.json">/openapi.json</a>.</noscript>
</div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  validatorUrl: null
});
"""

router = APIRouter()


class ProblemKindOut(BaseModel):
    """One kind of problem."""

    code: str
    status: int
    title: str


@router.get("/docs", include_in_schema=False)
def page() -> HTMLResponse:
    """The description as a page."""
    return HTMLResponse(_PAGE, headers={"Content-Security-Policy": _POLICY})


@router.get("/docs/start.js", include_in_schema=False)
def start_script() -> Response:
    """What starts the page."""
    return Response(_START, media_type="text/javascript")


@router.get(
    "/problems",
    name="list_problems",
    summary="List kinds of problems",
    tags=["operations"],
    responses=documented(),
    openapi_extra={"x-example": "/problems"},
)
def list_problems(asked: Annotated[NoParameters, Query()]) -> list[ProblemKindOut]:
    """Every kind of problem an answer may report, with its stable code and status."""
    return [ProblemKindOut(code=code, status=status, title=title) for code, (status, title) in PROBLEMS.items()]


@router.get(
    "/problems/{code}",
    name="get_problem",
    summary="Read one kind of problem",
    tags=["operations"],
    responses=documented(404),
    openapi_extra={"x-example": "/problems/not-found"},
)
def get_problem(code: str, asked: Annotated[NoParameters, Query()]) -> ProblemKindOut:
    """The kind of problem that the `type` of a problem document points to."""
    if code not in PROBLEMS:
        raise NotFound("problem", code[:80])
    status, title = PROBLEMS[code]
    return ProblemKindOut(code=code, status=status, title=title)


def install(app: FastAPI) -> None:
    """Add the pages and their files to the app."""
    app.include_router(router)
    assets = files("fastapi_offline") / "static"
    app.mount("/docs/assets", StaticFiles(directory=str(assets)), name="docs-assets")

    @app.get("/openapi.json", include_in_schema=False)
    async def openapi(request: Request, asked: Annotated[NoParameters, Query()]) -> JSONResponse:
        ready = request.app.state.serving.digest is not None
        inside = partial(FastAPI.__call__, app)  # the layers in front are for callers: limits, host names, metrics
        return JSONResponse(await with_real_answers(inside, app.openapi()) if ready else app.openapi())
