"""Openings: who waits for whom, and what sinks say."""

import asyncio

import pytest
from structlog.testing import capture_logs

from gatekeeper.consent.types import SourceKind
from gatekeeper.errors import (
    DiskLow,
    SinkUnavailable,
    UnknownOpening,
)
from gatekeeper.gating import opening
from gatekeeper.gating.events import (
    GaveUp,
    ReceiptMade,
    SignSet,
    TapWanted,
)
from tests.consent.people import ALICE, BOB, CAROL, RECORDING, TRANSCRIPT
from tests.gating.tiny import (
    NOON,
    ROOM,
    calm,
    running,
    tiny,
    told,
    yes,
)

BOTH = (RECORDING, TRANSCRIPT)


async def test_nothing_runs_before_what_ran_before_has_stopped() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        room.tape.may_stop.clear()
        room.gates.cancel(RECORDING)
        room.gates.request(RECORDING)
        room.gates.join(CAROL, {RECORDING: yes(CAROL, RECORDING)}, host=False)
        await calm()
        assert len(room.tapes) == 1
        assert CAROL not in room.present

        room.tape.may_stop.set()
        await calm()

        assert len(room.tapes) == 2
        assert room.present == [ALICE, BOB, CAROL]


async def test_another_feature_need_not_wait_for_that() -> None:
    async with tiny(*BOTH) as room:
        await running(room, ALICE, BOB)
        room.tape.may_stop.clear()
        room.gates.cancel(RECORDING)
        for who in (ALICE, BOB):
            room.gates.grant(yes(who, TRANSCRIPT))
        room.gates.request(TRANSCRIPT)
        await calm()

        assert [tape.permit.feature for tape in room.tapes] == list(BOTH)
        room.tapes[0].may_stop.set()


async def test_who_left_before_they_were_let_in_begins_no_part() -> None:
    async with tiny(*BOTH) as room:
        await running(room, ALICE, BOB, features=BOTH)
        room.tapes[1].may_stop.clear()
        room.gates.join(CAROL, {RECORDING: yes(CAROL, RECORDING)}, host=False)
        await calm()

        room.gates.leave(CAROL)
        room.tapes[1].may_stop.set()
        await calm()

        assert room.tapes[0].part == 0
        assert not [line for line in room.diary.lines if line.startswith("part")]


async def test_a_newcomer_who_allows_it_begins_a_part_once_they_are_in() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)

        room.gates.join(CAROL, {RECORDING: yes(CAROL, RECORDING)}, host=False)
        assert room.tape.people == {ALICE, BOB}
        await calm()

        assert room.tape.part == 1
        assert room.tape.people == {ALICE, BOB, CAROL}
        assert room.diary.lines[-1] == "part 1 of recording: alice and bob and carol"
        assert room.said[-3:-1] == [
            "write down that carol allows recording",
            "let carol in",
        ]
        assert room.said[-1] == "receipt for carol: granted recording"


async def test_a_page_in_place_of_another_begins_no_part() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        again = {RECORDING: yes(BOB, RECORDING)}

        room.gates.join(BOB, again, host=False, again=True)
        await calm()

        assert room.tape.permit.alive
        assert room.tape.dropped == [BOB]
        assert room.tape.part == 0
        assert room.said.count("let bob in") == 2
        assert len(told(room, ReceiptMade)) == 2  # it was on record already


async def test_a_connection_that_comes_back_opens_again_without_a_new_receipt() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        room.gates.lose(BOB)
        await calm()

        room.gates.regain(BOB)
        await calm()

        assert len(room.tapes) == 2
        assert room.tape.permit.alive
        assert len(told(room, ReceiptMade)) == 2


async def test_a_sink_that_cannot_start_ends_the_request() -> None:
    async with tiny(RECORDING) as room:
        room.cannot_start = DiskLow()
        room.gates.join(ALICE, {RECORDING: yes(ALICE, RECORDING)}, host=True)
        room.gates.request(RECORDING)
        await calm()

        assert "give recording up: disk-low" in room.said
        assert not told(room, TapWanted)
        assert not told(room, SignSet)
        await room.gates.openings.stopped()
        await room.gates.openings.finished()


async def test_a_dead_sink_speaks_for_itself_alone() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        first = room.tape
        room.gates.lose(BOB)
        room.gates.regain(BOB)
        await calm()

        first.opened.failed(SinkUnavailable())
        first.opened.running()

        assert room.tape.permit.alive
        assert not told(room, GaveUp)


async def test_what_waits_for_an_earlier_sink_has_none_to_use() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        room.tape.may_stop.clear()
        room.gates.lose(BOB)
        room.gates.regain(BOB)
        await calm()
        waiting = room.gates.openings.of(RECORDING)
        assert waiting.alive
        with pytest.raises(UnknownOpening):
            waiting.usable_sink()
        room.tape.may_stop.set()
        await calm()
        assert waiting.usable_sink() is room.tape


async def test_one_may_wait_for_what_is_closed_of_one_feature() -> None:
    async with tiny(*BOTH) as room:
        await running(room, ALICE, BOB, features=BOTH)
        openings = room.gates.openings
        await openings.finished()  # what is open is not waited for
        room.tapes[0].may_stop.clear()
        room.gates.cancel(RECORDING)
        await openings.finished(TRANSCRIPT)
        waiting = [
            asyncio.ensure_future(openings.finished(feature))  # noqa: TID251 - awaited
            for feature in (None, RECORDING)
        ]
        await calm()
        assert not any(each.done() for each in waiting)
        room.tapes[0].may_stop.set()
        await asyncio.gather(*waiting)


async def test_who_comes_later_is_told_of_taps_and_signs() -> None:
    async with tiny(*BOTH) as room:
        openings = room.gates.openings
        assert openings.taps() == ()
        assert openings.sign(RECORDING) == SignSet(RECORDING, None)
        await running(room, ALICE, BOB)
        current = openings.of(RECORDING)

        wanted = TapWanted(RECORDING, current.id, (SourceKind.MICROPHONE,))
        assert openings.taps() == (wanted,)
        assert told(room, TapWanted) == [wanted]
        assert openings.sign(RECORDING) == SignSet(RECORDING, NOON)
        assert openings.find(current.id) is current
        assert openings.running_sink(RECORDING) is room.tape
        assert openings.running_sinks() == (room.tape,)
        for unknown in (
            lambda: openings.find("no such"),
            lambda: openings.running_sink(TRANSCRIPT),
        ):
            with pytest.raises(UnknownOpening):
                unknown()

        room.gates.cancel(RECORDING)
        assert openings.taps() == ()
        assert openings.running_sinks() == ()
        with pytest.raises(UnknownOpening):
            openings.running_sink(RECORDING)


async def test_the_end_waits_until_sinks_have_stopped() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        tape = room.tape
        tape.may_stop.clear()
        room.gates.close_down()
        await calm()
        assert not room.over.is_set()
        tape.may_stop.set()
        await room.over.wait()
        assert "sign off for recording" in room.said


async def test_a_sink_that_breaks_down_closes_its_own_gate() -> None:
    with capture_logs() as logs:
        async with tiny(*BOTH) as room:
            await running(room, ALICE, BOB, features=BOTH)
            room.tapes[0].breaks_down.set()
            await calm()

            assert [tape.permit.alive for tape in room.tapes] == [False, True]
            assert "give recording up: sink-unavailable" in room.said
    [crashed] = [log for log in logs if log["event"] == "sink.crashed"]
    assert (crashed["room"], crashed["feature"]) == (ROOM, RECORDING)
    assert crashed["exc_info"]


async def test_a_sink_that_cannot_start_is_logged() -> None:
    with capture_logs() as logs:
        async with tiny(RECORDING) as room:
            room.cannot_start = DiskLow()
            room.gates.join(ALICE, {RECORDING: yes(ALICE, RECORDING)}, host=True)
            room.gates.request(RECORDING)
            await calm()
    [told_of] = [log for log in logs if log["event"] == "sink.unavailable"]
    assert (told_of["room"], told_of["feature"]) == (ROOM, RECORDING)


async def test_a_sink_that_never_stops_is_taken_as_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opening, "STOP_WITHIN", 0)
    with capture_logs() as logs:
        async with tiny(RECORDING) as room:
            await running(room, ALICE, BOB)
            assert room.tape.permit.alive
            assert told(room, SignSet) == [SignSet(RECORDING, NOON)]
            room.tape.may_stop.clear()
            room.gates.cancel(RECORDING)
            await calm()
            assert told(room, SignSet)[1:] == [SignSet(RECORDING, None)]
    [slow] = [log for log in logs if log["event"] == "sink.slow-to-stop"]
    assert (slow["room"], slow["feature"]) == (ROOM, RECORDING)


async def test_what_has_not_said_that_it_runs_reads_and_answers_nothing() -> None:
    async with tiny(RECORDING) as room:
        room.begins = False
        await running(room, ALICE, BOB)
        openings = room.gates.openings
        current = openings.of(RECORDING)
        assert openings.running_sinks() == ()
        with pytest.raises(UnknownOpening):
            openings.running_sink(RECORDING)

        room.tape.opened.running()
        assert current.running
        assert openings.running_sinks() == (room.tape,)

        room.gates.cancel(RECORDING)
        with pytest.raises(UnknownOpening):
            current.usable_sink()
        await calm()
        assert not current.running
