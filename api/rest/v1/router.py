"""Version 1 of the REST API: every noun in reading order."""

from fastapi import APIRouter

from api.rest.v1 import (
    assessments,
    concepts,
    conditions,
    distributions,
    grounding,
    guidance,
    nested,
    questions,
    releases,
    search,
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
    search,
    grounding,
    releases,
    nested,
)

router = APIRouter(prefix="/v1")
for noun in _NOUNS:
    router.include_router(noun.router)
