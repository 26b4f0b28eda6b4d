"""Backups: made while a server serves, and brought back without what was deleted."""
