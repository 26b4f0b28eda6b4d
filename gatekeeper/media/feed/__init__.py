"""Sinks that pass on what is captured here, to who is lent the permit."""
