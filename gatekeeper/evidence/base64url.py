"""base64url without padding (RFC 7515, 2), which has one spelling here."""

import base64


def is_base64url(text: str) -> bool:
    """Whether it is spelled as it should be: no bit is spare."""
    try:
        return encoded(decoded(text)) == text
    except ValueError:
        return False


def decoded(text: str) -> bytes:
    """Raises `ValueError`."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encoded(raw: bytes) -> str:
    """As it is spelled."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
