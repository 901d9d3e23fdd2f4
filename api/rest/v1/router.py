"""Version 1 of the REST API: every noun in reading order."""

from fastapi import APIRouter

from api.rest.v1 import (
    assessments,
    changes,
    concepts,
    conditions,
    distributions,
    exports,
    guidance,
    nested,
    questions,
    releases,
    sources,
    statements,
    subtypes,
    types,
)

_NOUNS = (
    types,
    subtypes,
    distributions,
    conditions,
    guidance,
    assessments,
    questions,
    concepts,
    statements,
    sources,
    releases,
    changes,
    exports,
    nested,
)

router = APIRouter(prefix="/v1")
for noun in _NOUNS:
    router.include_router(noun.router)
