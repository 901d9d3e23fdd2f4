"""Bulk copies of a release as files: made once, checked by SHA-256, given out in parts."""
