"""Sinks of all kinds: early, late, elsewhere, and what each may say."""

import asyncio
from collections.abc import Callable

import pytest

from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.errors import DiskLow, UnknownOpening
from gatekeeper.gating.events import SignSet, TapClosed, TapWanted
from gatekeeper.gating.leases import Lent
from gatekeeper.gating.opening import Opening
from gatekeeper.gating.permit import Mint
from gatekeeper.gating.sink import Opened
from tests.consent.people import ALICE, BOB, CAROL, RECORDING, TRANSCRIPT
from tests.gating.tiny import (
    NOON,
    Tape,
    TinyRoom,
    calm,
    elsewhere,
    running,
    tiny,
    told,
    yes,
)

Patch = pytest.MonkeyPatch


async def test_a_sinks_permit_is_for_its_own_opening() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        opening = room.gates.openings.of(RECORDING)
        permit = room.tape.permit

        assert (permit.feature, permit.room, permit.opening) == (
            RECORDING,
            opening.room,
            opening.id,
        )


# ---- What runs elsewhere ------------------------------------------------------------


async def test_what_runs_elsewhere_has_a_sign_and_no_taps(monkeypatch: Patch) -> None:
    made: list[Lent] = []

    def record(_: TinyRoom, opened: Opened) -> Lent:
        made.append(elsewhere(opened))
        return made[-1]

    monkeypatch.setattr(TinyRoom, "_record", record)
    async with tiny(RECORDING) as room:
        for who in (ALICE, BOB):
            grant = {RECORDING: yes(who, RECORDING)}
            room.gates.join(who, grant, host=who == ALICE)
        room.gates.request(RECORDING)
        await calm()
        sink = room.gates.openings.running_sink(RECORDING)
        with pytest.raises(UnknownOpening):
            await sink.offer(ALICE, "sdp", {})
        stopped = asyncio.ensure_future(sink.stopped())  # noqa: TID251 - it is awaited
        await calm()
        assert not stopped.done()
        room.gates.leave(BOB)
        await stopped
        await calm()

    assert made == [sink]
    assert told(room, SignSet) == [SignSet(RECORDING, NOON), SignSet(RECORDING, None)]
    assert not told(room, TapWanted)
    assert not told(room, TapClosed)


# ---- Sinks that misbehave -----------------------------------------------------------


async def test_why_a_sink_cannot_go_on_is_told_however_deep_it_happened() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)

        async def fails() -> None:
            async with asyncio.TaskGroup() as own:
                own.create_task(deeper())

        async def deeper() -> None:
            raise DiskLow

        room.tape.opened.tasks.create_task(fails())
        await calm()

        assert "give recording up: disk-low" in room.said
        assert not room.tape.permit.alive


async def test_what_is_still_reported_holds_up_nobody_but_the_end() -> None:
    """A sink has stopped before its files are hashed: that is another moment."""
    reported = asyncio.Event()
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        room.tape.opened.tasks.create_task(until(reported))
        opening = room.gates.openings.of(RECORDING)
        finished = asyncio.ensure_future(room.gates.openings.finished())  # noqa: TID251
        await calm()
        assert finished.done()  # what is open is not waited for
        room.gates.join(CAROL, {}, host=False)
        finished = asyncio.ensure_future(room.gates.openings.finished())  # noqa: TID251
        other = room.gates.openings.finished(TRANSCRIPT)
        await calm()

        assert CAROL in room.present
        assert "sign off for recording" in room.said
        assert opening.stopped.is_set()
        assert not opening.finished.is_set()
        await other
        assert not finished.done()
        room.gates.close_down()
        await calm()
        assert not room.over.is_set()
        reported.set()
        await room.over.wait()
        await finished
        assert opening.finished.is_set()


async def until(event: asyncio.Event) -> None:
    await event.wait()


async def test_a_sign_goes_on_once_and_never_for_what_has_closed() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        room.tape.opened.running()
        assert told(room, SignSet) == [SignSet(RECORDING, NOON)]
        room.gates.cancel(RECORDING)
        room.tape.opened.running()
        await calm()
        room.tape.opened.running()

        assert told(room, SignSet) == [
            SignSet(RECORDING, NOON),
            SignSet(RECORDING, None),
        ]


async def test_a_gate_that_its_own_sink_closes_wants_no_taps(
    monkeypatch: Patch,
) -> None:
    """The sign or the part may be what somebody says no to."""

    def record(room: TinyRoom, opened: Opened) -> Tape:
        room.tapes.append(Tape(opened))
        opened.running()
        room.gates.cancel(RECORDING)
        return room.tape

    monkeypatch.setattr(TinyRoom, "_record", record)
    async with tiny(RECORDING) as room:
        room.gates.join(ALICE, {RECORDING: yes(ALICE, RECORDING)}, host=True)
        room.gates.request(RECORDING)
        await calm()

        assert not told(room, TapWanted)
        assert not told(room, TapClosed)
        assert told(room, SignSet)[-1] == SignSet(RECORDING, None)
        opening = FeatureId("recording")
        assert room.gates.openings.taps() == ()
        with pytest.raises(KeyError):
            room.gates.openings.of(opening)


# ---- Before there is a sink ---------------------------------------------------------


async def test_who_leaves_while_proof_is_written_is_in_no_part() -> None:
    async with tiny(RECORDING) as room:
        for who in (ALICE, BOB, CAROL):
            grant = {RECORDING: yes(who, RECORDING)}
            room.gates.join(who, grant, host=who == ALICE)
        await calm()
        room.diary.may_write.clear()
        room.gates.request(RECORDING)
        await calm()
        room.gates.leave(CAROL)
        room.diary.may_write.set()
        await calm()

        assert room.tape.part == 1
        assert room.tape.people == {ALICE, BOB}
        assert room.tape.dropped == []


async def test_a_newcomers_yes_to_what_has_closed_meanwhile_is_not_written() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        room.gates.join(CAROL, {RECORDING: yes(CAROL, RECORDING)}, host=False)
        room.gates.cancel(RECORDING)
        await calm()

        assert CAROL in room.present
        assert not [line for line in room.said if "carol allows" in line]


async def test_an_opening_that_was_closed_never_lives() -> None:
    told: list[str] = []

    def says(what: str) -> Callable[..., None]:
        return lambda *_: told.append(what)

    def opens(_: Opened) -> Tape:
        raise AssertionError("nothing may be captured")

    opening = Opening(RoomId("here"), RECORDING, Mint(), [ALICE])
    for _ in range(2):
        opening.close()
    await opening.run(
        opens,
        turned=says("turned"),
        running=says("running"),
        stopped=says("stopped"),
        failed=says("failed"),
        finished=says("finished"),
    )

    assert told == ["finished"]
    assert opening.stopped.is_set()
    assert opening.finished.is_set()
    assert not opening.alive
    with pytest.raises(UnknownOpening):
        opening.usable_sink()
    opening.drop(ALICE)
    opening.cut([BOB])
    assert opening.part == 1
    assert opening.people == {BOB}


async def test_each_opening_has_an_id_that_nobody_guesses() -> None:
    ids = {Opening(RoomId("here"), RECORDING, Mint(), []).id for _ in range(50)}

    assert len(ids) == 50
    assert all(len(each) == 22 for each in ids)  # 128 bits in base64url


async def test_what_closed_while_another_stopped_takes_no_time() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        room.tape.may_stop.clear()
        room.gates.cancel(RECORDING)
        room.gates.request(RECORDING)
        await calm()
        assert room.diary.lines.count("open recording") == 2

        room.gates.cancel(RECORDING)
        room.tape.may_stop.set()
        await calm()

        assert len(room.tapes) == 1
        assert room.gates._limit._running == {}


async def test_a_permit_dies_with_the_task_of_its_opening() -> None:
    tapes: list[Tape] = []

    def records(opened: Opened) -> Tape:
        tapes.append(Tape(opened))
        return tapes[-1]

    def nothing(*_: object) -> None:
        """Nobody is there to hear of it."""

    opening = Opening(RoomId("here"), RECORDING, Mint(), [ALICE])
    living = opening.run(
        records,
        turned=nothing,
        running=nothing,
        stopped=nothing,
        failed=nothing,
        finished=nothing,
    )
    task = asyncio.ensure_future(living)  # noqa: TID251 - it is awaited
    await calm()
    [permit] = [tape.permit for tape in tapes]
    lived = permit.alive

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert (lived, permit.alive) == (True, False)
    assert opening.finished.is_set()
