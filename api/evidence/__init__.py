"""The figures behind shapes and spreads, and standard codes. Knows the release, not HTTP."""
