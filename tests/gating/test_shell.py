"""One room's gate through its shell: a whole meeting, the admin, the host."""

import pytest
from structlog.testing import capture_logs

from gatekeeper.errors import (
    AlreadyPresent,
    LedgerUnavailable,
    NoticeOutdated,
    OutOfOrder,
    UnknownFeature,
    UnknownParticipant,
)
from gatekeeper.gating.events import (
    GaveUp,
    Offering,
)
from gatekeeper.gating.rules import GateRules
from tests.consent.people import ALICE, BOB, CAROL, RECORDING, TRANSCRIPT, notice
from tests.gating.tiny import (
    ROOM,
    RULES,
    calm,
    running,
    tiny,
    told,
    worded,
    yes,
)

BOTH = (RECORDING, TRANSCRIPT)


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


async def test_nothing_runs_while_it_is_not_known_who_is_there() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        first = room.tape.permit
        room.gates.see(all_present=False)
        assert not first.alive
        await calm()
        assert len(room.tapes) == 1

        room.gates.see(all_present=True)
        await calm()

        assert len(room.tapes) == 2
        assert room.tape.permit.alive
        assert not room.gates.openings._closing  # what has stopped is held no longer


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

        assert told(room, Offering) == [
            Offering(RECORDING, True, frozenset({notice(RECORDING, 2)}))
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
        assert not told(room, Offering)


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
        assert not room.gates.request(RECORDING).asked
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


async def test_a_fault_closes_what_is_open_and_says_so_once_each() -> None:
    async with tiny(*BOTH) as room:
        await running(room, ALICE, BOB, features=BOTH)
        room.gates.cancel(TRANSCRIPT)
        why = LedgerUnavailable()

        room.gates.fail(why)

        assert told(room, GaveUp) == [GaveUp(RECORDING, why)]


async def test_the_time_stops_when_it_closes() -> None:
    async with tiny(RECORDING) as room:
        await running(room, ALICE, BOB)
        assert list(room.gates._limit._running) == [RECORDING]
        room.gates.lose(BOB)
        assert not room.gates._limit._running


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


async def test_the_log_names_room_and_feature_and_nobody() -> None:
    with capture_logs() as logs:
        async with tiny(RECORDING) as room:
            await running(room, ALICE, BOB)
            room.gates.decline(BOB, RECORDING, lambda: None)
            room.gates.request(RECORDING)
            room.gates.fail(LedgerUnavailable())
            room.gates.grant(yes(BOB, RECORDING))
            room.gates.request(RECORDING)
            await calm()
            room.gates.fail(LedgerUnavailable())
    about = {"room": ROOM, "feature": RECORDING, "log_level": "info"}
    opened, closed = {"event": "gate.opened"}, {"event": "gate.closed"}
    failed = {"event": "gate.failed", "code": LedgerUnavailable.code}
    failed["log_level"] = "error"
    assert logs == [
        {**about, **each} for each in (opened, closed, opened, closed, failed)
    ]
