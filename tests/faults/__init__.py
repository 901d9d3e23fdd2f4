"""Faults tried on purpose: what breaks under a running service, and what callers meet meanwhile."""
