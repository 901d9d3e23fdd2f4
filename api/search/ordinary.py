"""Ordinary English, read from a dictionary when a release is built."""

from collections.abc import Iterator

from spellchecker import SpellChecker

from api.search.terms import normal


def ordinary_words() -> Iterator[str]:
    """The comparable forms of ordinary English words."""
    return (normal(word) for word in SpellChecker(language="en").word_frequency.dictionary if word.isalpha())
