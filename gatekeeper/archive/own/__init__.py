"""Requests of a person: all that is held of them, as one archive, or gone."""
