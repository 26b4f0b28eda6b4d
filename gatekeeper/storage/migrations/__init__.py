"""Alembic's scripts, inside the package so that a wheel carries them."""
