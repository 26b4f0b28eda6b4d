"""The example of a configuration: beside the package in a checkout, else within it."""

from pathlib import Path

NAME = "config.example.toml"


def example() -> str:
    """Its text."""
    package = Path(__file__).parents[1]
    inside = package / NAME
    return (inside if inside.exists() else package.parent / NAME).read_text("utf-8")
