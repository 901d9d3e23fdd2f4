"""From a question to few citable passages, or an honest refusal. Knows search, not HTTP."""
