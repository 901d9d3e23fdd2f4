"""Shape of the language file for chatbots: what models are told about using this service, and prompts to start from."""

from typing import Annotated

from pydantic import Field, StringConstraints

from api.seeding.records import Line, Record

Name = Annotated[str, StringConstraints(pattern=r"^[a-z]+(?:-[a-z]+)*$", max_length=40)]
ArgumentName = Annotated[str, StringConstraints(pattern=r"^[a-z_]+$", max_length=40)]
Guidance = Annotated[str, StringConstraints(min_length=10, max_length=2000)]


class PromptArgumentRecord(Record):
    """What a person fills in; `{name}` stands for it in the steps."""

    name: ArgumentName
    description: Line
    required: bool = True


class PromptRecord(Record):
    """One prompt a person may start a conversation with."""

    name: Name
    title: Line
    description: Line
    arguments: Annotated[tuple[PromptArgumentRecord, ...], Field(min_length=1)]
    steps: Annotated[tuple[Guidance, ...], Field(min_length=1)]


class ChatbotsRecord(Record):
    """`chatbots.yaml`: the rules every chatbot is given, in order of weight, and the prompts."""

    about: Guidance
    rules: Annotated[tuple[Line, ...], Field(min_length=1)]
    prompts: Annotated[tuple[PromptRecord, ...], Field(min_length=1)]
