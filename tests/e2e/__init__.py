"""A real server over loopback."""
