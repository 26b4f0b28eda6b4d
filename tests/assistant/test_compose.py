"""Compose in a room: drafts for one person, of what everybody agreed may be read."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import structlog

from gatekeeper.assistant.compose.composer import DRAFTS
from tests.assistant import stub
from tests.assistant.conftest import bytes_below, serving, turned
from tests.assistant.stub import Stub
from tests.meeting.conftest import World
from tests.meeting.person import Frame, Person

DRAFT = "Two Spades keep the lime tree and begin in March."
WISH = {"type": "draft", "id": "one", "prompt": "Say that I agree", "tone": "friendly"}


@asynccontextmanager
async def drafting(data: Path, model: Stub) -> AsyncIterator[World]:
    ai = {"base_url": model.base_url, "model": "tiny", "first_token": 0.5}
    async with serving(data, ai=ai) as world:
        yield world


@pytest.fixture
async def model() -> AsyncIterator[Stub]:
    async with stub.running(text=DRAFT) as model:
        yield model


async def chatting(world: World, *names: str) -> tuple[Person, ...]:
    """People in a room with compose, which all have allowed; the first one hosts."""
    room, secret = await world.room("compose")
    people = []
    for number, name in enumerate(names):
        person = await world.person(room, name)
        await person.join(host=None if number else secret, allow=("compose",))
        people.append(person)
    return tuple(people)


async def open_compose(*people: Person) -> None:
    since = [len(person.heard) for person in people]
    await people[0].say(type="request", feature="compose")
    for person, mark in zip(people, since, strict=True):
        await person.hears("sign", since=mark, where=turned("compose", on=True))


async def chat(person: Person, text: str, *hearers: Person) -> None:
    since = [len(hearer.heard) for hearer in hearers]
    await person.say(type="chat", text=text)
    for hearer, mark in zip(hearers, since, strict=True):
        await hearer.hears("chat-line", since=mark)


async def drafted(person: Person, since: int = 0) -> str:
    """The text of a draft that ends well."""
    await person.hears("draft-done", since=since)
    frames = person.heard[since:]
    return "".join(f["text"] for f in frames if f["type"] == "draft-text")


def drafts(person: Person) -> list[Frame]:
    return [frame for frame in person.heard if frame["type"].startswith("draft")]


async def test_a_draft_goes_to_the_one_who_asked_and_to_nobody_else(
    tmp_path: Path, model: Stub
) -> None:
    async with drafting(tmp_path / "data", model) as world:
        mara, tomas = await chatting(world, "Mara", "Tomas")
        await open_compose(mara, tomas)
        await chat(tomas, "Shall we take Two Spades?", mara, tomas)
        await mara.say(**WISH)
        text = await drafted(mara)
        await tomas.settle()

    assert text == DRAFT
    assert drafts(tomas) == []
    assert len([f for f in tomas.heard if f["type"] == "chat-line"]) == 1
    assert DRAFT.encode() not in bytes_below(tmp_path / "data")


async def test_what_was_written_before_an_opening_is_never_sent_to_the_model(
    tmp_path: Path, model: Stub
) -> None:
    async with drafting(tmp_path / "data", model) as world:
        mara, tomas = await chatting(world, "Mara", "Tomas")
        await chat(tomas, "before the first opening", mara, tomas)
        await open_compose(mara, tomas)
        await chat(tomas, "in the first opening", mara, tomas)
        since = len(mara.heard)
        await tomas.refuse("compose")
        await mara.hears("sign", since=since, where=turned("compose", on=False))
        await chat(tomas, "between the openings", mara, tomas)
        await tomas.allow("compose")
        await mara.hears("sign", since=since, where=turned("compose", on=True))
        await chat(tomas, "in the second opening", mara, tomas)
        await mara.say(**WISH)
        await drafted(mara)

    (request,) = model.requests
    assert "in the second opening" in str(request)
    for earlier in ("before the first", "in the first opening", "between the"):
        assert earlier not in str(request)


async def test_a_line_that_waited_for_the_connection_is_sent_and_read_by_no_machine(
    tmp_path: Path, model: Stub
) -> None:
    async with drafting(tmp_path / "data", model) as world:
        mara, tomas = await chatting(world, "Mara", "Tomas")
        await open_compose(mara, tomas)
        since = len(mara.heard)
        await tomas.say(type="chat", text="typed while the gate was closed", late=True)
        await mara.hears("chat-line", since=since)
        await chat(tomas, "typed now", mara)
        await mara.say(**WISH)
        await drafted(mara)

    (request,) = model.requests
    assert "typed now" in str(request)
    assert "while the gate was closed" not in str(request)


async def test_a_draft_follows_only_on_what_its_owner_may_see(
    tmp_path: Path, model: Stub
) -> None:
    async with drafting(tmp_path / "data", model) as world:
        mara, tomas = await chatting(world, "Mara", "Tomas")
        await open_compose(mara, tomas)
        await chat(tomas, "said before Ines came", mara, tomas)
        ines = await world.person(mara.room, "Ines")
        await ines.join(allow=("compose",))
        await ines.settle()
        await chat(tomas, "said to all three", mara, tomas, ines)
        await ines.say(**WISH)
        await drafted(ines)

    (request,) = model.requests
    assert "said to all three" in str(request)
    assert "before Ines came" not in str(request)


async def test_names_do_not_leave_and_come_back_in_the_draft(
    tmp_path: Path, model: Stub
) -> None:
    model.text = "I agree with P1."
    async with drafting(tmp_path / "data", model) as world:
        mara, tomas = await chatting(world, "Mara", "Tomas Okoro")
        await open_compose(mara, tomas)
        await chat(tomas, "Shall we take Two Spades?", mara, tomas)
        await mara.say(**WISH)
        text = await drafted(mara)

    assert text == "I agree with Tomas Okoro."
    assert "Okoro" not in str(model.requests)


async def test_a_no_ends_an_open_draft_and_the_model_is_hung_up_on(
    tmp_path: Path, model: Stub
) -> None:
    model.mode = "stalls"
    async with drafting(tmp_path / "data", model) as world:
        mara, tomas = await chatting(world, "Mara", "Tomas")
        await open_compose(mara, tomas)
        await mara.say(**WISH)
        await mara.hears("draft-text")
        await tomas.refuse("compose")
        failed = await mara.hears("draft-failed")
        await model.gone.wait()
        mark = await mara.settle()
        await mara.say(**WISH)
        refused = await mara.fault(since=mark)

    assert (failed["id"], failed["code"]) == ("one", "unknown-opening")
    assert refused == "unknown-opening"


async def test_dropping_a_draft_hangs_up_on_the_model(
    tmp_path: Path, model: Stub
) -> None:
    model.mode = "stalls"
    async with drafting(tmp_path / "data", model) as world:
        (mara,) = await chatting(world, "Mara")
        await open_compose(mara)
        await mara.say(**WISH)
        await mara.hears("draft-text")
        await mara.say(type="drop-draft", id="another")
        await mara.settle()
        assert not model.gone.is_set()
        await mara.say(type="drop-draft", id="one")
        await model.gone.wait()
        await mara.settle()

    assert [frame["type"] for frame in drafts(mara)] == ["draft-text"]


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("refuses_key", "model-key-refused"),
        ("unknown", "model-unknown"),
        ("busy", "model-busy"),
        ("fails", "model-failed"),
        ("silent", "model-slow"),
        ("breaks", "model-broken"),
        ("bad_json", "model-answer-unusable"),
        ("oversize", "model-answer-too-large"),
        ("redirects", "model-redirected"),
        ("too_long", "model-input-too-long"),
        ("errs", "model-failed"),
    ],
)
async def test_each_fault_of_the_model_is_a_sentence_that_helps(
    tmp_path: Path, model: Stub, mode: str, code: str
) -> None:
    model.mode, model.retry_after = mode, "600"
    with structlog.testing.capture_logs() as logs:
        async with drafting(tmp_path / "data", model) as world:
            mara, tomas = await chatting(world, "Mara", "Tomas")
            await open_compose(mara, tomas)
            await chat(tomas, "A marker: pineapple", mara, tomas)
            await mara.say(**WISH)
            failed = await mara.hears("draft-failed")
            model.mode = "stream"
            mark = await mara.settle()
            await mara.say(**WISH | {"id": "two"})
            text = await drafted(mara, since=mark)

    assert failed["code"] == code
    assert failed["detail"].endswith(".")
    assert text == DRAFT
    said = str(logs) + failed["detail"]
    assert "pineapple" not in said
    assert model.elsewhere == 0


async def test_a_server_that_is_not_there_is_a_sentence_that_helps(
    tmp_path: Path,
) -> None:
    async with stub.running() as gone:
        pass
    async with drafting(tmp_path / "data", gone) as world:
        (mara,) = await chatting(world, "Mara")
        await open_compose(mara)
        await mara.say(**WISH)
        failed = await mara.hears("draft-failed")

    assert failed["code"] == "model-unreachable"


async def test_one_person_cannot_flood_the_model(tmp_path: Path, model: Stub) -> None:
    async with drafting(tmp_path / "data", model) as world:
        (mara,) = await chatting(world, "Mara")
        await open_compose(mara)
        for number in range(DRAFTS + 1):
            await mara.say(**WISH | {"id": str(number)})
        refused = await mara.fault()
        await drafted(mara)

    assert refused == "rate-limited"
    assert len(model.requests) <= DRAFTS


async def test_without_a_model_there_is_a_recap_and_a_plain_sentence(
    tmp_path: Path,
) -> None:
    async with serving(tmp_path / "data") as world:
        mara, tomas = await chatting(world, "Mara", "Tomas")
        facts = {feature["id"]: feature for feature in mara.facts["features"]}
        await open_compose(mara, tomas)
        await chat(tomas, "I will send you the offer by Friday.", mara, tomas)
        await mara.say(**WISH)
        refused = await mara.hears("fault")
        mark = await mara.settle()
        await mara.say(type="recap", id="two", length="short")
        text = await drafted(mara, since=mark)

    assert facts["compose"]["drafts"] is False
    assert refused["code"] == "drafts-need-model"
    assert "[ai] base_url" in refused["detail"]
    assert "Tomas: “I will send you the offer by Friday.”" in text
    assert drafts(tomas) == []


async def test_R19_present_a_recap_is_of_what_one_was_there_for(
    tmp_path: Path,
) -> None:
    """Ines leaves and comes back: she gets what was written since."""
    async with serving(tmp_path / "data") as world:
        mara, tomas, ines = await chatting(world, "Mara", "Tomas", "Ines")
        await open_compose(mara, tomas, ines)
        await ines.say(type="leave")
        await mara.hears("left")
        await chat(tomas, "We agreed to sell the red house by Friday.", mara, tomas)
        ines.heard.clear()
        await ines.join(allow=("compose",))
        await chat(tomas, "I will send you the offer by Monday.", mara, tomas, ines)
        await ines.say(type="recap", id="one", length="long")
        text = await drafted(ines)

    assert "offer by Monday" in text
    assert "red house" not in text


async def test_a_draft_in_a_room_without_compose_is_refused(tmp_path: Path) -> None:
    async with serving(tmp_path / "data") as world:
        room, secret = await world.room("transcript")
        mara = await world.person(room, "Mara")
        await mara.join(host=secret)
        await mara.say(**WISH)
        refused = await mara.fault()

    assert refused == "unknown-feature"
