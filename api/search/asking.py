"""Which sentences of a text are looked at by themselves, and which of them ask: what is told before it is not what is asked."""

from collections.abc import Sequence

from api.search.reader import Reading, Sentence

_SHORTEST, _MOST = 3, 8


def last_sentences(reading: Reading) -> list[Sentence]:
    """The last sentences of a text that has several."""
    sentences = [sentence for sentence in reading.sentences() if len(sentence.stems) >= _SHORTEST]
    return sentences[-_MOST:] if len(sentences) > 1 else []


def asking(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Those that end as a question; where none does, the last."""
    return [sentence for sentence in sentences if sentence.asks] or [*sentences[-1:]]
