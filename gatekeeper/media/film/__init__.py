"""The film of a feature: all its openings in one file, made after the meeting."""
