"""Compose: drafts in the chat that only their owner sees."""
