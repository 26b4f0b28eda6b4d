"""A notice, as the console shows it."""

from gatekeeper.web.shape import Shape


class Wording(Shape):
    """A notice as it was shown."""

    feature: str
    language: str
    name: str
    object: str
    meaning: str
    captured: str
    purpose: str
    processor: str
    recipients: str
    retention: str
    withdrawal: str
