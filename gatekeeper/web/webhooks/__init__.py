"""Webhooks: what happens in a service's rooms, told where the service wants it told."""
