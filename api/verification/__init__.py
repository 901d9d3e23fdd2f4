"""Holds the sentences of an answer against the statements. Knows search, not HTTP."""
