"""Tests of reading typed text, cues and full text."""
