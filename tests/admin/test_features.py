"""Features switched and worded: what it does, and what comes of mistakes."""

import asyncio
from typing import Any

import pytest

from gatekeeper.config import fairness
from gatekeeper.config.fairness import word_lists
from gatekeeper.errors import LedgerUnavailable
from gatekeeper.meeting.switches import Switches
from tests.admin.conftest import API, got
from tests.admin.test_secrecy import MINUTES, on
from tests.meeting.conftest import MINUTES as WORDS
from tests.meeting.conftest import World
from tests.sign_in.conftest import Browser

AT = f"{API}/features/{MINUTES}"


async def feature(admin: Browser, name: str = MINUTES) -> dict[str, Any]:
    told = await got(admin, "/features")
    (found,) = (each for each in told["features"] if each["id"] == name)
    return dict(found)


async def switched(admin: Browser, offered: bool) -> dict[str, Any]:
    status, said = await admin.said("PUT", f"{AT}/switch", json={"offered": offered})
    assert status == 200, said
    return dict(said)


async def test_off_closes_in_every_room_before_the_answer_and_is_in_the_ledger(
    admin: Browser, world: World
) -> None:
    rooms = [await world.meeting("Ann", "Ben") for _ in range(2)]
    for ann, ben in rooms:
        await ann.say(type="request", feature=MINUTES)
        await ann.allow(MINUTES)
        await on(ann, ben)

    said = await switched(admin, False)
    assert not any(room.capturing for room in world.registry.rooms)

    assert (said["feature"]["state"], said["written"]) == ("off", True)
    assert said["feature"]["off_since"] is not None
    told = await got(admin, "/overview")
    assert (told["offered"], told["features"]) == (1, 2)
    again = await switched(admin, False)
    assert again["feature"]["off_since"] == said["feature"]["off_since"]
    assert (await switched(admin, True))["feature"]["state"] == "offered"
    assert not any(room.capturing for room in world.registry.rooms)
    acts = await got(admin, "/acts")
    assert acts["fault"] is None
    assert [each["act"] for each in acts["acts"]] == ["on", "off"]
    assert {each["by"] for each in acts["acts"]} == {"console"}


async def test_pressed_many_times_at_once_it_happens_once(admin: Browser) -> None:
    await asyncio.gather(*(switched(admin, False) for _ in range(6)))

    assert len((await got(admin, "/acts"))["acts"]) == 1


async def test_off_that_cannot_be_written_is_off_and_says_so(
    admin: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unwritten(*_: object) -> None:
        raise LedgerUnavailable

    monkeypatch.setattr(Switches, "_prove", unwritten)
    said = await switched(admin, False)

    assert (said["feature"]["state"], said["written"]) == ("off", False)


@pytest.mark.parametrize(
    "sent", ["", "{}", '{"offered": 1}', '{"offered": "no"}', '{"offered":true,"x":1}']
)
async def test_nothing_but_on_or_off_is_taken(admin: Browser, sent: str) -> None:
    status, said = await admin.said("PUT", f"{AT}/switch", data=sent)
    assert (status, said["code"]) == (400, "malformed")
    assert (await feature(admin))["state"] == "offered"


async def test_what_there_is_not_is_not_switched_or_worded(admin: Browser) -> None:
    for method, path, sent in (
        ("PUT", "switch", {"offered": False}),
        ("PUT", "notices", {"notices": {"en": WORDS}}),
        ("DELETE", "notices", None),
        ("POST", "draft", {"notices": {"en": WORDS}}),
        ("GET", "history?language=en", None),
    ):
        status, said = await admin.said(
            method, f"{API}/features/training/{path}", json=sent
        )
        assert (status, said["code"]) == (400, "unknown-feature"), path


# ---- Words --------------------------------------------------------------------------


def worded(**changes: str) -> dict[str, Any]:
    return {"notices": {"en": {**WORDS, **changes}, "de": {**WORDS, **changes}}}


async def test_a_notice_is_tried_put_in_force_and_given_back_to_the_file(
    admin: Browser, world: World
) -> None:
    before = (await feature(admin))["notices"]["en"]
    assert (before["version"], before["own"]) == (1, False)
    other = worded(meaning="A clerk writes down what is said.")

    status, draft = await admin.said("POST", f"{AT}/draft", json=other)
    assert status == 200
    assert draft["notices"]["en"]["meaning"] == "A clerk writes down what is said."
    assert (await feature(admin))["notices"]["en"] == before, "a draft changes nothing"

    status, said = await admin.said("PUT", f"{AT}/notices", json=other)
    assert status == 200
    now = said["feature"]["notices"]["en"]
    assert (now["version"], now["own"]) == (2, True)
    assert now["meaning"] == "A clerk writes down what is said."
    assert now["digest"] != before["digest"]
    room, _ = await world.room()
    async with world.http.get(f"{world.url}/api/rooms/{room}") as answer:
        shown = (await answer.json())["features"]
    (seen,) = (each for each in shown if each["id"] == MINUTES)
    assert seen["notices"]["en"]["digest"] == now["digest"]

    await admin.said("PUT", f"{AT}/notices", json=other)
    history = await got(admin, f"/features/{MINUTES}/history?language=en")
    assert [each["version"] for each in history["versions"]] == [2, 1]
    assert history["versions"][1]["digest"] == before["digest"]

    status, said = await admin.said("DELETE", f"{AT}/notices")
    assert said["feature"]["notices"]["en"]["digest"] == before["digest"]
    assert [each["act"] for each in (await got(admin, "/acts"))["acts"]] == [
        "worded",
        "worded",
    ]


async def test_one_language_may_be_worded_and_the_other_stays(admin: Browser) -> None:
    only = {"notices": {"de": {**WORDS, "meaning": "Jemand schreibt mit."}}}
    _, said = await admin.said("PUT", f"{AT}/notices", json=only)

    notices = said["feature"]["notices"]
    assert notices["de"]["meaning"] == "Jemand schreibt mit."
    assert (notices["en"]["version"], notices["de"]["version"]) == (1, 2)


MISTAKES: list[tuple[dict[str, str], str, str]] = [
    ({"meaning": ""}, "meaning", "empty"),
    ({"meaning": "   "}, "meaning", "empty"),
    ({"purpose": "x" * 2001}, "purpose", "long"),
    ({"recipients": "All {recipients}"}, "recipients", "recipients"),
]


@pytest.mark.parametrize(("changes", "field", "kind"), MISTAKES)
async def test_a_mistake_is_told_at_its_text_and_nothing_changes(
    admin: Browser, changes: dict[str, str], field: str, kind: str
) -> None:
    before = await feature(admin)
    sent = worded(**changes)
    _, draft = await admin.said("POST", f"{AT}/draft", json=sent)
    assert "en" not in draft["notices"]
    status, refused = await admin.said("PUT", f"{AT}/notices", json=sent)
    assert (status, refused["code"]) == (422, "wording-mistaken")
    for said in (draft, refused):
        told = {(m["language"], m["field"], m["kind"]) for m in said["mistakes"]}
        assert ("en", field, kind) in told, said
    assert await feature(admin) == before


@pytest.mark.parametrize(("changes", "field", "kind"), MISTAKES)
async def test_a_mistake_in_one_language_keeps_no_other_one_from_being_seen(
    admin: Browser, changes: dict[str, str], field: str, kind: str
) -> None:
    german = {**WORDS, "meaning": "Jemand schreibt mit."}
    sent = {"notices": {"en": {**WORDS, **changes}, "de": german}}

    status, draft = await admin.said("POST", f"{AT}/draft", json=sent)

    assert status == 200
    assert draft["notices"].keys() == {"de"}
    assert draft["notices"]["de"]["meaning"] == "Jemand schreibt mit."
    told = [(m["language"], m["field"], m["kind"]) for m in draft["mistakes"]]
    assert told == [("en", field, kind)]


async def test_mistakes_of_every_kind_are_told_of_a_draft_at_once(
    admin: Browser,
) -> None:
    sent = {
        tag: {**WORDS, **changes}
        for tag, (changes, _, _) in zip(("en", "de", "fr"), MISTAKES[1:], strict=True)
    }
    _, draft = await admin.said("POST", f"{AT}/draft", json={"notices": sent})

    told = {(m["language"], m["field"], m["kind"]) for m in draft["mistakes"]}
    assert told == {
        (tag, field, kind)
        for tag, (_, field, kind) in zip(sent, MISTAKES[1:], strict=True)
    }
    assert draft["notices"] == {}


UNFAIR = [
    ("en", "All of it may be recorded", "vague", "may be recorded"),
    ("en", "Please say yes", "pressing", "Please"),
    ("de", "Niemand sieht es nicht", "twice-not", "Niemand sieht es nicht"),
    ("en", "As the GDPR has it", "legalese", "GDPR"),
]


@pytest.mark.parametrize(("tag", "text", "kind", "words"), UNFAIR)
async def test_W2_to_W4_words_that_are_not_fair_are_named_and_nothing_changes(
    admin: Browser, tag: str, text: str, kind: str, words: str
) -> None:
    before = await feature(admin)
    sent = {"notices": {tag: {**WORDS, "purpose": text, "meaning": f"{text}, too"}}}
    _, draft = await admin.said("POST", f"{AT}/draft", json=sent)
    status, refused = await admin.said("PUT", f"{AT}/notices", json=sent)

    assert (status, refused["code"]) == (422, "wording-mistaken")
    for said in (draft, refused):
        told = {(m["field"], m["kind"], m["words"]) for m in said["mistakes"]}
        assert told == {("purpose", kind, words), ("meaning", kind, words)}
    assert draft["unjudged"] == []
    assert await feature(admin) == before


async def test_a_draft_says_in_which_language_nobody_looks_whether_it_is_fair(
    admin: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = {tag: found for tag, found in word_lists().items() if tag != "de"}
    monkeypatch.setattr(fairness, "word_lists", lambda: lists)
    sent = {"notices": {"de": {**WORDS, "purpose": "Bitte"}, "en": WORDS}}

    _, draft = await admin.said("POST", f"{AT}/draft", json=sent)

    assert (draft["mistakes"], draft["unjudged"]) == ([], ["de"])


async def test_words_that_leave_out_a_text_say_which(admin: Browser) -> None:
    lacking = {key: text for key, text in WORDS.items() if key != "withdrawal"}
    sent = {"notices": {"en": lacking}}
    status, said = await admin.said("PUT", f"{AT}/notices", json=sent)

    assert status == 422
    told = [(m["language"], m["field"], m["kind"]) for m in said["mistakes"]]
    assert told == [("en", "withdrawal", "empty")]


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "{}",
        '{"notices": {}}',
        '{"notices": {"../x": {}}}',
        '{"notices": {"en": {"name": 7}}}',
        '{"notices": {"en": []}}',
        "[" * 20_000,
    ],
)
async def test_what_is_no_wording_is_refused(admin: Browser, sent: str) -> None:
    status, said = await admin.said("PUT", f"{AT}/notices", data=sent)
    assert (status, said["code"]) == (400, "malformed")


async def test_a_recording_keeps_who_gets_it_to_the_server(admin: Browser) -> None:
    told = (await feature(admin, "recording"))["notices"]["en"]

    assert told["words"]["recipients"] == "{recipients}"
    assert "{" not in told["recipients"]
    at = f"{API}/features/recording/draft"
    sent = {"notices": {"en": told["words"]}}
    _, draft = await admin.said("POST", at, json=sent)
    assert draft["notices"]["en"]["recipients"] == told["recipients"]
