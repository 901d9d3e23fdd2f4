"""Finds concepts, statements and questions for words a person typed. Knows the release, not HTTP."""
