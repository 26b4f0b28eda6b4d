"""What is kept of a meeting as a value: what of it somebody sees, and what has gone."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.archive.kept import Kept
from gatekeeper.assistant.transcript.lines import LineId, TranscriptLine
from gatekeeper.consent.features import TRANSCRIPT
from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, RoomId
from gatekeeper.evidence.history import Captured, History
from gatekeeper.evidence.presence import Span
from gatekeeper.media.film.recipe import Chapter, Film, FilmIndex
from gatekeeper.media.film.standing import FilmState
from gatekeeper.storage.deletions import Deletion
from tests.evidence.people import NOON, unhurried
from tests.evidence.told import RECORDING, file, opened, told

ROOM = RoomId("room")
MARA, TOM, ANA = (ParticipantId(name) for name in ("mara", "tom", "ana"))
OPENING = OpeningId("opening")
people = st.lists(
    st.sets(st.sampled_from([MARA, TOM, ANA]), min_size=1), min_size=1, max_size=4
)


def film_of(*parts: int, viewers: tuple[str, ...]) -> Film:
    chapters = [
        Chapter.model_validate(
            {
                "at": 0.0,
                "from": NOON,
                "to": NOON,
                "opening": OPENING,
                "part": part,
                "people": (),
            }
        )
        for part in parts
    ]
    return Film(
        format="mp4",
        seconds=1,
        bytes=1,
        sha256="0" * 64,
        chapters=tuple(chapters),
        viewers=viewers,
    )


def kept(history: History, *tracks: Captured, going: tuple[Deletion, ...] = ()) -> Kept:
    films = FilmIndex(
        recipe="0" * 64,
        made_at=NOON,
        films=(film_of(0, viewers=(MARA, TOM)),),
    )
    return Kept(
        room=ROOM,
        chain=(),
        history=history,
        names={RECORDING: {MARA: "Mara", TOM: "Tom", ANA: "Ana"}},
        stopped={},
        going=going,
        tracks=tracks,
        films={RECORDING: FilmState("ready", 1.0, films)},
    )


@unhurried
@given(people)
def test_R19_present_of_every_part_those_see_something_who_were_in_it(
    present: list[set[ParticipantId]],
) -> None:
    tracks = [
        file(who, number) for number, each in enumerate(present) for who in sorted(each)
    ]
    whole = kept(told(opened(*present), captured=tracks), *tracks)
    for viewer in (MARA, TOM, ANA):
        view = whole.seen_by(viewer)
        theirs = {number for number, each in enumerate(present) if viewer in each}

        assert {track.part for track in view.tracks(RECORDING)} == theirs
        assert {number for _, number in view.parts(RECORDING)} == theirs
        assert view.attended(RECORDING) == bool(theirs)
        shared = set().union(*(present[number] for number in theirs))
        assert set(view.names(RECORDING)) == shared
        made = view.film(RECORDING)
        assert (made is not None) == (0 in theirs and viewer != ANA)


@unhurried
@given(people)
def test_R19_present_a_line_is_for_who_was_there_all_the_time_that_it_took(
    present: list[set[ParticipantId]],
) -> None:
    history = told(opened(*present, feature=TRANSCRIPT))
    last = len(present) - 1
    minute = timedelta(minutes=1)
    lines = [
        TranscriptLine(
            LineId(f"{first}-{number}"),
            MARA,
            NOON + first * minute,
            NOON + (number + 1) * minute,
            "words",
            Span(OPENING, first, number),
        )
        for first in range(last + 1)
        for number in range(first, last + 1)
    ]
    whole = Kept(ROOM, (), history, {}, {}, transcript=tuple(lines))
    for viewer in (MARA, TOM, ANA):
        seen = {line.id for line in whole.seen_by(viewer).transcript}
        assert seen == {
            line.id
            for line in lines
            if line.span
            and all(
                viewer in present[number]
                for number in range(line.span.first, line.span.last + 1)
            )
        }


def test_what_is_to_be_deleted_is_in_nothing_that_anybody_is_shown() -> None:
    history = told(opened({MARA, TOM}), captured=[file(MARA, 0), file(TOM, 0)])
    deletion = Deletion(ROOM, RECORDING, TOM, frozenset({OPENING}))
    whole = kept(history, file(MARA, 0), file(TOM, 0), going=(deletion,))
    for viewer in (MARA, TOM):
        view = whole.seen_by(viewer)
        assert [track.participant for track in view.tracks(RECORDING)] == [MARA]
        assert view.film(RECORDING) is None
    assert whole.film(RECORDING).state == "waiting"
    assert whole.own_part(RECORDING, TOM) == "erasing"
    assert whole.own_part(RECORDING, MARA) == "kept"


def test_a_deletion_leaves_what_was_captured_under_a_later_yes() -> None:
    later = OpeningId("later")
    history = told(opened({TOM}), opened({TOM}, opening=later))
    deletion = Deletion(ROOM, RECORDING, TOM, frozenset({OPENING}))
    tracks = file(TOM, 0), file(TOM, 0, later)
    left = kept(history, *tracks, going=(deletion,)).tracks_of(RECORDING)
    assert [track.opening for track in left] == [later]


def test_all_of_a_feature_goes_when_its_time_is_over_and_no_other_goes_with_it() -> (
    None
):
    other = FeatureId("training")
    history = told(opened({MARA, TOM}), opened({MARA}, feature=other, opening="o2"))
    whole = kept(history, file(MARA, 0), going=(Deletion(ROOM, RECORDING, None, None),))
    assert whole.tracks_of(RECORDING) == ()
    assert whole.goes(RECORDING, TOM, OPENING)
    assert not whole.goes(other, MARA, OpeningId("o2"))


def test_ones_own_part_is_told_as_it_is() -> None:
    history = told(opened({MARA, TOM}), captured=[file(MARA, 0)])
    erased = History(
        history.stretches,
        history.captured,
        {(RECORDING, TOM, OPENING): NOON},
        {},
        sealed=True,
    )
    whole = kept(erased, file(MARA, 0))
    assert whole.own_part(RECORDING, MARA) == "kept"
    assert whole.own_part(RECORDING, TOM) == "erased"
    assert whole.own_part(RECORDING, ANA) == "none"
