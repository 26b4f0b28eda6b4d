"""One room's gate through its shell: what closes at once, and what waits for what."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from gatekeeper.consent.types import FeatureId, ParticipantId, SourceKind
from gatekeeper.errors import (
    AlreadyPresent,
    ClockJumped,
    DiskLow,
    LedgerUnavailable,
    NoticeOutdated,
    OutOfOrder,
    SinkUnavailable,
    UnknownFeature,
    UnknownOpening,
    UnknownParticipant,
)
from gatekeeper.gating import journal_queue
from gatekeeper.gating.events import (
    Event,
    GaveUp,
    ReceiptMade,
    Reworded,
    SignSet,
    TapClosed,
    TapWanted,
)
from gatekeeper.gating.rules import GateRules
from tests.consent.people import ALICE, BOB, CAROL, RECORDING, TRANSCRIPT, notice
from tests.gating.tiny import NOON, RULES, TinyRoom, calm, tiny, worded, yes

BOTH = (RECORDING, TRANSCRIPT)


async def running(
    room: TinyRoom,
    *who: ParticipantId,
    features: Sequence[FeatureId] = (RECORDING,),
) -> None:
    """Everybody has allowed `features`, and they run; the first one is the host."""
    for each in who:
        held = {feature: yes(each, feature) for feature in features}
        room.gates.join(each, held, host=each == who[0])
    for feature in features:
        room.gates.request(feature)
    await calm()
    assert [tape.permit.feature for tape in room.tapes] == list(features)


def told(room: TinyRoom, kind: type[Event]) -> list[Event]:
    return [event for event in room.heard if isinstance(event, kind)]


async def test_a_whole_meeting() -> None:
    async with tiny(RECORDING) as room:
        gates = room.gates
        gates.join(ALICE, {}, host=True)
        gates.join(BOB, {}, host=False)
        await calm()
        assert room.present == [ALICE, BOB]

        assert gates.request(RECORDING).asked
        gates.grant(yes(ALICE, RECORDING))
        await calm()
        assert room.tapes == []
        gates.grant(yes(BOB, RECORDING))
        await calm()
        first = room.tape
        first.hear(BOB, "first words")

        gates.join(CAROL, {}, host=False)
        first.hear(BOB, "while somebody comes")
        await calm()
        gates.grant(yes(CAROL, RECORDING))
        await calm()
        second = room.tape
        second.hear(CAROL, "second words")

        gates.leave(CAROL)
        second.hear(CAROL, "from outside")
        second.hear(BOB, "third words")
        gates.decline(BOB, RECORDING, lambda: None)
        second.hear(ALICE, "after the no")
        await calm()

    assert (first.kept, second.kept) == (
        ["first words"],
        ["second words", "third words"],
    )
    assert second.dropped == [CAROL]
    assert room.diary.lines == [
        "open recording",
        "close recording at 12:00",
        "open recording",
        "part 1 of recording: alice and bob",
        "close recording at 12:00",
    ]
    assert room.said == [
        "let alice in",
        "let bob in",
        "ask everyone about recording",
        "write down that alice and bob allow recording",
        "receipt for alice: granted recording",
        "receipt for bob: granted recording",
        "open recording",
        "sign on for recording",
        "sign off for recording",
        "let carol in",
        "ask carol about recording",
        "write down that alice and bob and carol allow recording",
        "receipt for carol: granted recording",
        "open recording",
        "sign on for recording",
        "write down that bob takes recording back",
        "sign off for recording",
        "receipt for bob: withdrawn recording",
    ]


# ---- What closes --------------------------------------------------------------------


CLOSINGS: dict[str, Callable[[TinyRoom], object]] = {
    "a no": lambda room: room.gates.decline(BOB, RECORDING, lambda: None),
    "the host": lambda room: room.gates.cancel(RECORDING),
    "the admin": lambda room: room.gates.forbid(RECORDING),
    "other words": lambda room: room.gates.reword(RECORDING, worded(RECORDING, 2)),
    "a lost connection": lambda room: room.gates.lose(BOB),
    "a newcomer": lambda room: room.gates.join(CAROL, {}, host=False),
    "one who is left": lambda room: room.gates.leave(BOB),
    "no host": lambda room: room.gates.leave(ALICE),
    "a page in place of another": lambda room: room.gates.join(
        BOB, {}, host=False, again=True
    ),
    "a fault": lambda room: room.gates.fail(ClockJumped()),
    "the end": lambda room: room.gates.shut(),
    "the time": lambda room: room.gates._expire(RECORDING),
    "its sink": lambda room: room.tape.opened.failed(DiskLow()),
}


@pytest.mark.parametrize("cause", CLOSINGS)
async def test_it_has_closed_when_the_event_returns(cause: str) -> None:
    """Whatever the disk does meanwhile."""
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        room.diary.may_write.clear()

        CLOSINGS[cause](room)

        assert not room.tape.permit.alive
        assert room.gates.openings.current == ()
        room.diary.may_write.set()
        await calm()
        assert room.diary.lines == ["open recording", "close recording at 12:00"]
        assert "sign off for recording" in room.said
        assert len(told(room, TapClosed)) == 1


@pytest.mark.parametrize("cause", CLOSINGS)
async def test_every_permit_is_dead_before_anybody_is_told(cause: str) -> None:
    """Even if who is told breaks down: a room of another engine's, say."""
    async with tiny(*BOTH) as room:
        await running(room, ALICE, BOB, features=BOTH)
        alive: list[bool] = []
        tell = room.tell

        def breaks(event: Event) -> None:
            alive.extend(
                tape.permit.alive
                for tape in room.tapes
                if not room.gates.state.is_open(tape.permit.feature)
            )
            if isinstance(event, TapClosed):
                raise RuntimeError("whoever hears of it breaks down")  # noqa: TRY004
            tell(event)

        room.tell = breaks  # type: ignore[method-assign]
        room.tapes.reverse()  # the recording's is `tape`
        with pytest.raises(RuntimeError):
            CLOSINGS[cause](room)
        room.tell = tell  # type: ignore[method-assign]

        assert alive
        assert not any(alive)
        await calm()
        assert "close recording at 12:00" in room.diary.lines


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


# ---- The admin ----------------------------------------------------------------------


async def test_a_forbidden_feature_cannot_be_asked_for_until_it_is_allowed() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        room.gates.forbid(RECORDING)
        await calm()

        with pytest.raises(UnknownFeature):
            room.gates.request(RECORDING)
        room.gates.allow(RECORDING)
        await calm()
        assert len(room.tapes) == 1
        room.gates.request(RECORDING)
        await calm()

        assert len(room.tapes) == 2
        assert room.tape.permit.alive


async def test_changed_words_are_asked_again() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        before = len(room.said)

        room.gates.reword(RECORDING, worded(RECORDING, 2))
        await calm()

        assert told(room, Reworded) == [
            Reworded(RECORDING, frozenset({notice(RECORDING, 2)}))
        ]
        assert room.diary.notices == {RECORDING: {notice(RECORDING, 2)}}
        assert room.said[before:] == [
            "sign off for recording",
            "ask alice about recording",
            "ask bob about recording",
        ]
        with pytest.raises(NoticeOutdated):
            room.gates.grant(yes(ALICE, RECORDING))
        for who in (ALICE, BOB):
            room.gates.grant(yes(who, RECORDING, 2))
        await calm()
        assert len(room.tapes) == 2
        assert room.tape.permit.alive


@pytest.mark.parametrize("act", ["forbid", "allow", "cancel", "request"])
async def test_what_is_not_offered_changes_nothing(act: str) -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        with pytest.raises(UnknownFeature):
            getattr(room.gates, act)(TRANSCRIPT)
        with pytest.raises(UnknownFeature):
            room.gates.reword(TRANSCRIPT, worded(TRANSCRIPT))
        assert room.tape.permit.alive
        assert room.diary.notices == {}
        assert not told(room, Reworded)


# ---- The host -----------------------------------------------------------------------


async def test_everybody_is_asked_at_most_once_in_a_while() -> None:
    async with tiny(RECORDING) as room:
        room.gates.join(ALICE, {}, host=True)
        heard = room.gates.request(RECORDING)
        assert (heard.asked, heard.ask_again_in) == (True, RULES.ask_again)
        room.now = 20.0
        heard = room.gates.request(RECORDING)
        assert (heard.asked, heard.ask_again_in) == (False, RULES.ask_again - 20)
        room.now = RULES.ask_again
        assert room.gates.request(RECORDING).asked
        await calm()
        assert room.said.count("ask everyone about recording") == 2


async def test_a_request_that_is_refused_counts_as_none() -> None:
    async with tiny(RECORDING) as room:
        with pytest.raises(OutOfOrder):
            room.gates.request(RECORDING)
        room.diary.available = False
        room.gates.join(ALICE, {}, host=True)
        with pytest.raises(LedgerUnavailable):
            room.gates.request(RECORDING)
        room.diary.available = True
        assert room.gates.request(RECORDING).asked


async def test_after_a_lapse_the_next_question_need_not_wait_once() -> None:
    async with tiny(RECORDING) as room:
        for who in (ALICE, BOB, CAROL):
            room.gates.join(who, {}, host=who == ALICE)
        assert room.gates.request(RECORDING).asked
        room.gates.leave(CAROL)
        assert room.gates.request(RECORDING).asked
        room.gates.leave(BOB)
        assert not room.gates.request(RECORDING).asked


async def test_after_running_for_too_long_the_next_question_need_not_wait() -> None:
    async with tiny(RECORDING, rules=GateRules(ask_again=60, longest=0)) as room:
        await running(room, ALICE, BOB)
        await room.tape.permit.ended()
        assert room.gates.request(RECORDING).asked
        await calm()
        assert "tell everyone that answers about recording have lapsed" in room.said


async def test_what_is_asked_for_while_it_runs_begins_no_new_time() -> None:
    async with tiny(RECORDING, rules=GateRules(ask_again=0, longest=100)) as room:
        await running(room, ALICE, BOB)
        room.gates._limit._spent[RECORDING] = 99.0
        room.gates.request(RECORDING)
        assert room.gates._limit._spent == {RECORDING: 99.0}
        room.gates.cancel(RECORDING)
        room.gates.request(RECORDING)
        assert room.gates._limit._spent == {}


# ---- What cannot be proved, or run --------------------------------------------------


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


async def test_a_fault_closes_what_is_open_and_says_so_once_each() -> None:
    async with tiny(*BOTH) as room:
        await running(room, ALICE, BOB, features=BOTH)
        room.gates.cancel(TRANSCRIPT)
        why = ClockJumped()

        room.gates.fail(why)

        assert told(room, GaveUp) == [GaveUp(RECORDING, why)]


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


# ---- To read ------------------------------------------------------------------------


async def test_who_comes_later_is_told_of_taps_and_signs() -> None:
    async with tiny(*BOTH) as room:
        openings = room.gates.openings
        assert openings.taps() == ()
        assert openings.sign(RECORDING) == SignSet(RECORDING, None)
        await running(room, ALICE, BOB)
        opening = openings.of(RECORDING)

        wanted = TapWanted(RECORDING, opening.id, (SourceKind.MICROPHONE,))
        assert openings.taps() == (wanted,)
        assert told(room, TapWanted) == [wanted]
        assert openings.sign(RECORDING) == SignSet(RECORDING, NOON)
        assert openings.find(opening.id) is opening
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


async def test_grants_that_nobody_holds_are_forgotten() -> None:
    async with tiny(RECORDING) as room:
        room.gates.join(ALICE, {}, host=True)
        for version in range(50):
            grant = yes(ALICE, RECORDING)
            room.gates.grant(type(grant)(ALICE, RECORDING, grant.notice, f"{version}"))
            room.gates.decline(ALICE, RECORDING, lambda: None)
        assert len(room.gates._held) <= 1


@pytest.mark.parametrize("again", [False, True])
async def test_who_cannot_be_taken_in_changes_nothing(again: bool) -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        who = CAROL if again else BOB
        with pytest.raises(UnknownParticipant if again else AlreadyPresent):
            room.gates.join(who, {}, host=False, again=again)
        assert room.tape.permit.alive
        for act in (room.gates.lose, room.gates.regain, room.gates.leave):
            with pytest.raises(UnknownParticipant):
                act(CAROL)
        assert room.tape.permit.alive
        assert room.tape.part == 0


# ---- The end ------------------------------------------------------------------------


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
