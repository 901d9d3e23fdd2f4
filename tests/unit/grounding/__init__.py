"""Tests of grounding by itself."""
