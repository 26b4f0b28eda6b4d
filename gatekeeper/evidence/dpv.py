"""
A receipt in the terms of W3C DPV 2.3, after the shape of ISO/IEC TS 27560.

Rule 1: only terms that exist; where DPV has none, the notice's own words stand.
Rule 2: the context is inline, never fetched, and the words are readable without it.
Rule 3: all of it follows from the rest of the receipt, so that they cannot disagree.
"""

from typing import Any, NamedTuple

from gatekeeper.consent.features import RECORDING, SUMMARY, TRANSCRIPT
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import ParticipantId

CONTEXT = {
    "ai": "https://w3id.org/dpv/ai#",
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
}


class _Terms(NamedTuple):
    processing: list[str] | None = None
    purpose: list[str] | None = None
    personal: list[str] | None = None


_TERMS = {
    RECORDING: _Terms(
        processing=["dpv:Record", "dpv:Store"],
        purpose=["dpv:RecordManagement"],
        personal=["pd:VoiceCommunicationRecording", "pd:Picture"],
    ),
    TRANSCRIPT: _Terms(processing=["ai:SpeechRecognition"]),
    SUMMARY: _Terms(processing=["ai:AutomaticSummarisation"]),
}


def consent_record(
    *,
    subject: ParticipantId,
    notice: Notice,
    controller: dict[str, str],
    given: bool,
    at: str,
) -> dict[str, Any]:
    """The `dpv:ConsentRecord` of one grant, or of its withdrawal."""
    return {
        "@type": "dpv:ConsentRecord",
        "dct:type": "dpv:ExplicitlyExpressedConsent",
        "dpv:hasDataSubject": _person(subject),
        "dpv:hasDataController": controller,
        "dpv:hasNotice": {
            "@type": "dpv:ConsentNotice",
            "dct:identifier": notice.digest,
            "dct:language": notice.language,
        },
        "dpv:hasProcess": _process(notice),
        "dpv:hasConsentControl": {
            "@type": "dpv:WithdrawConsent",
            "dpv:isExercisedAt": notice.withdrawal,
        },
        "dpv:hasConsentStatus": {
            "@type": "dpv:ConsentGiven" if given else "dpv:ConsentWithdrawn",
            "dpv:isIndicatedAtTime": at,
            "dpv:isIndicatedBy": _person(subject),
            "dpv:hasIndicationMethod": "the participant's own web browser",
        },
    }


def _person(subject: ParticipantId) -> str:
    """RFC 9278."""
    return f"urn:ietf:params:oauth:jwk-thumbprint:sha-256:{subject}"


def _process(notice: Notice) -> dict[str, Any]:
    terms = _TERMS.get(notice.feature, _Terms())
    return {
        "dpv:hasPurpose": _said(notice.purpose, terms.purpose),
        "dpv:hasProcessing": _said(notice.meaning, terms.processing),
        "dpv:hasPersonalData": _said(notice.captured, terms.personal),
        "dpv:hasRecipient": _said(notice.recipients),
        "dpv:hasStorageCondition": _said(notice.retention),
    }


def _said(words: str, terms: list[str] | None = None) -> dict[str, Any]:
    said: dict[str, Any] = {"dct:description": words}
    return said if terms is None else {"@type": terms, **said}
