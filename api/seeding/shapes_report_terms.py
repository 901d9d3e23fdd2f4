"""The shape of `language/report-terms.yaml`: what report writers call things, and what is not ours."""

from typing import Annotated

from pydantic import StringConstraints

from api.seeding.records import Record
from api.vocabulary import Slug

Phrase = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Phrases = tuple[Phrase, ...]


class SwapRecord(Record):
    """The other concept these words name when a mention of `near` stands in the same sentence."""

    near: Slug
    concept: Slug


class ReportTermRecord(Record):
    """Ways to say one concept. `{class}` in a phrase stands for any word of that class, `=` before a phrase for exact capitals.

    `closer` is the narrower concept that explains it best. `status` is what the words mean without any cue; `planned` is the
    concept they name when they are still to come. `needs_calcification`: only in reports that speak of calcifications at all.
    `planned_only`: counts only when it is still to come; `never_step`: never a recommendation;
    `echo`: dropped where the sentence names the concept in other words, too; `needs_plan`: a
    recommendation only with words that say so.
    """

    concept: Slug
    says: Phrases
    closer: Slug | None = None
    status: Phrase | None = None
    planned: Slug | None = None
    side: Phrase | None = None
    instead: SwapRecord | None = None
    needs_calcification: bool = False
    planned_only: bool = False
    never_step: bool = False
    echo: bool = False
    needs_plan: bool = False


class ReportTermsRecord(Record):
    """Terms, word classes, exclusions, what dictation mishears, names to know by their sound, and spoken punctuation."""

    classes: dict[Phrase, Phrases]
    terms: tuple[ReportTermRecord, ...]
    exclusions: Phrases
    heard_as: dict[Phrase, Phrases]
    by_ear: Phrases
    spoken: dict[Phrase, Phrases]
