"""Tests of what callers rely on."""
