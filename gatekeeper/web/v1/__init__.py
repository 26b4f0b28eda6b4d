"""The API for services: programs with a key of their own."""
