"""What the proof raises when it does not hold."""


class Violation(AssertionError):
    """Something was kept that nobody had allowed, or nothing of what was to be kept."""
