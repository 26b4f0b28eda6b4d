"""What is played on a shared screen is captured where the notice says so."""

from pathlib import Path
from typing import Any

import pytest

from gatekeeper.config.locales import locales
from gatekeeper.consent.types import FeatureId, LanguageTag
from tests.meeting.conftest import World, configured, start
from tests.meeting.person import Person

RECORDING = FeatureId("recording")
SOURCES = ("microphone", "camera", "screen", "screen-audio")
BEFORE = ["audio", "video", "screen"]
"""What a recording touched until there was sound of screens."""
SAID = {
    "ar": "صورتك وصوتك وكل شاشة تشاركها مع صوتها",
    "de": "Dein Bild, deine Stimme und jeder Bildschirm, den du teilst, mit seinem Ton",
    "en": "Your picture, your voice and any screen you share, with its sound",
    "es": "Su imagen, su voz y cualquier pantalla que comparta, con su sonido",
    "fr": "Votre image, votre voix et tout écran que vous partagez, avec le son",
}
OWN = {
    "name": "Recording",
    "object": "recording",
    "meaning": "Films the meeting.",
    "captured": "Your picture, your voice and any screen you share",
    "purpose": "Watching it again",
    "processor": "This server",
    "recipients": "You get what you were there for",
    "retention": "A week",
    "withdrawal": "One click in the room",
}
"""As an admin may have written it when there was none."""


def server(data: Path, **recording: Any) -> Any:
    return start(configured(data, features={"recording": recording, "transcript": {}}))


async def wanted(
    world: World, *people: Person, feature: FeatureId = RECORDING
) -> list[str]:
    """What an opening of the feature wants of everybody."""
    mark = len(people[0].heard)
    await people[0].say(type="request", feature=feature)
    for person in people:
        await person.allow(feature)
    tap = await people[0].hears("tap", since=mark)
    await people[0].say(type="cancel", feature=feature)
    await people[0].hears("tap-closed", since=mark)
    return list(tap["sources"])


async def two(world: World) -> list[Person]:
    room, secret = await world.room("recording", "transcript")
    people = [await world.person(room, name) for name in ("Ann", "Ben")]
    for number, person in enumerate(people):
        await person.join(host=None if number else secret)
    return people


async def test_W1_a_recording_says_so_in_every_language(tmp_path: Path) -> None:
    async with server(tmp_path) as world:
        (person, _) = await two(world)
        shown, _ = person.facts["features"]

        assert shown["kinds"] == [*BEFORE, "screen-audio"]
        assert {t: n["captured"] for t, n in shown["notices"].items()} == SAID
        assert {*SAID} == {*locales()}


async def test_it_is_wanted_of_everybody_and_by_no_transcript(tmp_path: Path) -> None:
    async with server(tmp_path) as world:
        people = await two(world)
        shown = people[0].facts["features"][1]

        assert await wanted(world, *people) == [*SOURCES]
        heard = await wanted(world, *people, feature=FeatureId("transcript"))
        assert heard == ["microphone"]
        assert shown["kinds"] == ["audio"]


async def test_R11_who_agreed_to_the_words_of_before_is_asked_afresh(
    tmp_path: Path,
) -> None:
    async with server(tmp_path, kinds=BEFORE) as world:
        ann, ben = await two(world)
        assert await wanted(world, ann, ben) == [*SOURCES[:3]]
        before = ann.digest("recording")
        for text in SAID.values():
            assert text not in str(ann.facts)
    async with server(tmp_path) as world:
        people = [await world.person(ann.room, name) for name in ("Cat", "Dan")]
        for person in people:
            await person.connect()
            mark = len(person.heard)
            old = person.answer("recording", "granted", {"notice": before})
            assert person.digest("recording") != before
            joining = person.joining({"challenge": person.heard[-1]["challenge"]})
            await person.say(**joining | {"answers": [old]})
            assert await person.fault(mark) == "notice-outdated"
            welcome = await person.hears("welcome", since=mark)
            assert welcome["answers"] == []


@pytest.mark.parametrize("kinds", [None, BEFORE, [*BEFORE, "screen-audio"]])
async def test_words_of_an_admins_own_cover_it_only_if_the_kinds_say_so(
    tmp_path: Path, kinds: list[str] | None
) -> None:
    given = {} if kinds is None else {"kinds": kinds}
    covered = kinds is not None and "screen-audio" in kinds
    expected = [*SOURCES] if covered else [*SOURCES[:3]]
    notices = dict.fromkeys(locales(), OWN)
    async with server(tmp_path, notices=notices, **given) as world:
        people = await two(world)

        assert await wanted(world, *people) == expected
        assert people[0].facts["features"][0]["kinds"] == (kinds or BEFORE)


async def test_words_put_at_the_console_cover_it_only_if_the_kinds_say_so(
    tmp_path: Path,
) -> None:
    without, whole = [*SOURCES[:3]], [*SOURCES]
    async with server(tmp_path) as world:
        people = await two(world)
        await world.offers.wordings.put(RECORDING, {LanguageTag("en"): OWN})
        await again(*people)
        assert await wanted(world, *people) == without
        kinds = [person.facts["features"][0]["kinds"] for person in people]
        assert kinds == [BEFORE, BEFORE]
        other = people[0].facts["features"][0]["notices"]["de"]["captured"]
        assert SAID["de"].startswith(other)
        assert SAID["de"] != other
    async with server(tmp_path) as world:
        people = await two(world)
        assert await wanted(world, *people) == without
        await world.offers.wordings.use_file(RECORDING)
        await again(*people)
        assert await wanted(world, *people) == whole


async def again(*people: Person) -> None:
    """What a page does when other words are in force."""
    for person in people:
        await person.__aenter__()
