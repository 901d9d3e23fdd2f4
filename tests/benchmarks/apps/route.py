"""A FastAPI route that returns ready bytes: what a framework route costs when there is nothing left to make."""

import os
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import Response

_BODY = (Path(os.environ["BENCH_SAMPLE"]) / "body").read_bytes()
app = FastAPI()


@app.get("/v1/subtypes/{slug}")
async def read(slug: str) -> Response:
    """The bytes, whatever the slug."""
    return Response(_BODY, media_type="application/json")
