"""How the house is put together: one builder an area."""
