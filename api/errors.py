"""The errors of the domain: a stable code, a sentence, and facts as fields. No status numbers, no web import."""

from dataclasses import dataclass
from typing import ClassVar


class KnowledgeError(Exception):
    """The base of every error this service raises on purpose."""

    code: ClassVar[str] = "knowledge-error"

    def __init__(self, detail: str, hint: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.hint = hint


class NotFound(KnowledgeError):
    """Nothing of that kind carries that slug or id; `near` holds the closest ones that exist."""

    code = "not-found"

    def __init__(self, kind: str, slug: str, near: tuple[str, ...] = ()) -> None:
        hint = f"Did you mean {', '.join(near)}?" if near else f"List the {kind} collection to see what exists."
        super().__init__(f"No {kind} is called '{slug}'.", hint)
        self.near = near


class Renamed(KnowledgeError):
    """The slug moved; `now` is the slug to ask for."""

    code = "renamed"

    def __init__(self, slug: str, now: str) -> None:
        super().__init__(f"'{slug}' is now called '{now}'.", f"Ask for '{now}'.")
        self.slug = slug
        self.now = now


class Retired(KnowledgeError):
    """The slug named something that is served no longer."""

    code = "retired"

    def __init__(self, slug: str, reason: str) -> None:
        super().__init__(f"'{slug}' is no longer served: {reason}", "Remove the address from your app.")


class BadQuery(KnowledgeError):
    """A parameter has a value that cannot be used."""

    code = "bad-query"

    def __init__(self, parameter: str, detail: str, hint: str | None = None, near: tuple[str, ...] = ()) -> None:
        super().__init__(detail, hint or f"Correct '{parameter}', or leave it out.")
        self.parameter = parameter
        self.near = near


class NotReady(KnowledgeError):
    """There is no whole release to serve; the hint says what to run."""

    code = "not-ready"


class StoreUnusable(KnowledgeError):
    """The database cannot be served: missing, damaged, half built, or from another schema."""

    code = "store-unusable"


@dataclass(frozen=True, order=True)
class Finding:
    """One thing a curator has to mend: the file, the key inside it, and what to do."""

    file: str
    key: str
    remedy: str


class ContentInvalid(KnowledgeError):
    """The seed breaks a rule; carries every finding."""

    code = "content-invalid"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"The content has {len(findings)} findings.", "Run 'calcification-api check' to see them.")
        self.findings = findings
