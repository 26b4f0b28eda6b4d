"""How a server is put together: one builder an area."""
