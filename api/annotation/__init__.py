"""Reads report lines: concepts, their status, side and place. Knows the release, not HTTP."""
