"""Measurements; they assert nothing about time."""
