"""Unit tests of the MCP room."""
