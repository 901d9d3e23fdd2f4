"""Reads the release: queries in, frozen views out. Knows the store, not the web."""
