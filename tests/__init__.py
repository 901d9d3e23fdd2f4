"""Tests on real parts: real SQLite files, a real PostgreSQL, a real server over loopback."""
