"""People who sign, a notice, and a clock that stands still."""

import json
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import rfc8785
from hypothesis import HealthCheck, settings
from joserfc import jws
from joserfc.jwk import ECKey, OKPKey

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import (
    Decision,
    FeatureId,
    LanguageTag,
    OpeningId,
    RoomId,
    SharedWith,
    SourceKind,
)
from gatekeeper.evidence.entries import (
    Body,
    CaptureFinished,
    GateClosed,
    GateOpened,
    GrantWithdrawn,
    MeetingOpened,
    MeetingSealed,
    NoticePublished,
    PartBegan,
)
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.evidence.statement import SignedDecision, verify_decision
from gatekeeper.storage.rooms import RoomRecord

ROOM = RoomId("kZ1pC0bY3mVx8Qe5Rt7Wug")
RECORDING = FeatureId("recording")
FIRST = OpeningId("first")
NOTICE = Notice(
    feature=RECORDING,
    language=LanguageTag("en"),
    name="Recording",
    object="recording",
    meaning="A film of the meeting is kept, für those who were in it.",
    captured="Your voice and your picture.",
    purpose="To look things up later.",
    processor="This server.",
    recipients="Everybody who was in the meeting.",
    retention="14 days.",
    withdrawal='Press "Recording" again.',
)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEA = RoomRecord(ROOM, "Tea", LanguageTag("en"), (RECORDING,), bytes(32), NOON)
VECTORS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("vectors.json").read_text("utf-8")
)


def noon() -> datetime:
    return NOON


unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For properties: a slow machine proves nothing wrong."""


class Signer:
    """A participant with the private half of their key."""

    def __init__(self, alg: str = "Ed25519") -> None:
        self.alg = alg
        self.private: OKPKey | ECKey = (
            OKPKey.generate_key("Ed25519")
            if alg == "Ed25519"
            else ECKey.generate_key("P-256")
        )
        public = self.private.as_dict(private=False)
        self.key = ParticipantKey.from_jwk(
            {name: public[name] for name in ("kty", "crv", "x", "y") if name in public}
        )

    def says(self, decision: str = "granted", **changed: str) -> dict[str, str]:
        """The members of a decision."""
        return {
            "type": "gatekeeper/decision/v3",
            "meeting": ROOM,
            "subject": self.key.thumbprint,
            "feature": RECORDING,
            "decision": decision,
            "notice": NOTICE.digest,
            "language": "en",
            "life": "thisVeryLife",
            "nonce": secrets.token_urlsafe(16),
        } | changed

    def signs(self, payload: bytes | dict[str, str], **header: Any) -> str:
        """A compact JWS over `payload`, canonical if it is given as members."""
        raw = payload if isinstance(payload, bytes) else rfc8785.dumps(payload)
        return jws.serialize_compact(
            {"alg": self.alg, **header}, raw, self.private, [self.alg]
        )

    def decides(self, decision: str = "granted", **changed: str) -> SignedDecision:
        return self._decided(self.says(decision, **changed))

    def decides_earlier(
        self, version: str, decision: str = "granted"
    ) -> SignedDecision:
        """In an earlier version of a statement."""
        return self._decided(self.says_earlier(version, decision))

    def says_earlier(self, version: str, decision: str = "granted") -> dict[str, str]:
        """`v2` says when it was made; `v1` is from before rooms had lives, too."""
        at = "2026-11-22T11:59:58.125Z"
        said = self.says(decision, type=f"gatekeeper/decision/{version}", at=at)
        if version == "v1":
            del said["life"]
        return said

    def _decided(self, said: dict[str, str]) -> SignedDecision:
        return verify_decision(
            self.signs(said),
            key=self.key,
            room=RoomId(said["meeting"]),
            feature=FeatureId(said["feature"]),
            decision=Decision(said["decision"]),
        )


def begins() -> list[Body]:
    return [
        MeetingOpened(language=LanguageTag("en"), features=(RECORDING,)),
        NoticePublished.of(NOTICE),
    ]


def opens(
    *grants: SignedDecision,
    opening: OpeningId = FIRST,
    shared_with: SharedWith | None = SharedWith.PRESENT,
) -> GateOpened:
    return GateOpened.of(RECORDING, opening, grants, shared_with)


def parts(number: int, *people: Signer, opening: OpeningId = FIRST) -> PartBegan:
    present = tuple(sorted(who.key.thumbprint for who in people))
    return PartBegan(feature=RECORDING, opening=opening, part=number, people=present)


def closes(opening: OpeningId = FIRST, last: datetime | None = None) -> GateClosed:
    return GateClosed(feature=RECORDING, opening=opening, last=last)


def withdraws(
    grant: SignedDecision, withdrawal: SignedDecision | None = None
) -> GrantWithdrawn:
    return GrantWithdrawn(
        feature=RECORDING,
        nonce=grant.nonce,
        statement=withdrawal.statement if withdrawal else None,
    )


def captures(who: Signer, opening: OpeningId = FIRST, part: int = 0) -> CaptureFinished:
    return CaptureFinished(
        feature=RECORDING,
        opening=opening,
        subject=who.key.thumbprint,
        source=SourceKind.CAMERA,
        sha256="0" * 64,
        bytes=1234,
        first=NOON,
        last=NOON + timedelta(seconds=3),
        part=part,
    )


def whole_meeting(*people: Signer) -> list[Body]:
    """Everybody agrees, is captured; the first of them withdraws."""
    grants = [person.decides() for person in people]
    return [
        *begins(),
        opens(*grants),
        closes(),
        withdraws(grants[0], people[0].decides("declined")),
        *(captures(person) for person in people),
        MeetingSealed(),
    ]
