"""
The participant-consent gate for video meetings: what others build on.

- The pure gate: `Gate` takes events and returns effects, to be performed in their order
  (`Close` before anything else); with the words of consent that both speak of.
- `Notice`: the wording that people are shown; a `Grant` is bound to its digest.
- `Permit`: what a sink must hold to touch content.
- `verify_receipt`, `verify_chain`, `verify_ledger`: what is proved, checked anew; and
  `verify_permit`: a permit that was lent elsewhere, before each thing that is kept.
- `create_app`: all of Gatekeeper as one `aiohttp` application; `gate_of`: its gate, for
  the rest of that process.

Rule 1: a name is loaded when it is first used (PEP 562). Importing this package, or the
gate, loads nothing of third parties.
Rule 2: nothing within the package imports from here: arrows point downwards only, and
this file points at the top.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gatekeeper.app.application import create_app
    from gatekeeper.app.engines import Keys
    from gatekeeper.clock import Clock
    from gatekeeper.config import Config
    from gatekeeper.consent.effects import (
        Admit,
        Ask,
        Close,
        Effect,
        Grant,
        Lapse,
        Open,
        RecordGrant,
        RecordOpening,
        RecordWithdrawal,
    )
    from gatekeeper.consent.gate import Gate
    from gatekeeper.consent.notice import Notice
    from gatekeeper.consent.types import (
        ContentKind,
        Decision,
        FeatureId,
        LanguageTag,
        NoticeDigest,
        OpeningId,
        ParticipantId,
        RoomId,
        SharedWith,
        SourceKind,
    )
    from gatekeeper.errors import (
        AlreadyPresent,
        ConfigInvalid,
        EvidenceError,
        GatekeeperError,
        NoticeOutdated,
        OperatorError,
        OutOfOrder,
        PeerError,
        UnknownFeature,
        UnknownParticipant,
    )
    from gatekeeper.evidence.audit import Audit, ChainReport, verify_ledger
    from gatekeeper.evidence.chain import VerifiedChain, verify_chain
    from gatekeeper.evidence.permit_token import PermitClaims, verify_permit
    from gatekeeper.evidence.receipt import Receipt, verify_receipt
    from gatekeeper.gating.permit import Permit
    from gatekeeper.local.gate import LocalGate, gate_of
    from gatekeeper.local.permit import LocalPermit
    from gatekeeper.local.room import LocalRoom

__all__ = [
    "Admit",
    "AlreadyPresent",
    "Ask",
    "Audit",
    "ChainReport",
    "Clock",
    "Close",
    "Config",
    "ConfigInvalid",
    "ContentKind",
    "Decision",
    "Effect",
    "EvidenceError",
    "FeatureId",
    "Gate",
    "GatekeeperError",
    "Grant",
    "Keys",
    "LanguageTag",
    "Lapse",
    "LocalGate",
    "LocalPermit",
    "LocalRoom",
    "Notice",
    "NoticeDigest",
    "NoticeOutdated",
    "Open",
    "OpeningId",
    "OperatorError",
    "OutOfOrder",
    "ParticipantId",
    "PeerError",
    "Permit",
    "PermitClaims",
    "Receipt",
    "RecordGrant",
    "RecordOpening",
    "RecordWithdrawal",
    "RoomId",
    "SharedWith",
    "SourceKind",
    "UnknownFeature",
    "UnknownParticipant",
    "VerifiedChain",
    "create_app",
    "gate_of",
    "verify_chain",
    "verify_ledger",
    "verify_permit",
    "verify_receipt",
]

_NAMES = {
    "app.application": "create_app",
    "app.engines": "Keys",
    "clock": "Clock",
    "config": "Config",
    "consent.effects": "Admit Ask Close Effect Grant Lapse Open RecordGrant "
    "RecordOpening RecordWithdrawal",
    "consent.gate": "Gate",
    "consent.notice": "Notice",
    "consent.types": "ContentKind Decision FeatureId LanguageTag NoticeDigest "
    "OpeningId ParticipantId RoomId SharedWith SourceKind",
    "errors": "AlreadyPresent ConfigInvalid EvidenceError GatekeeperError "
    "NoticeOutdated OperatorError OutOfOrder PeerError UnknownFeature "
    "UnknownParticipant",
    "evidence.audit": "Audit ChainReport verify_ledger",
    "evidence.chain": "VerifiedChain verify_chain",
    "evidence.permit_token": "PermitClaims verify_permit",
    "evidence.receipt": "Receipt verify_receipt",
    "gating.permit": "Permit",
    "local.gate": "LocalGate gate_of",
    "local.permit": "LocalPermit",
    "local.room": "LocalRoom",
}
"""What is loaded from where; the same as type checkers are told above."""
_WHERE = {name: module for module, names in _NAMES.items() for name in names.split()}

if not TYPE_CHECKING:  # who checks types is to know the names above, and no others

    def __getattr__(name: str) -> object:
        where = _WHERE.get(name)
        if where is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(import_module(f"{__name__}.{where}"), name)
        globals()[name] = found  # the next time it is simply there
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
