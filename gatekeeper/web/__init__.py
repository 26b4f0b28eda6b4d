"""aiohttp: pages, JSON API, sockets; where everything is wired together."""
