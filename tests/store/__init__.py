"""Tests of building and opening releases."""
