"""The seed as subject."""
