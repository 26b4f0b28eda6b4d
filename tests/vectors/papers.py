"""What the parties of the vectors hold: receipts, proofs, audits, as members."""

import base64
import hashlib
from typing import Any

from tests.vectors.parties import (
    ANN,
    BEN,
    GATE,
    LOG,
    MEETING,
    Edwards,
    Nist,
    base64url,
    seed,
    spelled,
)

RECEIPT, AUDIT = "gatekeeper-receipt+jws", "gatekeeper-audit+jws"
NOTICE = {
    "feature": "recording",
    "language": "en",
    "name": "Recording",
    "object": "recording",
    "meaning": "A film of the meeting is kept, für those who were in it. \U0001f3a5",
    "captured": "Your voice and your picture.",
    "purpose": "To look things up later.",
    "processor": "This server.",
    "recipients": "Everybody who was in the meeting.",
    "retention": "14 days.",
    "withdrawal": 'Press "Recording" again.',
}
CONTROLLER = {"name": "Tea Society", "place": "Kyoto", "contact": "tea@example.org"}
AT = "2026-11-22T12:00:00.000000Z"


def digest(notice: dict[str, str]) -> str:
    return base64url(hashlib.sha256(spelled(notice)).digest())


def decides(
    who: Edwards | Nist,
    decision: str = "granted",
    version: int = 3,
    notice: dict[str, str] = NOTICE,
) -> dict[str, str]:
    """The members of a decision."""
    said = {
        "type": f"gatekeeper/decision/v{version}",
        "meeting": MEETING,
        "subject": who.kid,
        "feature": notice["feature"],
        "decision": decision,
        "notice": digest(notice),
        "language": notice["language"],
        "nonce": base64url(seed(f"{who.name} {decision}")[:16]),
    }
    if version > 1:
        said["life"] = "b6f1d0c2a49e8857b6f1d0c2a49e8857"
    if version < 3:
        said["at"] = "2026-11-22T11:59:58.125Z"
    return said


def entry(who: Edwards | Nist, event: str) -> str:
    """The hash of the entry that tells of it."""
    return seed(f"entry {who.name} {event}").hex()


def receipt(
    who: Edwards | Nist,
    event: str = "granted",
    version: int = 3,
    signed: bool = True,
    notice: dict[str, str] = NOTICE,
) -> dict[str, Any]:
    """The members of a receipt. `signed`: whether the withdrawal was."""
    taken = event == "withdrawn" and signed
    said = {
        "@context": {
            "ai": "https://w3id.org/dpv/ai#",
            "dct": "http://purl.org/dc/terms/",
            "dpv": "https://w3id.org/dpv#",
            "pd": "https://w3id.org/dpv/pd#",
        },
        "@type": "dpv:ConsentReceipt",
        "type": "gatekeeper/receipt/v1",
        "event": event,
        "grant": {
            "statement": who.states(decides(who, "granted", version, notice)),
            "key": who.jwk,
        },
        "withdrawal": who.states(decides(who, "declined", version, notice))
        if taken
        else None,
        "notice": notice,
        "controller": CONTROLLER,
        "position": {"meeting": MEETING, "hash": entry(who, event), "at": AT},
        "issued_at": "2026-11-22T12:00:01.000000Z",
    }
    return said | {"dpv:hasRecordOfActivity": record(said, who.kid)}


def record(said: dict[str, Any], subject: str) -> dict[str, Any]:
    """What of a receipt follows from the rest."""
    notice = said["notice"]
    person = f"urn:ietf:params:oauth:jwk-thumbprint:sha-256:{subject}"
    recording = notice["feature"] == "recording"

    def words(member: str, *terms: str) -> dict[str, Any]:
        told = {"@type": list(terms)} if terms and recording else {}
        return told | {"dct:description": notice[member]}

    given = "dpv:ConsentGiven" if said["event"] == "granted" else "dpv:ConsentWithdrawn"
    return {
        "@type": "dpv:ConsentRecord",
        "dct:type": "dpv:ExplicitlyExpressedConsent",
        "dpv:hasDataSubject": person,
        "dpv:hasDataController": said["controller"],
        "dpv:hasNotice": {
            "@type": "dpv:ConsentNotice",
            "dct:identifier": digest(notice),
            "dct:language": notice["language"],
        },
        "dpv:hasProcess": {
            "dpv:hasPurpose": words("purpose", "dpv:RecordManagement"),
            "dpv:hasProcessing": words("meaning", "dpv:Record", "dpv:Store"),
            "dpv:hasPersonalData": words(
                "captured", "pd:VoiceCommunicationRecording", "pd:Picture"
            ),
            "dpv:hasRecipient": words("recipients"),
            "dpv:hasStorageCondition": words("retention"),
        },
        "dpv:hasConsentControl": {
            "@type": "dpv:WithdrawConsent",
            "dpv:isExercisedAt": notice["withdrawal"],
        },
        "dpv:hasConsentStatus": {
            "@type": given,
            "dpv:isIndicatedAtTime": said["position"]["at"],
            "dpv:isIndicatedBy": person,
            "dpv:hasIndicationMethod": "the participant's own web browser",
        },
    }


def audit() -> dict[str, Any]:
    """The members of an audit document."""
    return {
        "meeting": MEETING,
        "opened_at": "2026-11-22T11:00:00.000Z",
        "ended_at": "2026-11-22T13:00:00.000Z",
        "checked_at": "2026-11-23T11:00:00.000Z",
        "begun": True,
        "sealed": True,
        "head": seed("head").hex(),
        "fault": None,
        "openings": [
            {
                "feature": "recording",
                "began": "2026-11-22T12:00:00.000Z",
                "ended": "2026-11-22T12:30:00.000Z",
                "people": 2,
                "notices": [digest(NOTICE)],
                "opening": "first",
                "signers": sorted([ANN.kid, BEN.kid]),
            }
        ],
        "notices": {digest(NOTICE): NOTICE},
        "deleted": [{"feature": "recording", "at": "2026-12-06T12:30:00.000Z"}],
    }


# ---- A log: two leaves beside the meeting's ------------------------------------------


def leaf(body: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + body).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def places(*entries: str) -> tuple[dict[str, Any], bytes]:
    """Where entries stand in their meeting's tree of 256 leaves; its root."""
    beside = [leaf(seed(f"beside {n}")) for n in range(256 - len(entries))]
    hashed = {leaf(bytes.fromhex(each)): each for each in entries}
    leaves = sorted([*beside, *hashed])
    found = {}
    for at, each in enumerate(leaves):
        if each in hashed:
            path, index, row = [], at, leaves
            while len(row) > 1:
                path.append(encoded(row[index ^ 1]))
                row = [node(row[n], row[n + 1]) for n in range(0, len(row), 2)]
                index >>= 1
            found[hashed[each]] = {"index": at, "path": path}
    row = leaves
    while len(row) > 1:
        row = [node(row[n], row[n + 1]) for n in range(0, len(row), 2)]
    said = {"type": "gatekeeper/meeting-proof/v1", "meeting": MEETING}
    return said | {"entries": found}, row[0]


def checkpoint(root: bytes, size: int = 3, log: Edwards = LOG) -> str:
    return log.notes(f"{log.name}\n{size}\n{encoded(root)}\n")


def proof(*entries: str) -> dict[str, Any]:
    """The parts of a proof that entries are in the log, as its leaf 1 of 3."""
    said, root = places(*entries)
    before, after = leaf(seed("leaf 0")), leaf(seed("leaf 2"))
    top = node(node(before, leaf(root)), after)
    return {
        "extra": said,
        "index": 1,
        "path": [encoded(before), encoded(after)],
        "note": checkpoint(top),
    }


def proof_text(parts: dict[str, Any]) -> str:
    lines = [
        "c2sp.org/tlog-proof@v1",
        f"extra {encoded(spelled(parts['extra']))}",
        f"index {parts['index']}",
        *parts["path"],
    ]
    return "\n".join(lines) + f"\n\n{parts['note']}"


def issued(said: Any, gate: Edwards = GATE, **more: Any) -> str:
    return gate.issues(said, RECEIPT, **more)
