"""
What can be wrong with a thing that is to be verified.

Rule: a code never changes, is one check's alone, and is the same in every verifier that
there is here (`evidence/standalone/verify.py`, `static/proof/`).
"""

from enum import StrEnum

from gatekeeper.errors import EvidenceError


class Fault(StrEnum):
    """The check that was not passed. Those before it were."""

    KIND_UNKNOWN = "kind-unknown"
    TOO_LARGE = "too-large"
    KEY_NEEDED = "key-needed"
    JWS_MALFORMED = "jws-malformed"
    HEADER_INVALID = "header-invalid"
    KEY_INVALID = "key-invalid"
    KEY_FOREIGN = "key-foreign"
    SIGNATURE_INVALID = "signature-invalid"
    JSON_INVALID = "json-invalid"
    NOT_CANONICAL = "not-canonical"
    MEMBER_INVALID = "member-invalid"
    PARTICIPANT_KEY_INVALID = "participant-key-invalid"
    GRANT_MALFORMED = "grant-malformed"
    GRANT_SIGNATURE_INVALID = "grant-signature-invalid"
    GRANT_SUBJECT_FOREIGN = "grant-subject-foreign"
    GRANT_OTHER = "grant-other"
    WITHDRAWAL_MALFORMED = "withdrawal-malformed"
    WITHDRAWAL_SIGNATURE_INVALID = "withdrawal-signature-invalid"
    WITHDRAWAL_SUBJECT_FOREIGN = "withdrawal-subject-foreign"
    WITHDRAWAL_OTHER = "withdrawal-other"
    WORDING_OTHER = "wording-other"
    EVENT_CONTRADICTED = "event-contradicted"
    RECORD_CONTRADICTED = "record-contradicted"
    COPY_DIFFERS = "copy-differs"
    PROOF_MALFORMED = "proof-malformed"
    PROOF_EMPTY = "proof-empty"
    PLACES_MALFORMED = "places-malformed"
    LOG_KEY_INVALID = "log-key-invalid"
    NOTE_MALFORMED = "note-malformed"
    NOTE_UNSIGNED = "note-unsigned"
    NOTE_SIGNATURE_INVALID = "note-signature-invalid"
    CHECKPOINT_MALFORMED = "checkpoint-malformed"
    CHECKPOINT_FOREIGN = "checkpoint-foreign"
    CHECKPOINTS_CONTRADICT = "checkpoints-contradict"
    MEETING_OTHER = "meeting-other"
    ENTRY_OTHER = "entry-other"
    INCLUSION_INVALID = "inclusion-invalid"
    AUDIT_CONTRADICTED = "audit-contradicted"
    AUDIT_FAULTY = "audit-faulty"
    ARCHIVE_INVALID = "archive-invalid"
    ARCHIVE_CONTRADICTED = "archive-contradicted"
    EXPORT_UNLISTED = "export-unlisted"
    EXPORT_MISSING = "export-missing"
    EXPORT_CHANGED = "export-changed"
    ACCOUNT_CONTRADICTED = "account-contradicted"
    ACCOUNT_MISSING = "account-missing"
    LEAVES_INVALID = "leaves-invalid"
    EDITS_CONTRADICTED = "edits-contradicted"
    FILM_UNKNOWN = "film-unknown"
    EXCERPT_BROKEN = "excerpt-broken"
    FEED_MALFORMED = "feed-malformed"
    FEED_GAP = "feed-gap"
    TAKEN_BACK = "taken-back"
    CHAIN_INVALID = "chain-invalid"
    LEDGER_DAMAGED = "ledger-damaged"

    @property
    def sentence(self) -> str:
        """What is wrong, in plain English."""
        return _SENTENCES[self]


def broken(fault: Fault, where: str | None = None) -> EvidenceError:
    """The error that says so. `where`: the member, line or file that it is about."""
    about = "" if where is None else f": {where}"
    return EvidenceError(f"{fault.sentence}{about}", code=fault)


_STATEMENT = {
    "malformed": "is no signed decision as it should be spelled",
    "signature-invalid": "was changed after it was signed, or somebody else signed it",
    "subject-foreign": "names somebody else than who signed it",
    "other": "is about another meeting, feature or answer",
}

_SENTENCES: dict[Fault, str] = {
    Fault.KIND_UNKNOWN: "it is none of the kinds of file that can be checked",
    Fault.TOO_LARGE: "it is too large to be what it should be",
    Fault.KEY_NEEDED: "it carries no key: name the one that it was signed with",
    Fault.JWS_MALFORMED: "it is no signed text as it should be spelled (RFC 7515)",
    Fault.HEADER_INVALID: "its header is not that of what a gate signs",
    Fault.KEY_INVALID: "the key that it carries is none, or not the one it names",
    Fault.KEY_FOREIGN: "this gate's key did not sign it",
    Fault.SIGNATURE_INVALID: "it was changed after the gate had signed it",
    Fault.JSON_INVALID: "what was signed is no JSON",
    Fault.NOT_CANONICAL: "what was signed is not canonical JSON (RFC 8785)",
    Fault.MEMBER_INVALID: "a member is missing, is one too many or is not of its form",
    Fault.PARTICIPANT_KEY_INVALID: "the participant's key is none that binds its owner",
    **{
        Fault(f"{what}-{fault}"): f"the participant's {what} {said}"
        for what in ("grant", "withdrawal")
        for fault, said in _STATEMENT.items()
    },
    Fault.WORDING_OTHER: "the grant was for another wording",
    Fault.EVENT_CONTRADICTED: "a grant that carries its own withdrawal",
    Fault.RECORD_CONTRADICTED: "the record does not follow from the rest",
    Fault.COPY_DIFFERS: "what can be read in it is not what was signed",
    Fault.PROOF_MALFORMED: "it is no proof of a log",
    Fault.PROOF_EMPTY: "the proof tells of no entry",
    Fault.PLACES_MALFORMED: "it is no proof of a meeting as it should be spelled",
    Fault.LOG_KEY_INVALID: "it is no key of a log (a vkey with Ed25519)",
    Fault.NOTE_MALFORMED: "it is no signed note",
    Fault.NOTE_UNSIGNED: "nobody who is known has signed the note",
    Fault.NOTE_SIGNATURE_INVALID: "the signature of the note does not hold",
    Fault.CHECKPOINT_MALFORMED: "it is no checkpoint of a log",
    Fault.CHECKPOINT_FOREIGN: "the checkpoint is another log's",
    Fault.CHECKPOINTS_CONTRADICT: "two states of one log contradict each other",
    Fault.MEETING_OTHER: "the proof is of another meeting",
    Fault.ENTRY_OTHER: "the proof is of other entries",
    Fault.INCLUSION_INVALID: "the proof leads to another root",
    Fault.AUDIT_CONTRADICTED: "what it tells contradicts itself",
    Fault.AUDIT_FAULTY: "the gate itself says that the meeting's chain does not verify",
    Fault.ARCHIVE_INVALID: "the archive cannot be read",
    Fault.ARCHIVE_CONTRADICTED: "what is in the archive contradicts itself",
    Fault.EXPORT_UNLISTED: "a file is in it that its list does not name",
    Fault.EXPORT_MISSING: "a file that its list names is not in it",
    Fault.EXPORT_CHANGED: "a file is another than the one that was exported",
    Fault.ACCOUNT_CONTRADICTED: "what an account tells contradicts itself",
    Fault.ACCOUNT_MISSING: "there is a file of which no account of the meeting tells",
    Fault.LEAVES_INVALID: "the seconds of a track are not those on record",
    Fault.EDITS_CONTRADICTED: "an edit list tells of what no account tells of",
    Fault.FILM_UNKNOWN: "no edit list that is signed is of this film",
    Fault.EXCERPT_BROKEN: "it is not one piece of a track on record",
    Fault.FEED_MALFORMED: "it is no feed of what was taken back",
    Fault.FEED_GAP: "its pages do not follow one another",
    Fault.TAKEN_BACK: "it was taken back, and must be used no longer",
    Fault.CHAIN_INVALID: "a meeting's chain does not verify",
    Fault.LEDGER_DAMAGED: "the ledger is damaged",
}
