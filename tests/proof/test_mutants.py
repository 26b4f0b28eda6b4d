"""
The proof can fail: each of these mistakes in the gate is found, by what the files hold.

Every mutant replaces one rule by the mistake that one would make; the same script on
the server as it is passes.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeGuard

import pytest

from gatekeeper.assistant.transcript.transcriber import Transcriber
from gatekeeper.clock import Clock
from gatekeeper.consent.effects import Close, Effect, Grant
from gatekeeper.consent.gate import Gate
from gatekeeper.consent.state import Answers
from gatekeeper.consent.types import FeatureId, ParticipantId, SourceKind
from gatekeeper.errors import PeerError
from gatekeeper.evidence.presence import Presence
from gatekeeper.evidence.statement import SignedDecision
from gatekeeper.gating.opening import Opening
from gatekeeper.gating.openings import Openings
from gatekeeper.gating.permit import Mint, Permit
from gatekeeper.gating.shell import GateShell
from gatekeeper.media.feed.line import Line
from gatekeeper.media.tap.stream import Frame
from gatekeeper.media.tap.taps import Taps
from gatekeeper.meeting.faults import ClockJumped
from gatekeeper.meeting.room import Room
from gatekeeper.meeting.roster import Roster
from gatekeeper.wire.base import Message
from tests.proof.many import prove
from tests.proof.script import read

Patch = pytest.MonkeyPatch

AT_ONCE = 3
TRIES = 3
"""Meetings in which a mistake has to show once."""

LATE = 1.0
"""Seconds by which some of them are too late."""
LATE_WORDS = 3.0
"""As much for words, which are known only when they are over."""

BEGINS = """
Mara joins and allows
Tomas joins and allows
Mara asks for recording
"""
JOINED = f"""{BEGINS}
Ines joins
Mara ends the meeting
"""
REFUSED = f"""
impolite: Tomas
{BEGINS}
Tomas refuses
Ines joins and allows
Mara ends the meeting
"""
CUT_OFF = f"""{BEGINS}
Tomas is cut off
Mara ends the meeting
"""
ASKED_AGAIN = f"""{BEGINS}
Tomas refuses
Mara stops recording
Mara asks for recording
Mara ends the meeting
"""
THREE = """
Mara joins and allows
Tomas joins and allows
Ines joins and allows
Mara asks for recording
"""
LEFT = f"""
impolite: Tomas
{THREE}
Tomas leaves
Mara ends the meeting
"""
LEFT_ALONE = f"""
impolite: Mara
{BEGINS}
Tomas leaves
Mara ends the meeting
"""
LEFT_WITHOUT_HOST = f"""
impolite: Tomas, Ines
{THREE}
Mara leaves
Tomas leaves
Ines leaves
"""
SHARED = f"""
impolite: Tomas
{BEGINS}
Tomas shares their screen
Ines joins and allows
Mara ends the meeting
"""
SHARED_ON = f"""
impolite: Tomas
{BEGINS}
Tomas shares their screen
Tomas refuses
Mara ends the meeting
"""
TWO_FEATURES = """
impolite: Tomas
Mara joins and allows everything
Tomas joins and allows everything
Mara asks for recording
Mara asks for training
Tomas refuses training
Mara ends the meeting
"""
ONE_OF_TWO = """
Mara joins and allows everything
Tomas joins and allows
Mara asks for recording
Mara asks for training
Mara ends the meeting
"""
NOTED = """
impolite: Tomas
Mara joins and allows notes
Tomas joins and allows notes
Mara asks for notes
Tomas refuses notes
Mara ends the meeting
"""
CLOCK_SET = f"""{BEGINS}
the clock jumps ahead
the clock jumps back
Mara ends the meeting
"""
CLOCK_SET_AGAIN = f"""{BEGINS}
the clock jumps ahead
Mara asks for recording
the clock jumps back
Mara asks for recording
Mara ends the meeting
"""
SPOKE = """
impolite: Tomas
Mara joins and allows everything
Tomas joins and allows everything
Mara asks for transcript
"""
SPOKE_ON = f"""{SPOKE}
Tomas refuses transcript
Ines joins
Ines leaves
Ines joins
Mara ends the meeting
"""
SPOKE_LONG = f"""{SPOKE}
Mara shares their screen
Ines joins and allows everything
Mara stops sharing
Mara shares their screen
Mara stops sharing
Mara shares their screen
Mara ends the meeting
"""
CAME_IN_A_WORD = f"""{SPOKE}
Ines joins and allows everything
Noor joins and allows everything
Mara ends the meeting
"""
CAME_AND_WENT = f"""{BEGINS}
Ines joins and allows
Tomas leaves
Tomas joins and allows
Ines leaves
Mara ends the meeting
"""
NEVER_MET = f"""{THREE}
Tomas leaves
Noor joins and allows
Noor leaves
Mara ends the meeting
"""
LEFT_UNWILLING = """
Mara joins and allows
Tomas joins and allows
Ines joins
Mara asks for recording
Ines leaves
Mara ends the meeting
"""
LEFT_UNWILLING_ASKED = """
Mara joins and allows
Tomas joins and allows
Ines joins
Mara asks for recording
Ines leaves
Mara asks for recording
Mara ends the meeting
"""


def admission_without_a_pause(patch: Patch) -> None:
    """Whoever comes is taken to allow what runs."""
    join = Gate.join

    def joins(
        gate: Gate, who: ParticipantId, answers: Answers | None = None, **more: Any
    ) -> list[Effect]:
        effects = join(gate, who, answers, **more)
        for effect in effects:
            if isinstance(effect, Close):
                notice = next(iter(gate._notices[effect.feature]))
                grant = Grant(who, effect.feature, notice, "")
                gate._present[who] = gate._present[who].answered(effect.feature, grant)
        return [effect for effect in effects if not isinstance(effect, Close)]

    def signed(
        shell: GateShell[SignedDecision], who: ParticipantId, feature: FeatureId
    ) -> SignedDecision | None:
        """What is only taken to be allowed nobody has signed."""
        grant = shell._gate.grant_of(who, feature)
        return shell._held.of(grant) if grant and grant.statement else None

    patch.setattr(Gate, "join", joins)
    patch.setattr(GateShell, "signed", signed)


def permit_that_outlives_its_closing(patch: Patch) -> None:
    """The gate closes, and the permit dies a little later."""
    later(patch, Mint, "revoke")


def withdrawal_that_waits(patch: Patch) -> None:
    """A no is answered at once, and acted upon a little later."""
    later(patch, GateShell, "decline")


def later(patch: Patch, owner: type, name: str, by: float = LATE) -> None:
    act: Callable[..., None] = getattr(owner, name)

    def acts(*given: Any) -> None:
        asyncio.get_running_loop().call_later(by, act, *given)

    patch.setattr(owner, name, acts)


def lost_connection_ignored(patch: Patch) -> None:
    """Who cannot be reached cannot say no, and counts as willing."""
    patch.setattr(Gate, "lose", lambda *_: [])


def grant_of_an_earlier_round(patch: Patch) -> None:
    """Who allowed it once need not be asked again."""
    decline, request = Gate.decline, Gate.request
    once: dict[tuple[Gate, ParticipantId], Grant] = {}

    def declines(gate: Gate, who: ParticipantId, feature: FeatureId) -> list[Effect]:
        held = gate.grant_of(who, feature)
        if held is not None:
            once[gate, who] = held
        return decline(gate, who, feature)

    def requests(gate: Gate, feature: FeatureId, *, ask: bool) -> list[Effect]:
        for (where, who), grant in once.items():
            if where is gate:
                gate._present[who] = gate._present[who].answered(feature, grant)
        return request(gate, feature, ask=ask)

    patch.setattr(Gate, "decline", declines)
    patch.setattr(Gate, "request", requests)


def leaver_whose_tap_stays(patch: Patch) -> None:
    """
    The others go on being recorded, and so does who has left.

    Two mistakes: whose tap stays is in no part of those who are there.
    """
    patch.setattr(Opening, "drop", lambda *_: None)
    one_part_for_all(patch)


def start_by_leaving(patch: Patch) -> None:
    """It begins when the last one who did not allow it has gone."""

    def leaves(gate: Gate, who: ParticipantId) -> list[Effect]:
        before = gate._open()
        del gate._present[who]
        return [*gate._closings(before), *gate._openings(before)]

    patch.setattr(Gate, "leave", leaves)


def answers_outlive_a_departure(patch: Patch) -> None:
    """Who has answered once is not asked afresh: so it was the one who left."""
    patch.setattr(Gate, "_lapses", lambda *_: [])


def last_one_goes_on(patch: Patch) -> None:
    """That somebody is left alone is no reason to stop."""
    leave = Gate.leave

    def leaves(gate: Gate, who: ParticipantId) -> list[Effect]:
        ghost = ParticipantId("nobody")
        gate._present[ghost] = gate._present[who]
        try:
            return leave(gate, who)
        finally:
            del gate._present[ghost]

    patch.setattr(Gate, "leave", leaves)


def host_is_not_needed(patch: Patch) -> None:
    """It goes on when the last host has left."""
    patch.setattr(Gate, "_hostless_without", lambda *_: False)


def one_part_for_all(patch: Patch) -> None:
    """Whoever goes is taken to be there still."""
    patch.setattr(Openings, "went", lambda *_: [])


def served_by_meeting(patch: Patch) -> None:
    """Whoever was there at any time gets everything."""
    patch.setattr(Presence, "_parts", lambda mine, stretch: stretch.parts)


def page_that_gives_all(patch: Patch) -> None:
    """The ledger is asked who was there; what an address gives does not ask it."""
    patch.setattr(Presence, "may_have", lambda *_: True)


def page_that_names_all(patch: Patch) -> None:
    """Who was there for anything is told of everybody."""

    def people(mine: Presence, feature: FeatureId) -> tuple[ParticipantId, ...]:
        parts = [p for s in mine.told.stretches_of(feature) for p in s.parts]
        return tuple(dict.fromkeys(who for part in parts for who in part.people))

    patch.setattr(Presence, "people", people)


def recorder_that_keeps_nothing(patch: Patch) -> None:
    """The sign is on, and the files stay empty."""
    patch.setattr("gatekeeper.media.tap.tap.Tap._packet", lambda *_: None)


def screen_that_outlives_its_gate(patch: Patch) -> None:
    """A gate closes for cameras and microphones, and later for screens."""
    later(patch, Mint, "revoke")
    closed: set[str] = set()
    close = Openings.close

    def closes(openings: Openings, feature: FeatureId) -> Opening:
        opening = close(openings, feature)
        closed.add(opening.id)
        return opening

    patch.setattr(Openings, "close", closes)
    hand_on(
        patch,
        lambda permit, source: (
            None if permit.opening in closed and source != "screen" else source
        ),
    )


def screen_taken_for_a_camera(patch: Patch) -> None:
    """What is filed as the camera's is of the screen."""
    swapped = {
        SourceKind.SCREEN: SourceKind.CAMERA,
        SourceKind.CAMERA: SourceKind.SCREEN,
    }
    hand_on(patch, lambda _, source: swapped.get(source, source))


def screens_forgotten(patch: Patch) -> None:
    """What is shared is not kept, and the notice says that it is."""
    hand_on(patch, lambda _, source: None if source == "screen" else source)


def sound_of_a_screen_forgotten(patch: Patch) -> None:
    """What is played on it is not kept, and the notice says that it is."""
    hand_on(patch, lambda _, source: None if source == "screen-audio" else source)


def sound_of_a_screen_taken_for_a_voice(patch: Patch) -> None:
    """What is filed as the microphone's was played on the screen."""
    swapped = {
        SourceKind.SCREEN_AUDIO: SourceKind.MICROPHONE,
        SourceKind.MICROPHONE: SourceKind.SCREEN_AUDIO,
    }
    hand_on(patch, lambda _, source: swapped.get(source, source))


def one_gate_for_all_features(patch: Patch) -> None:
    """While one feature is open, the taps of the others serve on."""
    live: dict[Mint, set[Permit]] = {}
    dead: dict[Mint, set[Permit]] = {}
    issue, revoke = Mint.issue, Mint.revoke

    def issues(mint: Mint, *given: Any) -> Permit:
        permit = issue(mint, *given)
        live.setdefault(mint, set()).add(permit)
        return permit

    def revokes(mint: Mint, permit: Permit) -> None:
        live[mint].discard(permit)
        dead.setdefault(mint, set()).add(permit)
        for each in () if live[mint] else dead[mint]:
            revoke(mint, each)

    patch.setattr(Mint, "issue", issues)
    patch.setattr(Mint, "revoke", revokes)


def a_yes_to_one_is_a_yes_to_all(patch: Patch) -> None:
    """Whoever allows one thing is taken to allow what else is asked for."""
    request = Gate.request

    def requests(gate: Gate, feature: FeatureId, *, ask: bool) -> list[Effect]:
        for who, seat in gate._present.items():
            for other in gate.features:
                given = gate.grant_of(who, other)
                if given is not None:
                    notice = next(iter(gate._notices[feature]))
                    grant = Grant(who, feature, notice, given.statement)
                    gate._present[who] = seat.answered(feature, grant)
        return request(gate, feature, ask=ask)

    patch.setattr(Gate, "request", requests)


def clock_followed_and_nothing_closed(patch: Patch) -> None:
    """That the clock was set is no reason to stop."""
    fail = Room.fail

    def fails(room: Room, why: PeerError) -> None:
        if not isinstance(why, ClockJumped):
            fail(room, why)

    patch.setattr(Room, "fail", fails)


def times_of_the_machine(patch: Patch) -> None:
    """What is written down has whatever time the machine believes it is."""

    def now(clock: Clock) -> datetime:
        return datetime.fromtimestamp(clock._wall(), UTC)

    patch.setattr(Clock, "now", now)


def captions_for_the_room(patch: Patch) -> None:
    """Captions go to whoever is in the room when they are ready."""

    def tells(roster: Roster, _: Any, message: Message) -> None:
        roster.tell_all(message)

    patch.setattr(Roster, "tell_those", tells)


def words_written_late(patch: Patch) -> None:
    """The gate closes, and what is said is heard a little longer."""
    later(patch, Mint, "revoke", LATE_WORDS)


def lines_for_everybody(patch: Patch) -> None:
    """Who was there for some of a transcript reads all of it."""
    patch.setattr(Presence, "may_read", lambda *_: True)


def transcript_that_is_empty(patch: Patch) -> None:
    """The sign is on, and nothing is written down."""
    patch.setattr(Transcriber, "_receive", lambda *_: None)


def feed_that_outlives_its_gate(patch: Patch) -> None:
    """A machine is cut off, and its permit dies, a little later."""
    later(patch, Mint, "revoke")


def feed_that_is_empty(patch: Patch) -> None:
    """The sign is on, and the machine gets nothing."""
    patch.setattr(Line, "take", lambda *_: None)


def hand_on(
    patch: Patch, become: Callable[[Permit, SourceKind], SourceKind | None]
) -> None:
    """Have each frame filed as what `become` says; None: not at all."""
    connect: Callable[..., Awaitable[str]] = Taps.connect

    async def connects(taps: Taps, who: ParticipantId, *given: Any) -> str:
        *offered, frame = given

        def hands_on(source: SourceKind, content: Frame) -> None:
            filed = become(taps._permit, source)
            if filed is not None:
                frame(filed, content)

        return await connect(taps, who, *offered, hands_on)

    patch.setattr(Taps, "connect", connects)


MUTANTS: list[tuple[Callable[[Patch], None], str, str]] = [
    (admission_without_a_pause, JOINED, "after 'Ines joins'"),
    (permit_that_outlives_its_closing, REFUSED, "after 'Tomas refuses'"),
    (withdrawal_that_waits, REFUSED, "after 'Tomas refuses'"),
    (lost_connection_ignored, CUT_OFF, "after 'Tomas is cut off'"),
    (grant_of_an_earlier_round, ASKED_AGAIN, "after 'Tomas refuses'"),
    (leaver_whose_tap_stays, LEFT, "after 'Tomas leaves'"),
    (answers_outlive_a_departure, LEFT_UNWILLING_ASKED, "before anything was"),
    (last_one_goes_on, LEFT_ALONE, "after 'Tomas leaves'"),
    (host_is_not_needed, LEFT_WITHOUT_HOST, "after 'Mara leaves'"),
    (one_part_for_all, CAME_AND_WENT, "Tomas may have .* and was not there for it"),
    (served_by_meeting, CAME_AND_WENT, "Ines may have .* and was not there for it"),
    (page_that_gives_all, CAME_AND_WENT, "Ines is given .* and was not there for it"),
    (page_that_names_all, NEVER_MET, "Noor is told of Tomas, whom"),
    (start_by_leaving, LEFT_UNWILLING, "before anything was allowed"),
    (screen_that_outlives_its_gate, SHARED_ON, "Tomas is in .*-screen.* after 'Tomas"),
    (screen_taken_for_a_camera, SHARED, "Tomas's screen is in .*-camera"),
    (one_gate_for_all_features, TWO_FEATURES, "training/.* after 'Tomas refuses tr"),
    (
        a_yes_to_one_is_a_yes_to_all,
        ONE_OF_TWO,
        "training/.* before anything was|entry .* signature does not fit",
    ),
    (clock_followed_and_nothing_closed, CLOCK_SET, "after 'the clock jumps ahead'"),
    (times_of_the_machine, CLOCK_SET_AGAIN, "Tomas is in .* by the file"),
    (captions_for_the_room, CAME_IN_A_WORD, "words are in a caption of .* not there"),
    (words_written_late, SPOKE_ON, "words are kept, .* when it was not allowed"),
    (lines_for_everybody, CAME_IN_A_WORD, "words are in .* not there"),
    (transcript_that_is_empty, SPOKE_LONG, "words is written down"),
    (screens_forgotten, SHARED, "pictures of Tomas's screen are missing"),
    (sound_of_a_screen_forgotten, SHARED, "what Tomas's screen plays are missing"),
    (
        sound_of_a_screen_taken_for_a_voice,
        SHARED,
        "Tomas's screen-audio is in .*-microphone",
    ),
    (recorder_that_keeps_nothing, REFUSED, "are missing"),
    (
        feed_that_outlives_its_gate,
        NOTED,
        "Tomas is in notes/.* after 'Tomas refuses notes'",
    ),
    (feed_that_is_empty, NOTED, "are missing"),
]


async def test_the_server_as_it_is_passes(tmp_path: Path) -> None:
    scripts = [read(text) for text in dict.fromkeys(text for _, text, _ in MUTANTS)]

    for outcome in await prove(tmp_path, scripts, at_once=AT_ONCE):
        assert outcome.violation is None, str(outcome.violation)


NAMES = [mutant.__name__ for mutant, _, _ in MUTANTS]


@pytest.fixture(scope="module")
def found(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[str]]]:
    """
    What the proof says of each mutant that is wanted.

    Meetings mostly wait, so several are held at once, each in a process of its own.
    """
    # Forked from a process that has no threads, and made everything before.
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.proof.prepared", __name__])
    wanted = {str(item.callspec.id) for item in request.session.items if _is_one(item)}
    with ProcessPoolExecutor(AT_ONCE, context) as pool:
        yield {
            name: pool.submit(held, tmp_path_factory.mktemp(name), number)
            for number, name in enumerate(NAMES)
            if name in wanted
        }


def _is_one(item: pytest.Item) -> TypeGuard[pytest.Function]:
    return isinstance(item, pytest.Function) and item.originalname == (
        test_a_mistake_in_the_gate_is_found.__name__
    )


def held(folder: Path, number: int) -> str:
    """What is wrong with a meeting that is held with that mutant; empty if nothing."""
    mutant, text, said = MUTANTS[number]
    wrong = ""
    for attempt in range(TRIES):
        with pytest.MonkeyPatch.context() as patch:
            mutant(patch)
            own = folder / str(attempt)
            own.mkdir()
            (outcome,) = asyncio.run(prove(own, [read(text)], at_once=1))
        wrong = str(outcome.violation or "")
        if re.search(said, wrong):
            break
    return wrong


@pytest.mark.parametrize("said", [said for _, _, said in MUTANTS], ids=NAMES)
def test_a_mistake_in_the_gate_is_found(
    found: dict[str, Future[str]], request: pytest.FixtureRequest, said: str
) -> None:
    assert re.search(said, found[request.node.callspec.id].result())
