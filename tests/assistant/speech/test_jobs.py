"""What waits for the engine, in which order, and who has a claim on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.assistant.speech.jobs import BACKLOG, Jobs
from gatekeeper.assistant.speech.pipe import Heard
from gatekeeper.assistant.speech.sound import Sound

SECOND = 2 * 16_000


def sound(
    began: float, ended: float, *, whole: bool = True, seconds: float = 1
) -> Sound:
    pcm = bytearray(b"\1" * int(SECOND * seconds))
    return Sound(began - 0.1, began, ended, pcm, whole)


def listening(**voices: str) -> Jobs:
    """Tracks `t1`, `t2` ... by voice."""
    jobs = Jobs()
    for track, voice in voices.items():
        jobs.open(int(track[1:]), voice)
    return jobs


def recognised(jobs: Jobs, text: str, now: float = 10.0) -> Heard | None:
    job = jobs.pop(now)
    assert job is not None
    return jobs.done(job, text, now)


def test_what_ended_first_is_recognised_first() -> None:
    jobs = listening(t1="ann", t2="ben")
    jobs.add(1, sound(0.0, 9.0), since=0, now=9.6)
    jobs.add(2, sound(7.0, 8.0), since=0, now=9.7)

    order = [jobs.pop(10), jobs.pop(10), jobs.pop(10)]

    assert [job and job.sound.ended for job in order] == [8.0, 9.0, None]


def test_one_microphone_is_recognised_once_for_two_tracks() -> None:
    jobs = listening(t1="ann", t2="ann")
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)
    jobs.add(2, sound(1.1, 2.2), since=0, now=2.6)

    heard = recognised(jobs, "yes")

    assert heard is not None
    assert heard.tracks == (1, 2)
    assert jobs.pop(10) is None


def test_who_comes_while_it_is_recognised_or_just_after_gets_the_same_line() -> None:
    jobs = listening(t1="ann", t2="ann", t3="ann")
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)
    job = jobs.pop(2.6)
    assert job is not None
    assert jobs.add(2, sound(1.0, 2.0), since=0, now=2.7) is None
    first = jobs.done(job, "yes", 3.0)

    later = jobs.add(3, sound(1.0, 2.0), since=0, now=5.0)

    assert first is not None
    assert later is not None
    assert first.tracks == (1, 2)
    assert later == Heard(first.line, 1.0, 2.0, (3,), "yes")


@pytest.mark.parametrize(("late", "same"), [(4.0, True), (25.0, True), (35.0, False)])
def test_what_was_held_up_on_its_way_is_the_same_line(late: float, same: bool) -> None:
    """However late a batch comes: what counts is when it was sent."""
    jobs = listening(t1="ann", t2="ann")
    jobs.reach(2, 1.5)
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)
    first = recognised(jobs, "yes", 3.0)

    jobs.pop(3.0 + late - 0.1)  # as the worker does now and then
    again = jobs.add(2, sound(1.0, 2.0), since=0, now=3.0 + late)

    assert first is not None
    assert (again is not None and again.line == first.line) is same


def test_who_has_heard_on_is_not_waited_for() -> None:
    jobs = listening(t1="ann", t2="ann")
    jobs.reach(2, 5.5)
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)
    recognised(jobs, "yes", 3.0)

    jobs.pop(6.5)

    assert jobs.add(2, sound(1.0, 2.0), since=0, now=6.6) is None


def test_who_comes_too_late_is_recognised_apart() -> None:
    jobs = listening(t1="ann", t2="ann")
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)
    recognised(jobs, "yes", 3.0)

    assert jobs.add(2, sound(1.0, 2.0), since=0, now=6.5) is None
    assert jobs.pop(6.5) is not None


def test_another_voice_and_another_moment_are_recognised_apart() -> None:
    jobs = listening(t1="ann", t2="ben", t3="ann")
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)
    jobs.add(2, sound(1.0, 2.0), since=0, now=2.6)
    jobs.add(3, sound(1.0, 2.4), since=0, now=3.0)

    heard = [recognised(jobs, "yes") for _ in range(3)]

    assert [said and said.tracks for said in heard] == [(1,), (2,), (3,)]


@given(
    late=st.floats(0, 0.5),
    more=st.floats(-0.2, 0.2),
    lasts=st.floats(0.7, 10),
)
def test_a_tap_that_has_just_come_hears_the_same_though_its_clock_is_late(
    late: float, more: float, lasts: float
) -> None:
    """Its first packets were held up, so that all seems to be later to it."""
    jobs = listening(t1="ann", t2="ann")
    end = 5 + lasts
    jobs.add(1, sound(5.0, end), since=0, now=end)
    jobs.add(2, sound(5.0 + late, end + late + more), since=4.0, now=end + 1)
    # What follows is another one, be it that the first was cut there.
    then = end if lasts >= 5 else end + 0.6
    jobs.add(1, sound(then, then + lasts), since=0, now=then + lasts)
    jobs.add(2, sound(then + late, then + lasts + late), since=4.0, now=then + lasts)

    heard = [recognised(jobs, "yes", 30.0), recognised(jobs, "no", 30.0)]

    assert [said and said.tracks for said in heard] == [(1, 2), (1, 2)]
    assert jobs.pop(30.0) is None


@given(late=st.floats(0.6, 20), lasts=st.floats(0.3, 10))
def test_what_somebody_says_twice_is_two_lines(late: float, lasts: float) -> None:
    jobs = listening(t1="ann", t2="ann")
    jobs.add(1, sound(5.0, 5 + lasts), since=0, now=30)
    jobs.add(2, sound(5.0 + late, 5 + lasts + late), since=4.0, now=30)

    heard = [recognised(jobs, "yes", 30.0) for _ in range(2)]

    assert [said and said.tracks for said in heard] == [(1,), (2,)]


def test_no_track_gets_sound_from_before_it_listened() -> None:
    jobs = listening(t1="ann", t2="ann")
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)

    jobs.add(2, sound(1.2, 2.0), since=1.1, now=2.6)

    assert [job and set(job.claims) for job in (jobs.pop(3), jobs.pop(3))] == [
        {1},
        {2},
    ]


def test_a_pause_that_was_the_end_has_been_recognised_by_then() -> None:
    jobs = listening(t1="ann")
    jobs.add(1, sound(1.0, 2.0, whole=False), since=0, now=2.3)
    assert recognised(jobs, "yes", 2.5) is None

    heard = jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)

    assert heard is not None
    assert heard.text == "yes"
    assert jobs.pop(3) is None


def test_a_pause_that_was_not_the_end_is_told_to_nobody() -> None:
    jobs = listening(t1="ann")
    jobs.add(1, sound(1.0, 2.0, whole=False), since=0, now=2.3)
    job = jobs.pop(2.3)
    assert job is not None
    jobs.resume(1)

    assert jobs.done(job, "yes", 2.5) is None
    assert jobs.add(1, sound(1.0, 4.0), since=0, now=4.6) is None
    heard = recognised(jobs, "yes and no", 5.0)

    assert heard is not None
    assert heard.text == "yes and no"


def test_what_has_only_paused_waits_for_what_has_ended() -> None:
    jobs = listening(t1="ann", t2="ben")
    jobs.add(1, sound(1.0, 2.0, whole=False), since=0, now=2.3)
    jobs.add(2, sound(1.0, 2.1), since=0, now=2.7)

    job = jobs.pop(3)

    assert job is not None
    assert job.voice == "ben"


def test_another_tracks_pause_is_no_end() -> None:
    jobs = listening(t1="ann", t2="ann")
    jobs.add(1, sound(1.0, 2.0, whole=False), since=0, now=2.3)
    jobs.add(2, sound(1.0, 2.2), since=0, now=2.7)

    heard = recognised(jobs, "yes")

    assert heard is not None
    assert heard.tracks == (2,)
    assert heard.ended == 2.2


def test_closing_drops_what_waits_and_wipes_its_sound() -> None:
    jobs = listening(t1="ann")
    said = sound(1.0, 2.0)
    jobs.add(1, said, since=0, now=2.6)

    jobs.close(1)

    assert jobs.pop(3) is None
    assert not any(said.pcm)


def test_closing_drops_the_words_of_what_is_recognised_just_then() -> None:
    jobs = listening(t1="ann", t2="ann")
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)
    job = jobs.pop(2.6)
    assert job is not None

    jobs.close(1)

    assert jobs.done(job, "yes", 3.0) is None
    assert job.text == ""
    assert jobs.add(2, sound(1.0, 2.0), since=0, now=3.0) is None
    assert jobs.pop(3.0) is not None


def test_closing_one_of_two_tracks_leaves_the_other_its_words() -> None:
    jobs = listening(t1="ann", t2="ann")
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)
    jobs.add(2, sound(1.0, 2.0), since=0, now=2.6)

    jobs.close(1)

    heard = recognised(jobs, "yes")
    assert heard is not None
    assert heard.tracks == (2,)


def test_words_are_forgotten_with_the_last_track_of_their_voice() -> None:
    jobs = listening(t1="ann", t2="ben")
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)
    job = jobs.pop(2.6)
    assert job is not None
    jobs.done(job, "yes", 3.0)

    jobs.close(1)

    assert job.text == ""
    jobs.open(3, "ann")
    assert jobs.add(3, sound(1.0, 2.0), since=0, now=3.1) is None


def test_no_words_are_no_line() -> None:
    jobs = listening(t1="ann")
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)

    assert recognised(jobs, "") is None


def test_more_than_the_backlog_is_too_much_for_whom_it_began_with() -> None:
    jobs = listening(t1="ann", t2="ben")
    jobs.add(1, sound(1.0, 2.0, seconds=BACKLOG / 2), since=0, now=2.6)
    jobs.add(2, sound(1.0, 3.0, seconds=BACKLOG / 2), since=0, now=3.6)
    assert jobs.behind() == set()

    jobs.add(2, sound(3.0, 4.0), since=0, now=4.6)

    assert jobs.behind() == {1}
    jobs.close(1)
    assert jobs.behind() == set()


# ---- What is still being said --------------------------------------------------------


def growing(began: float, so_far: float, *, seconds: float = 1) -> Sound:
    given = sound(began, so_far, whole=False, seconds=seconds)
    given.growing = True
    return given


def reading(**voices: str) -> Jobs:
    """Tracks `t1`, `t2` ... by voice, that are told what is still being said."""
    jobs = Jobs()
    for track, voice in voices.items():
        jobs.open(int(track[1:]), voice, growing=True)
    return jobs


def test_what_grows_has_the_id_of_what_it_will_be() -> None:
    jobs = reading(t1="ann")
    told = []
    for so_far in (2.0, 3.0):
        assert jobs.add(1, growing(1.0, so_far), since=0, now=so_far) is None
        told.append(recognised(jobs, f"so far {so_far}.", so_far))
    jobs.add(1, sound(1.0, 3.5, whole=False), since=0, now=3.8)
    told.append(recognised(jobs, "all of it.", 3.9))
    end = jobs.add(1, sound(1.0, 3.5), since=0, now=4.1)
    jobs.add(1, growing(5.0, 6.0), since=0, now=6.0)
    after = recognised(jobs, "else", 6.0)

    assert [said and (said.text, said.final) for said in told] == [
        ("so far 2.0", False),
        ("so far 3.0", False),
        ("all of it", False),
    ]
    assert end is not None
    assert (end.text, end.final) == ("all of it.", True)
    assert {said and said.line for said in told} == {end.line}
    assert after is not None
    assert after.line != end.line


def test_what_has_ended_or_paused_goes_before_what_grows() -> None:
    jobs = reading(t1="ann", t2="ben", t3="eve")
    jobs.add(1, growing(1.0, 2.0), since=0, now=2.0)
    jobs.add(2, sound(1.0, 2.5, whole=False), since=0, now=2.8)
    jobs.add(3, sound(1.0, 3.0), since=0, now=3.6)

    order = [jobs.pop(4.0), jobs.pop(4.0), jobs.pop(4.0), jobs.pop(4.0)]

    assert [job and job.voice for job in order] == ["eve", "ben", "ann", None]


def test_of_what_grows_only_the_newest_waits_and_the_older_is_wiped() -> None:
    jobs = reading(t1="ann")
    older = growing(1.0, 2.0)
    jobs.add(1, older, since=0, now=2.0)
    jobs.add(1, growing(1.0, 3.0), since=0, now=3.0)

    taken = [jobs.pop(3.0), jobs.pop(3.0)]

    assert [job and job.sound.ended for job in taken] == [3.0, None]
    assert not any(older.pcm)


def test_what_the_engine_has_begun_with_is_told_though_more_has_been_said() -> None:
    jobs = reading(t1="ann")
    jobs.add(1, growing(1.0, 2.0), since=0, now=2.0)
    job = jobs.pop(2.0)
    assert job is not None
    jobs.add(1, growing(1.0, 3.0), since=0, now=3.0)

    told = jobs.done(job, "so far", 3.1)

    assert told is not None
    assert told.text == "so far"


def test_nothing_that_grew_is_told_after_the_end() -> None:
    jobs = reading(t1="ann")
    jobs.add(1, growing(1.0, 2.0), since=0, now=2.0)
    job = jobs.pop(2.0)
    assert job is not None
    jobs.add(1, sound(1.0, 2.5), since=0, now=3.1)

    assert jobs.done(job, "so far", 3.2) is None
    assert recognised(jobs, "all of it", 3.5) is not None
    assert jobs.pop(9.0) is None


def test_closing_drops_what_grows_waiting_or_running() -> None:
    jobs = reading(t1="ann", t2="ben")
    jobs.add(1, growing(1.0, 2.0), since=0, now=2.0)
    job = jobs.pop(2.0)
    assert job is not None
    waiting = growing(1.0, 2.0)
    jobs.add(2, waiting, since=0, now=2.0)

    jobs.close(1)
    jobs.close(2)

    assert jobs.done(job, "so far", 2.5) is None
    assert job.text == ""
    assert jobs.pop(9.0) is None
    assert not any(waiting.pcm)


def test_what_opens_anew_does_not_go_on_with_the_line_of_before() -> None:
    jobs = reading(t1="ann")
    jobs.add(1, growing(1.0, 2.0), since=0, now=2.0)
    before = recognised(jobs, "so far", 2.0)
    jobs.close(1)
    jobs.open(2, "ann", growing=True)
    jobs.add(2, growing(3.0, 4.0), since=2.9, now=4.0)

    after = recognised(jobs, "else", 4.0)

    assert before is not None
    assert after is not None
    assert before.line != after.line


def test_what_was_shown_and_is_nothing_goes() -> None:
    jobs = reading(t1="ann", t2="ann")
    jobs.add(1, growing(1.0, 2.0), since=0, now=2.0)
    shown = recognised(jobs, "thank you", 2.0)
    jobs.add(1, sound(1.0, 2.2), since=0, now=2.8)
    jobs.add(2, sound(1.0, 2.2), since=0, now=2.8)

    end = recognised(jobs, "", 3.0)

    assert shown is not None
    assert end == Heard(shown.line, 1.0, 2.2, (1,), "", final=False)


def test_only_who_reads_along_is_told_what_is_no_end_yet() -> None:
    jobs = listening(t1="ann")
    jobs.open(2, "ann", growing=True)
    for track in (1, 2):
        jobs.add(track, sound(1.0, 2.0, whole=False), since=0, now=2.3)

    paused = recognised(jobs, "yes", 2.4)
    ends = [jobs.add(track, sound(1.0, 2.0), since=0, now=2.6) for track in (1, 2)]

    assert paused is not None
    assert (paused.tracks, paused.final) == ((2,), False)
    assert [end and (end.tracks, end.final, end.line) for end in ends] == [
        ((1,), True, paused.line),
        ((2,), True, paused.line),
    ]


def test_what_grows_counts_for_no_backlog() -> None:
    jobs = reading(t1="ann")
    jobs.add(1, growing(1.0, 2.0, seconds=BACKLOG + 1), since=0, now=2.0)

    assert jobs.behind() == set()


def test_a_slow_engine_is_left_to_what_has_ended() -> None:
    jobs = reading(t1="ann")
    jobs.add(1, sound(0.0, 4.0, seconds=4), since=0, now=4.6)
    job = jobs.pop(4.6)
    assert job is not None
    jobs.done(job, "it took four seconds", 8.6)
    jobs.add(1, growing(9.0, 10.0), since=0, now=20.0)
    assert jobs.pop(20.0) is None

    jobs.add(1, sound(9.0, 10.5), since=0, now=21.0)

    assert jobs.pop(21.0) is not None


def test_what_grows_has_half_of_the_engines_time_at_most() -> None:
    jobs = reading(t1="ann")
    now, busy = 0.0, 0.0
    while now < 60:
        jobs.add(1, growing(0.0, now), since=0, now=now)
        job = jobs.pop(now)
        if job is None:
            now += 0.02
            continue
        jobs.done(job, "so far", now + 0.4)
        now, busy = now + 0.4, busy + 0.4

    assert 0.4 * now < busy <= 0.5 * now + 0.4


def test_one_stall_does_not_end_the_growing() -> None:
    jobs = reading(t1="ann")
    told = 0
    for second in range(20):
        at = float(10 * second)
        jobs.add(1, growing(at, at + 1), since=0, now=at + 1)
        if job := jobs.pop(at + 1):
            took = 3.0 if second == 10 else 0.1
            told += jobs.done(job, "so far", at + 1 + took) is not None

    assert told == 20
