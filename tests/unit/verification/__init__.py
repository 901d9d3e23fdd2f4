"""Unit tests of the verification room."""
