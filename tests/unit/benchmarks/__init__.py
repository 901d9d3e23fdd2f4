"""The generator of large content and the report."""
