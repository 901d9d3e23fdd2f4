"""Words that were read as others, as search, grounding and verification tell them."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, Field

from api.search.reader import Correction


class CorrectionOut(BaseModel):
    """A word that was read as another."""

    typed: Annotated[str, Field(description="As typed.", examples=["calcifcations"])]
    meant: Annotated[str, Field(description="As read.", examples=["calcification"])]


def corrections_out(corrections: Iterable[Correction]) -> list[CorrectionOut]:
    """What was read past, each once."""
    return [CorrectionOut(typed=item.typed, meant=item.meant) for item in corrections]
