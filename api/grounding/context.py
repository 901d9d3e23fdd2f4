"""The chosen passages as text for a model: one block each with numbered citations, and the formats of model makers."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from api.grounding.passages import Candidate, Passage
from api.grounding.safety import SafetyNote
from api.grounding.tokens import estimate
from api.knowledge.views import Citation, Statement

_MOST_SOURCES = 3


class Format(StrEnum):
    """For whom the passages are laid out."""

    JSON = "json"
    ANTHROPIC = "anthropic"
    OPENAI = "openai"
    MARKDOWN = "markdown"


def cost(statements: Sequence[Statement]) -> int:
    """Tokens a passage of these statements takes in the context, numbering and sources included."""
    return estimate(_block(99, statements))


def safety_block(notes: tuple[SafetyNote, ...]) -> str:
    """What must be said, as one block; empty when there is nothing."""
    return "\n".join(f"Always say: {note.text}" for note in notes)


def context_of(chosen: tuple[Passage, ...], notes: tuple[SafetyNote, ...], max_tokens: int | None) -> str:
    """The passages as one prompt block, with what must be said first where the budget has room for it."""
    blocks = [_block(number, item.statements) for number, item in enumerate(chosen, start=1)]
    before = safety_block(notes)
    if before and (max_tokens is None or estimate("\n\n".join([before, *blocks])) <= max_tokens):
        blocks.insert(0, before)
    return "\n\n".join(blocks)


def _block(number: int, statements: Sequence[Statement]) -> str:
    return f"[{number}] {' '.join(statement.text for statement in statements)}\n{sources_line(statements)}"


def sources_line(statements: Sequence[Statement]) -> str:
    """The sources of a passage in one line, the strongest first."""
    named = [_named(citation) for citation in citations_of(statements)]
    shown = list(dict.fromkeys(named))
    more = f"; and {len(shown) - _MOST_SOURCES} more" if len(shown) > _MOST_SOURCES else ""
    ids = ", ".join(statement.id for statement in statements)
    return f"(statement {ids}; source: {'; '.join(shown[:_MOST_SOURCES])}{more})"


def citations_of(statements: Sequence[Statement]) -> list[Citation]:
    """Every citation of every statement, in reading order."""
    return [citation for statement in statements for citation in statement.citations]


def _named(citation: Citation) -> str:
    source = citation.source
    year = f", {source.year}" if source.year else ""
    link = f", {source.url}" if source.url else ""
    return f"{source.title}{year}{link}"


def blocks_of(chosen: tuple[Passage, ...], layout: Format) -> list[dict[str, Any]] | str | None:
    """The passages in a model maker's layout, one block a statement; None for plain JSON."""
    if layout is Format.MARKDOWN:
        return "\n\n".join(_markdown(number, item) for number, item in enumerate(chosen, start=1))
    if layout is Format.ANTHROPIC:
        return [_search_result(item) for item in chosen]
    if layout is Format.OPENAI:
        return [
            {"type": "input_text", "text": f"[{number}] {statement.text} (statement {statement.id})"}
            for number, item in enumerate(chosen, start=1)
            for statement in item.statements
        ]
    return None


def _search_result(item: Passage) -> dict[str, Any]:
    return {
        "type": "search_result",
        "source": passage_url(item.candidate),
        "title": "; ".join(dict.fromkeys(citation.source.title for citation in citations_of(item.statements))),
        "content": [{"type": "text", "text": statement.text} for statement in item.statements],
        "citations": {"enabled": True},
    }


def _markdown(number: int, item: Passage) -> str:
    lines = [f"**{number}.** {item.text}"]
    for citation in dict.fromkeys(citations_of(item.statements)):
        title = f"[{citation.source.title}]({citation.source.url})" if citation.source.url else citation.source.title
        year = f", {citation.source.year}" if citation.source.year else ""
        lines.append(f"   - {title}{year} ({citation.locator})")
    return "\n".join(lines)


def passage_url(candidate: Candidate) -> str:
    """The address of a passage: its statement's, or its question's."""
    if candidate.question_rank is None:
        return f"/v1/statements/{candidate.id}"
    return f"/v1/questions/{candidate.id.partition('~')[0]}"
