"""The sink that keeps: files of what was sent, as it was sent."""
