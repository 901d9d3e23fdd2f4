"""Version 1 of the REST API: every noun in reading order."""

from fastapi import APIRouter

from api.rest.v1 import (
    annotations,
    assessments,
    changes,
    codes,
    concepts,
    conditions,
    distributions,
    exports,
    grounding,
    guidance,
    matrix,
    nested,
    questions,
    releases,
    resolve,
    risks,
    search,
    sources,
    statements,
    subtypes,
    types,
    verify,
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
    risks,
    matrix,
    codes,
    resolve,
    search,
    grounding,
    releases,
    changes,
    exports,
    nested,
    verify,
    annotations,
)

router = APIRouter()
for noun in _NOUNS:
    router.include_router(noun.router)
