"""
Rule 19 for words: transcript, captions and summary are for who was there.

Ben says `LETTER` and leaves; Anna says `LAUNCH`; Carla comes and says `ROOM`.
Dora is there throughout, so that nobody is left alone (rule 18).
"""

import asyncio
import io
import re
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

from tests.assistant.conftest import FEATURES, Meeting, meeting, serving
from tests.assistant.conftest import until as until_holds
from tests.assistant.speaker import Speaker
from tests.assistant.speech.voices import plain
from tests.ids import without_ids

pytestmark = pytest.mark.asyncio(loop_scope="module")

LETTER = "I will send you the first version of the letter on Wednesday morning."
LAUNCH = "We have decided to move the launch to the eighth of June."
ROOM = "I will book the room for the meeting on Thursday morning."
LONG = (
    "The pineapple volcano is hidden behind the second waterfall where nobody who "
    "walks along the river would ever think of looking for an old lighthouse."
)
EVERY = {"letter", "launch", "thursday"}
"""By which one knows the lines."""
WORDS = {"Anna": EVERY, "Ben": {"letter"}, "Carla": {"thursday"}}
"""What each of them was there for."""
WRITTEN = ("transcript", "summary")


@dataclass(frozen=True, slots=True)
class Past:
    """The meeting, over, and its summary written."""

    held: Meeting
    people: dict[str, Speaker]
    so_far: dict[str, Any]
    """What Carla was told when she asked for a summary before it was over."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def past(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Past]:
    data = tmp_path_factory.mktemp("present") / "data"
    async with serving(data) as world:
        held = await meeting(world, data, "Anna", "Ben", "Carla", "Dora")
        anna, ben, carla, _ = held.people
        held.people.remove(carla)
        await carla.say(type="leave")
        await anna.hears("left")
        await held.open(*WRITTEN)
        await says(held, ben, LETTER)
        anna.heard.clear()
        await ben.say(type="leave")
        await anna.hears("left")
        held.people.remove(ben)
        await says(held, anna, LAUNCH)
        carla.heard.clear()
        await carla.join(allow=WRITTEN)
        held.people.append(carla)
        came = asyncio.get_running_loop().time()
        await until_holds(
            lambda: (
                len(carla.tapped) >= 2
                # What is said within the pause around an utterance is in both parts.
                and asyncio.get_running_loop().time() > came + 0.5
            )
        )
        await says(held, carla, ROOM, by=2)
        since = len(carla.heard)
        await carla.say(type="summarise")
        so_far = await carla.hears("summary", since=since)
        await held.end()
        async with held.visit(anna) as visit:
            await visit.summary("ready")
        people = {"Anna": anna, "Ben": ben, "Carla": carla}
        yield Past(held, people, so_far)


async def says(held: Meeting, who: Speaker, text: str, *, by: int = 0) -> None:
    """Somebody speaks, and both features have the line."""
    since = len(held.people[by].heard)
    who.mouth.say(text)
    await held.heard(*WRITTEN, by=by, since=since)


def found(said: object) -> set[str]:
    """Which of the words are in something."""
    words = plain(str(said))
    return {word for word in EVERY if word in words}


async def everything(past: Past, name: str) -> dict[str, str]:
    """All that one gets from every address that there is, on anybody's page or not."""
    root = f"/api/rooms/{past.held.room}/after"
    asked = {
        f"{root}/{path}"
        for path in (
            "transcript/lines",
            "transcript/transcript.vtt",
            "transcript/transcript.txt",
            "transcript/transcript.json",
            "recording/captions.vtt",
            "summary/summary",
            "summary/summary.json",
            "summary/summary.md",
            "summary/summary.md?language=de",
        )
    }
    async with past.held.visit(past.people["Anna"]) as visit:
        asked |= set(re.findall(r"/api/rooms/[^\"' ]+", str(await visit.page())))
    got = {}
    async with past.held.visit(past.people[name]) as visit:
        got["page"] = str(await visit.page())
        for address in sorted(asked):
            async with visit.http.get(visit._whole(address)) as answer:
                assert "no-store" in answer.headers["Cache-Control"]
                got[address] = readable(await answer.read())
    return got


def readable(raw: bytes) -> str:
    """All the text that is in something, in each file of an archive too."""
    if not zipfile.is_zipfile(io.BytesIO(raw)):
        return raw.decode()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = [archive.read(name) for name in archive.namelist()]
    return "\n".join(file.decode("utf-8", "replace") for file in files)


@pytest.mark.parametrize("name", ["Anna", "Ben", "Carla"])
async def test_R19_present_every_word_that_one_gets_is_of_when_one_was_there(
    past: Past, name: str
) -> None:
    got = await everything(past, name)

    for address, text in got.items():
        assert found(text) <= WORDS[name], address
    for address in ("transcript.vtt", "transcript.txt", "lines", "summary.md"):
        (text,) = (t for a, t in got.items() if a.endswith(address))
        assert found(text) == WORDS[name], address


async def test_R19_present_nobody_is_named_to_who_never_met_them(past: Past) -> None:
    for name, stranger in (("Ben", "Carla"), ("Carla", "Ben")):
        got = await everything(past, name)
        for address, text in got.items():
            assert stranger not in without_ids(text), address
            assert past.people[stranger].id not in text, address


async def test_R19_present_a_late_caption_is_not_for_who_has_come_since(
    past: Past,
) -> None:
    heard = [f["text"] for f in past.people["Carla"].heard if f["type"] == "caption"]

    assert found(heard) == {"thursday"}


async def test_R19_present_a_summary_so_far_is_of_what_one_was_there_for(
    past: Past,
) -> None:
    assert found(past.so_far) == {"thursday"}
    assert "Ben" not in without_ids(str(past.so_far))
    first = past.so_far["summary"]["from"]
    async with past.held.visit(past.people["Anna"]) as visit:
        assert (await visit.read("summary"))["from"] < first


async def test_R19_present_an_item_that_one_cannot_see_is_not_there(
    past: Past,
) -> None:
    async with past.held.visit(past.people["Anna"]) as visit:
        summary = await visit.read("summary")
    ids = {
        item["id"]: found(item["quotes"])
        for section in summary["sections"]
        for item in section["items"]
    }
    hidden = [name for name, words in ids.items() if words - WORDS["Ben"]]
    assert hidden
    async with past.held.visit(past.people["Ben"]) as visit:
        for item in [*hidden, "nothing"]:
            assert await visit.post(f"summary/items/{item}/wrong") == 404
        own = await visit.read("summary")
    async with past.held.visit(past.people["Anna"]) as visit:
        assert await visit.read("summary") == summary
    shown = [item["id"] for section in own["sections"] for item in section["items"]]
    assert shown == [name for name, words in ids.items() if words == {"letter"}]
    assert own["to"] < summary["to"]


async def test_R19_present_who_comes_or_goes_in_mid_sentence_reads_no_word_of_before(
    past: Past,
) -> None:
    """Neither while it grows nor when it is final."""
    # On the server of the meeting that is over: its engine is loaded.
    held = await meeting(
        past.held.world, past.held.data, "Anna", "Ben", "Carla", "Dora"
    )
    anna, ben, carla, dora = held.people
    held.people.remove(carla)
    await carla.say(type="leave")
    await anna.hears("left")
    await held.open("transcript")
    since = len(anna.heard)
    begin, end = ben.mouth.say(LONG)
    # Well after the volcano, and well before the lighthouse.
    await until_holds(lambda: asyncio.get_running_loop().time() > begin + 3)
    await dora.say(type="leave")
    await anna.hears("left", since=since)
    carla.heard.clear()
    await carla.join(allow=("transcript",))
    came = asyncio.get_running_loop().time()
    await until_holds(lambda: bool(carla.tapped))
    await anna.hears("caption", where=lambda c: c["final"])
    await until_holds(lambda: asyncio.get_running_loop().time() > end + 1)
    ben.mouth.say(ROOM)
    await carla.hears("caption", where=lambda c: c["final"] and "room" in c["text"])

    assert came < end, "she came when it was over"
    assert "lighthouse" in captions(anna)
    assert not {"pineapple", "volcano", "hidden"} & set(captions(carla).split())
    assert "lighthouse" not in captions(dora)


def captions(who: Speaker) -> str:
    """Every word that somebody was told, growing or final."""
    texts = [f["text"] for f in who.heard if f["type"] == "caption"]
    return plain(" ".join(texts))


async def test_R19_present_with_the_whole_meeting_words_are_for_all(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The same is told of the same lines where the notice said so."""
    data = tmp_path_factory.mktemp("shared") / "data"
    features = {name: {"shared_with": "meeting"} for name in WRITTEN}
    rest: dict[str, Any] = {name: {} for name in FEATURES if name not in WRITTEN}
    async with serving(data, features=features | rest) as world:
        held = await meeting(world, data, "Anna", "Ben", "Dora", features=())
        anna, ben, _ = held.people
        await held.open(*WRITTEN)
        await ben.say(type="leave")
        await anna.hears("left")
        held.people.remove(ben)
        await says(held, anna, LAUNCH)
        await held.end()
        async with held.visit(ben) as visit:
            await visit.summary("ready")
            assert found(await visit.read("transcript")) == {"launch"}
            assert found(await visit.read("summary")) == {"launch"}
