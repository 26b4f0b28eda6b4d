"""The model client: any OpenAI-compatible endpoint."""
