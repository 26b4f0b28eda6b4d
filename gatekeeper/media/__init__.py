"""Sinks that keep: tap, recording."""
