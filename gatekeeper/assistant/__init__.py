"""Sinks that listen: transcript, summary, compose."""
