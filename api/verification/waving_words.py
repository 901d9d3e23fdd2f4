"""The words by which a warning sign or an appointment is waved away, as matchers."""

from typing import Any

from api.verification.words import Phrases, listed


class WavingWords:
    """Words that call a thing harmless, attention to it unneeded, or neglect of it fine; and what should not be missed."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.harmless = _phrases(content["harmless"])
        self.unneeded = _phrases(content["unneeded"])
        self.attention = _phrases(content["attention"])
        self.permitting = _phrases(content["permitting"])
        self.neglecting = _phrases(content["neglecting"])
        self.denials = _phrases(content["denials"])
        self.mild = _phrases(content["mild"])
        self.appointments: list[tuple[str, str]] = [
            (cue, item["statement"]) for item in content["appointments"] for cue in item["cues"]
        ]


def _phrases(rows: list[str]) -> Phrases[bool]:
    return Phrases((word, True) for word in listed(rows))
