"""Nothing here fails on wall-clock time, hypothesis's deadlines included."""

from hypothesis import settings

settings.register_profile("media", deadline=None)
settings.load_profile("media")
