"""Prompts to start from, and what every model is told. Their words are content: they stand in the seed."""

import re
from dataclasses import dataclass
from typing import Any

from mcp_types import GetPromptResult, ListPromptsResult, Prompt, PromptArgument, PromptMessage, TextContent
from sqlmodel import Session

from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.mcp.faults import UNKNOWN_PROMPT, missing_argument

_PLACE = re.compile(r"\{([a-z_]+)\}")
_LONGEST = 20_000
_LEFT_OUT = "not said"


@dataclass(frozen=True)
class Guide:
    """The words for models of a release."""

    about: str
    rules: tuple[str, ...]
    prompts: dict[str, dict[str, Any]]

    @property
    def instructions(self) -> str:
        """What a model is told when it connects."""
        return "\n".join([self.about, *(f"- {rule}" for rule in self.rules)])


def load_guide(session: Session, _catalogue: Catalogue) -> Guide:
    """Read the words for models."""
    data = load_language_file(session, "chatbots")
    prompts = {prompt["name"]: prompt for prompt in data.get("prompts", ())}
    return Guide(data.get("about", ""), tuple(data.get("rules", ())), prompts)


def list_prompts(guide: Guide) -> ListPromptsResult:
    """Every prompt with its arguments."""
    return ListPromptsResult(
        prompts=[
            Prompt(
                name=prompt["name"],
                title=prompt["title"],
                description=prompt["description"],
                arguments=[
                    PromptArgument(name=item["name"], description=item["description"], required=item.get("required", True))
                    for item in prompt["arguments"]
                ],
            )
            for prompt in guide.prompts.values()
        ]
    )


def get_prompt(guide: Guide, name: str, given: dict[str, str]) -> GetPromptResult:
    """A prompt filled in. Raises MCPError for an unknown prompt and for arguments that are missing, unknown or too long."""
    prompt = guide.prompts.get(name)
    if prompt is None:
        raise UNKNOWN_PROMPT.as_error()
    arguments = {item["name"]: item for item in prompt["arguments"]}
    missing = [key for key, item in arguments.items() if item.get("required", True) and not given.get(key)]
    if missing or given.keys() - arguments.keys() or any(len(value) > _LONGEST for value in given.values()):
        raise missing_argument(tuple(arguments), _LONGEST).as_error()

    def filled(place: "re.Match[str]") -> str:
        return given.get(place[1]) or _LEFT_OUT

    text = "\n".join(_PLACE.sub(filled, step) for step in prompt["steps"])
    message = PromptMessage(role="user", content=TextContent(type="text", text=text))
    return GetPromptResult(description=prompt["description"], messages=[message])
