"""The face for language models: few curated tools over the Model Context Protocol."""
