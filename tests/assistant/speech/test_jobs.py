"""What waits for the engine, in which order, and who has a claim on it."""

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
    job = jobs.take(now)
    assert job is not None
    return jobs.done(job, text, now)


def test_what_ended_first_is_recognised_first() -> None:
    jobs = listening(t1="ann", t2="ben")
    jobs.add(1, sound(0.0, 9.0), since=0, now=9.6)
    jobs.add(2, sound(7.0, 8.0), since=0, now=9.7)

    order = [jobs.take(10), jobs.take(10), jobs.take(10)]

    assert [job and job.sound.ended for job in order] == [8.0, 9.0, None]


def test_one_microphone_is_recognised_once_for_two_tracks() -> None:
    jobs = listening(t1="ann", t2="ann")
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)
    jobs.add(2, sound(1.1, 2.2), since=0, now=2.6)

    heard = recognised(jobs, "yes")

    assert heard is not None
    assert heard.tracks == (1, 2)
    assert jobs.take(10) is None


def test_who_comes_while_it_is_recognised_or_just_after_gets_the_same_line() -> None:
    jobs = listening(t1="ann", t2="ann", t3="ann")
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)
    job = jobs.take(2.6)
    assert job is not None
    assert jobs.add(2, sound(1.0, 2.0), since=0, now=2.7) is None
    first = jobs.done(job, "yes", 3.0)

    later = jobs.add(3, sound(1.0, 2.0), since=0, now=5.0)

    assert first is not None
    assert later is not None
    assert first.tracks == (1, 2)
    assert later == Heard(first.line, 1.0, 2.0, (3,), "yes")


def test_who_comes_too_late_is_recognised_apart() -> None:
    jobs = listening(t1="ann", t2="ann")
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)
    recognised(jobs, "yes", 3.0)

    assert jobs.add(2, sound(1.0, 2.0), since=0, now=6.5) is None
    assert jobs.take(6.5) is not None


def test_another_voice_and_another_moment_are_recognised_apart() -> None:
    jobs = listening(t1="ann", t2="ben", t3="ann")
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)
    jobs.add(2, sound(1.0, 2.0), since=0, now=2.6)
    jobs.add(3, sound(1.0, 2.4), since=0, now=3.0)

    heard = [recognised(jobs, "yes") for _ in range(3)]

    assert [said and said.tracks for said in heard] == [(1,), (2,), (3,)]


def test_no_track_gets_sound_from_before_it_listened() -> None:
    jobs = listening(t1="ann", t2="ann")
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)

    jobs.add(2, sound(1.2, 2.0), since=1.1, now=2.6)

    assert [job and set(job.claims) for job in (jobs.take(3), jobs.take(3))] == [
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
    assert jobs.take(3) is None


def test_a_pause_that_was_not_the_end_is_told_to_nobody() -> None:
    jobs = listening(t1="ann")
    jobs.add(1, sound(1.0, 2.0, whole=False), since=0, now=2.3)
    job = jobs.take(2.3)
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

    job = jobs.take(3)

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

    assert jobs.take(3) is None
    assert not any(said.pcm)


def test_closing_drops_the_words_of_what_is_recognised_just_then() -> None:
    jobs = listening(t1="ann", t2="ann")
    jobs.add(1, sound(1.0, 2.0), since=0, now=2.6)
    job = jobs.take(2.6)
    assert job is not None

    jobs.close(1)

    assert jobs.done(job, "yes", 3.0) is None
    assert job.text == ""
    assert jobs.add(2, sound(1.0, 2.0), since=0, now=3.0) is None
    assert jobs.take(3.0) is not None


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
    job = jobs.take(2.6)
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
