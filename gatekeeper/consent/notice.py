"""
Notices: the wording that people are shown, and its digest.

Rule 1: a grant is bound to `Notice.digest`; any other wording is another digest.
Rule 2: a notice says all of fair-consent W1 (GDPR Art. 7(3)) in one language; there
is no fallback to another language here.
"""

import base64
import hashlib
import json
from dataclasses import asdict, dataclass, fields

from gatekeeper.consent.types import FeatureId, LanguageTag, NoticeDigest


@dataclass(frozen=True, slots=True)
class Notice:
    """What one feature does, in one language, as shown before the choice."""

    feature: FeatureId
    language: LanguageTag
    name: str
    """The feature's name as a heading: "AI summary"."""
    object: str
    """The name inside a sentence, as in "Allow recording"."""
    meaning: str
    """One plain sentence: what it does, and for what."""
    captured: str
    """What is captured."""
    purpose: str
    """What for."""
    processor: str
    """Who processes it, with which model, and where."""
    recipients: str
    """Who receives the result."""
    retention: str
    """How long it is kept."""
    withdrawal: str
    """How to change one's mind."""

    def canonical(self) -> bytes:
        """
        The notice as canonical JSON (RFC 8785): the bytes that are digested.

        An object of texts alone needs of that no more than sorted names and no spaces.
        Raises `UnicodeEncodeError` for half a surrogate pair.
        """
        said = json.dumps(
            asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return said.encode()

    @property
    def digest(self) -> NoticeDigest:
        """base64url SHA-256 of `canonical()`, 43 characters."""
        raw = hashlib.sha256(self.canonical()).digest()
        return NoticeDigest(base64.urlsafe_b64encode(raw).rstrip(b"=").decode())


TEXTS = tuple(
    field.name for field in fields(Notice) if field.name not in ("feature", "language")
)
"""The fields of a notice that are wording."""
