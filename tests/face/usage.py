"""
What embedders write, as they would write it.

`mypy --strict` reads this file with all others: the types of the public names are a
feature. `test_names` runs it.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any, assert_never

import gatekeeper
from gatekeeper import (
    Admit,
    Ask,
    Audit,
    Close,
    Config,
    Decision,
    Effect,
    FeatureId,
    Gate,
    Grant,
    Keys,
    LanguageTag,
    Lapse,
    LocalGate,
    LocalPermit,
    LocalRoom,
    Notice,
    NoticeDigest,
    Open,
    OpeningId,
    OperatorError,
    ParticipantId,
    Permit,
    PermitClaims,
    Receipt,
    RecordGrant,
    RecordOpening,
    RecordWithdrawal,
    RoomId,
    VerifiedChain,
    create_app,
    gate_of,
    verify_chain,
    verify_ledger,
    verify_permit,
    verify_receipt,
)
from gatekeeper.client import ConsentRequired, PermitEnded

MINUTES = FeatureId("minutes")
ALICE, BOB = ParticipantId("alice"), ParticipantId("bob")
NOTICE = Notice(
    feature=MINUTES,
    language=LanguageTag("en"),
    name="Minutes",
    object="minutes",
    meaning="A person in the room writes down what is said.",
    captured="What you say",
    purpose="Remembering what was decided",
    processor="The minute taker",
    recipients="The people in this meeting",
    retention="One year, then deleted",
    withdrawal="One click in the room, at any time",
)


def a_meeting() -> list[Effect]:
    """Two people allow minutes; one of them takes it back."""
    digest: NoticeDigest = NOTICE.digest
    gate = Gate({MINUTES: [digest]})
    effects: list[Effect] = [*gate.join(ALICE, host=True), *gate.join(BOB)]
    effects += gate.request(MINUTES, ask=True)
    for who in (ALICE, BOB):
        effects += gate.grant(Grant(who, MINUTES, digest, "what they have signed"))
    held: dict[FeatureId, Decision] = gate.answers(BOB)
    assert held == {MINUTES: Decision.GRANTED}
    assert gate.is_open(MINUTES)
    effects += gate.decline(BOB, MINUTES)
    return effects


def told(effects: Sequence[Effect]) -> list[str]:
    """What a shell does with effects; it knows all there are."""
    done: list[str] = []
    for effect in effects:
        match effect:
            case Close(feature):
                done.append(f"close {feature}")
            case Open(feature):
                done.append(f"open {feature}")
            case RecordOpening(feature, grants):
                done.append(f"record {len(grants)} grants of {feature}")
            case RecordGrant(grant) | RecordWithdrawal(grant):
                done.append(f"record {grant.participant} {grant.feature}")
            case Admit(participant):
                done.append(f"admit {participant}")
            case Ask(feature, to):
                done.append(f"ask {to or 'everybody'} {feature}")
            case Lapse(feature):
                done.append(f"lapse {feature}")
            case _:
                assert_never(effect)
    return done


class Counter:
    """A sink of one's own: it counts while its permit lives."""

    def __init__(self, permit: Permit) -> None:
        self.permit = permit
        self.frames = 0

    def take(self, frame: bytes) -> None:
        if self.permit.alive:
            self.frames += 1

    def of(self) -> tuple[RoomId, FeatureId, OpeningId]:
        return self.permit.room, self.permit.feature, self.permit.opening


def what_a_receipt_says(text: str, keys: dict[str, Any]) -> str:
    receipt: Receipt = verify_receipt(text, keys)
    event: str = receipt.event
    return f"{event} {receipt.notice.feature} {receipt.position.meeting}"


def may_capture(token: str, keys: dict[str, Any], room: str) -> tuple[str, ...]:
    """Who has agreed that the minutes are captured there, now."""
    claims: PermitClaims = verify_permit(token, keys=keys, room=room, feature=MINUTES)
    return claims.people


def what_a_chain_proves(meeting: RoomId, bodies: list[bytes]) -> int:
    proved: VerifiedChain = verify_chain(meeting, bodies, sealed=False)
    return proved.openings


def is_good(directory: Path) -> bool:
    audit: Audit = verify_ledger(directory)
    return audit.good and all(chain.fault is None for chain in audit.chains)


def refused() -> str:
    """Why a configuration cannot work."""
    try:
        create_app({"server": {"prot": 8080}}, keys=Keys(ai="secret"))
    except OperatorError as exc:
        return str(exc)
    raise AssertionError("it was taken")


def own_gate() -> LocalGate:
    """The gate of an application, for the rest of the process."""
    return gate_of(create_app())


async def a_room(gate: LocalGate, *, presence: bool = False) -> LocalRoom:
    room: LocalRoom = await gate.open_room(
        "A call", language="en", features=["minutes"], presence=presence
    )
    assert gate.room(room.id).id == room.id
    return room


async def keeps(
    room: LocalRoom, packets: asyncio.Queue[bytes], kept: list[bytes]
) -> str:
    """A recorder of one's own: it keeps what comes while everybody agrees."""
    try:
        async with room.permit("minutes") as permit:
            mine: LocalPermit = permit
            while True:
                packet = await packets.get()
                mine.check()
                kept.append(packet)
    except ConsentRequired:
        return "not everybody has agreed"
    except PermitEnded:
        return "it was, and is over"


def configured() -> Config:
    return gatekeeper.Config()


def mistaken() -> object:
    return gatekeeper.no_such_name  # type: ignore[attr-defined]
