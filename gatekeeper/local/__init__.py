"""The gate of an application, as the rest of the same process sees it."""
