"""Reads the lines of a mammogram report: what they name, with which status, side and size. Knows the release, not HTTP."""
