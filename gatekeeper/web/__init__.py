"""aiohttp: pages, JSON API, sockets, and what strangers may send."""
