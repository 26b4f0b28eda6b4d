"""What the page says of a film that there is none of follows from what is on record."""

from dataclasses import replace

import pytest

from gatekeeper.archive.kept import Kept
from gatekeeper.consent.types import LanguageTag, ParticipantId, RoomId
from gatekeeper.evidence.history import History
from gatekeeper.storage.rooms import RoomRecord
from gatekeeper.web.kept.shapes import film
from tests.after.conftest import Past, recorded, until
from tests.evidence.people import NOON
from tests.evidence.told import RECORDING, file, opened, told
from tests.meeting.conftest import World
from tests.meeting.person import Person

GOING = RoomRecord(RoomId("room"), "", LanguageTag("en"), (), b"", NOON)
OVER = replace(GOING, ended_at=NOON)
SEALED = told(opened({"mara", "tom"}, {"tom"}))
UNSEALED = replace(SEALED, sealed=False)
GONE = told(*SEALED.stretches, captured=[file("tom", 1)])
RETAINED = replace(GONE, over={RECORDING: NOON})


@pytest.mark.parametrize(
    ("record", "history", "mara", "tom"),
    [
        (GOING, UNSEALED, "later", "later"),
        (OVER, UNSEALED, "waiting", "waiting"),
        (OVER, SEALED, "empty", "empty"),
        (OVER, GONE, "empty", "emptied"),
        (OVER, RETAINED, "empty", "deleted"),
    ],
)
def test_each_is_told_of_their_own_time_in_it(
    record: RoomRecord, history: History, mara: str, tom: str
) -> None:
    kept = Kept(record.id, (), history, {}, {})
    for viewer, expected in (("mara", mara), ("tom", tom), ("ines", "none")):
        view = kept.seen_by(ParticipantId(viewer))
        for filmed, state in ((True, expected), (False, "none")):
            shown = film("", record, RECORDING, view, filmed=filmed)
            assert (viewer, shown["state"]) == (viewer, state)


def test_what_nothing_new_is_to_be_made_of_waits_for_no_film() -> None:
    tracks = (file("mara", 0), file("tom", 0), file("tom", 1))
    history = replace(SEALED, captured=tracks)
    for stopped, expected in (({"tom"}, "waiting"), ({"mara", "tom"}, "unmade")):
        kept = Kept(
            *(OVER.id, (), history, {}),
            stopped={RECORDING: frozenset(map(ParticipantId, stopped))},
            tracks=tracks,
        )
        view = kept.seen_by(ParticipantId("mara"))
        shown = film("", OVER, RECORDING, view, filmed=True)
        assert shown["state"] == expected


async def state(past: Past, url: str, name: str) -> str:
    async with past.visit(url, name) as visit:
        found: str = (await visit.feature())["film"]["state"]
        return found


async def seated(room: RoomId, *people: Person, host: str) -> Past:
    """People who send neither sound nor picture; the first one is the host."""
    links: dict[str, str] = {}
    for person in people:
        given = None if links else host
        welcome = await person.join(host=given, allow=("recording",))
        links[person.name] = welcome["after"]
    return Past(room, host, {}, links)


async def test_a_recording_to_which_nothing_came_was_on_all_the_same(
    world: World,
) -> None:
    room, secret = await world.room("recording")
    mara, tomas, ines = [
        await world.person(room, name) for name in ("Mara", "Tomas", "Ines")
    ]
    past = await seated(room, mara, tomas, host=secret)
    await mara.say(type="request", feature="recording")
    await tomas.hears("tap")
    assert await state(past, world.url, "Tomas") == "later", "it may come yet"
    await mara.say(type="cancel", feature="recording")
    await tomas.hears("tap-closed")
    assert await state(past, world.url, "Tomas") == "later", "as may another part"

    past.links["Ines"] = (await ines.join())["after"]
    await mara.say(type="end")
    await until(lambda: room not in {r.record.id for r in world.registry.rooms})
    for name in ("Mara", "Tomas"):
        async with past.visit(world.url, name) as visit:
            feature = await visit.until("film", "empty")
        assert len(feature["stretches"]) == 1
        assert feature["tracks"] == []
    assert await state(past, world.url, "Ines") == "none", "she was not there for it"


async def test_when_the_last_one_has_stopped_there_is_no_film_until_one_wants_it(
    world: World,
) -> None:
    past = await recorded(world, "Mara", "Tomas", end=False)
    for name in past.people:
        async with past.visit(world.url, name) as visit:
            await visit.until("your_part", "kept")
            assert await visit.post("recording/stopped") == 204
    await past.people["Mara"].say(type="end")
    async with past.visit(world.url, "Tomas") as visit:
        feature = await visit.until("film", "unmade")
        assert len(feature["tracks"]) == 4
        assert await visit.delete("recording/stopped") == 204
        await visit.until("film", "ready")
