"""Summaries: by a model, or highlights by rules."""
