"""The service as tools, resources and prompts for language models (MCP). Same selection as REST; never imports FastAPI."""
