"""The REST face: routes and their public shapes."""
