"""What is written, in which order, and what happens when it cannot be."""

import asyncio
from dataclasses import replace

import pytest

from gatekeeper.errors import (
    LedgerUnavailable,
)
from gatekeeper.gating import journal_queue
from gatekeeper.gating.events import (
    SignSet,
    TapClosed,
    TapWanted,
)
from tests.consent.people import ALICE, BOB, CAROL, RECORDING, TRANSCRIPT
from tests.gating.tiny import (
    TinyRoom,
    calm,
    running,
    tiny,
    told,
    yes,
)

BOTH = (RECORDING, TRANSCRIPT)


async def test_a_gate_that_closes_while_proof_is_written_does_not_open() -> None:
    async with tiny(RECORDING) as room:
        room.gates.join(ALICE, {RECORDING: yes(ALICE, RECORDING)}, host=True)
        room.gates.join(BOB, {RECORDING: yes(BOB, RECORDING)}, host=False)
        await calm()
        room.diary.may_write.clear()
        room.gates.request(RECORDING)
        await calm()

        room.gates.decline(BOB, RECORDING, lambda: None)
        room.diary.may_write.set()
        await calm()

        assert room.tapes == []
        assert room.diary.lines == ["open recording", "close recording at 12:00"]
        assert not told(room, SignSet)
        assert not told(room, TapWanted)
        assert not told(room, TapClosed)


async def test_what_was_never_begun_to_be_written_is_not_written() -> None:
    async with tiny(*BOTH) as room:
        held = {feature: yes(ALICE, feature) for feature in BOTH}
        room.gates.join(ALICE, held, host=True)
        await calm()
        room.diary.may_write.clear()
        room.gates.request(RECORDING)
        room.gates.request(TRANSCRIPT)  # waits its turn

        room.gates.cancel(TRANSCRIPT)
        room.diary.may_write.set()
        await calm()

        assert room.diary.lines == ["open recording"]


async def test_without_a_ledger_nothing_is_granted_and_everything_is_refused() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        room.gates.cancel(RECORDING)
        room.diary.available = False

        with pytest.raises(LedgerUnavailable):
            room.gates.grant(yes(BOB, RECORDING))
        room.gates.decline(ALICE, RECORDING, lambda: None)

        assert room.gates.state.grant_of(ALICE, RECORDING) is None


@pytest.mark.parametrize("joiner", [False, True])
async def test_what_cannot_be_written_does_not_go_on(joiner: bool) -> None:
    async with tiny(RECORDING) as room:
        room.gates.join(ALICE, {RECORDING: yes(ALICE, RECORDING)}, host=True)
        room.gates.join(BOB, {RECORDING: yes(BOB, RECORDING)}, host=False)
        await calm()
        if joiner:
            room.gates.request(RECORDING)
            await calm()
        room.diary.may_write.clear()
        if joiner:
            room.gates.join(CAROL, {RECORDING: yes(CAROL, RECORDING)}, host=False)
        else:
            room.gates.request(RECORDING)
        await calm()

        room.diary.available = False
        room.diary.may_write.set()
        await calm()

        assert not room.gates.state.is_requested(RECORDING)
        assert "give recording up: ledger-unavailable" in room.said
        assert len(room.tapes) == joiner
        assert not any(tape.permit.alive for tape in room.tapes)


@pytest.mark.parametrize("joiner", [False, True])
async def test_who_opens_too_often_waits(joiner: bool) -> None:
    async with tiny(RECORDING) as room:
        if joiner:
            await running(room, ALICE, BOB)
        room.may_write = False
        if joiner:
            room.gates.join(CAROL, {RECORDING: yes(CAROL, RECORDING)}, host=False)
        else:
            room.gates.join(ALICE, {RECORDING: yes(ALICE, RECORDING)}, host=True)
            room.gates.request(RECORDING)
        await calm()

        assert "give recording up: opened-too-often" in room.said
        assert not any(tape.permit.alive for tape in room.tapes)
        assert [line for line in room.said if "carol allows" in line] == []


async def test_grants_that_nobody_holds_are_forgotten() -> None:
    async with tiny(RECORDING) as room:
        room.gates.join(ALICE, {}, host=True)
        for number in range(50):
            room.gates.grant(replace(yes(ALICE, RECORDING), statement=f"{number}"))
            room.gates.decline(ALICE, RECORDING, lambda: None)
        assert len(room.gates._held) <= 1
        for number in range(50):
            given = replace(yes(ALICE, RECORDING), statement=f"{number}")
            room.gates.join(ALICE, {RECORDING: given}, host=True, again=True)
        assert len(room.gates._held) <= 2


async def test_whatever_ends_it_everything_is_closed_and_owed() -> None:
    for crash in (False, True):
        room = TinyRoom(RECORDING)
        living = asyncio.ensure_future(room.gates.run())  # noqa: TID251 - it is awaited
        await calm()
        await running(room, ALICE, BOB)

        async def falls() -> None:
            raise RuntimeError("nobody has thought of this")

        if crash:
            room.gates.turns.put(falls)
            room.gates.decline(BOB, RECORDING, lambda: None)
        else:
            living.cancel()
        with pytest.raises((ExceptionGroup, asyncio.CancelledError)):
            await living

        assert not room.tape.permit.alive
        assert room.diary.lines[-1] == "close recording at 12:00"
        taken_back = "write down that bob takes recording back"
        assert (taken_back in room.said) is crash
        room.gates.take_back(ALICE, RECORDING, None)  # at once
        assert "write down that alice takes recording back" in room.said


async def test_the_end_waits_for_what_is_written_but_not_for_a_ledger_that_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(journal_queue, "HAND_WITHIN", 0.01)
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        room.diary.may_write.clear()
        room.gates.decline(BOB, RECORDING, lambda: None)
        await calm()
        room.gates.close_down()
        await room.over.wait()
    assert "receipt for bob: withdrawn recording" not in room.said


async def test_a_ledger_that_never_comes_back_gives_no_receipt() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        room.diary.may_write.clear()
        room.gates.decline(BOB, RECORDING, lambda: None)
        await calm()
        room.diary.available = False
        room.diary.may_write.set()
        await calm()
    assert "receipt for bob: withdrawn recording" not in room.said


async def test_what_the_room_has_to_do_waits_its_turn() -> None:
    async with tiny(RECORDING) as room:
        room.gates.join(ALICE, {RECORDING: yes(ALICE, RECORDING)}, host=True)
        room.gates.turns.call(lambda: room.said.append("after that"))
        assert room.said == []
        await calm()
        assert room.said == ["let alice in", "after that"]


async def test_a_ledger_that_comes_back_at_the_end_still_gives_its_receipts() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        room.diary.may_write.clear()
        room.gates.decline(BOB, RECORDING, lambda: None)
        await calm()
        room.gates.close_down()
        await calm()
        assert not room.over.is_set()
        room.diary.may_write.set()
        await room.over.wait()
        assert "receipt for bob: withdrawn recording" in room.said
