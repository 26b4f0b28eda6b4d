"""A meeting as one archive that carries its own proof."""
