"""
Where a language and a feature from outside are found. Run by `test_added.py`.

The language is one that this program has never heard of but for its file; the feature
is kept as a recording is.
"""

import base64
import json
from collections.abc import AsyncIterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

import gatekeeper
from gatekeeper.assistant.summary.checks import Check
from gatekeeper.assistant.summary.chunks import chunks
from gatekeeper.assistant.summary.markdown import as_json, markdown
from gatekeeper.assistant.summary.prompt import messages
from gatekeeper.config import Config, load
from gatekeeper.config.locales import locales
from gatekeeper.consent.features import BUILT_IN
from gatekeeper.consent.notice import TEXTS
from gatekeeper.consent.types import RoomId
from gatekeeper.errors import ConfigInvalid
from gatekeeper.media.film import plates
from gatekeeper.media.film.cells import HEIGHT, WIDTH
from tests.added.foreign import NAME, TAG, is_foreign
from tests.after.conftest import Past, record, recorded
from tests.assistant import meetings
from tests.assistant.summary.test_markdown import by_model, by_rules, name
from tests.meeting.conftest import World, start
from tests.meeting.person import Person

FEATURE = "podcast"
KINDS = ["audio", "video"]
TAGS = ("en", "de", TAG)
"""Those that its meetings are offered in."""


def notice(tag: str) -> str:
    """A table of the configuration."""
    said = {key: f"{key} in {tag}" for key in TEXTS} | {"recipients": "{recipients}"}
    lines = "".join(f"{key} = {json.dumps(text)}\n" for key, text in said.items())
    return f"[features.{FEATURE}.notices.{tag}]\n{lines}"


def written(folder: Path, *tags: str, **more: str) -> Path:
    """A configuration that has a feature of its own."""
    features = "".join(f"[features.{key}]\n{text}\n" for key, text in more.items())
    file = folder / "gatekeeper.toml"
    file.write_text(
        "[server]\nport = 0\nhost = '127.0.0.1'\n"
        f"[data]\ndirectory = {json.dumps(str(folder / 'data'))}\nreserve_mb = 0\n"
        f"[meeting]\nlanguages = {[*TAGS]}\n"
        f"{features}[features.{FEATURE}]\nsink = 'recording'\nkinds = {KINDS}\n"
        + "".join(map(notice, tags)),
        "utf-8",
    )
    return file


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return load(written(tmp_path, *TAGS))


class Abroad(World):
    """A server whose rooms are opened in the language from outside."""

    async def room(self, *features: str) -> tuple[RoomId, str]:
        offered = list(features or ("recording", FEATURE))
        body = {"title": "Cour", "language": TAG, "features": offered}
        async with self.http.post(f"{self.url}/api/rooms", json=body) as answer:
            assert answer.status == 201, await answer.text()
            made = await answer.json()
        return RoomId(made["room"]), made["host"]


@pytest.fixture
async def world(config: Config) -> AsyncIterator[Abroad]:
    async with start(config) as world:
        yield Abroad(*(getattr(world, field.name) for field in fields(world)))


def test_this_is_the_house_with_one_file_more() -> None:
    assert Path(gatekeeper.__file__).parent == Path.cwd() / "gatekeeper"
    assert {*TAGS} < {*locales()}


# ---- The configuration --------------------------------------------------------------


def test_a_feature_without_the_language_is_refused_with_the_fix(tmp_path: Path) -> None:
    with pytest.raises(ConfigInvalid, match=rf"\[features.podcast.notices.{TAG}\]"):
        load(written(tmp_path, "en", "de"))
    elves = "sink = 'external'\nprocessor = { en = 'Elves', de = 'Elfen' }"
    file = written(tmp_path, *TAGS, transcript=elves)
    with pytest.raises(ConfigInvalid, match=rf"not say who processes it in {TAG}\."):
        load(file)


def test_a_language_that_is_not_there_is_refused_with_those_that_are(
    tmp_path: Path,
) -> None:
    with pytest.raises(ConfigInvalid, match=rf"'en', .*'de', .* or '{TAG}'"):
        load(written(tmp_path, *TAGS, "xx"))


# ---- The API ------------------------------------------------------------------------


async def test_the_lobby_offers_both(world: Abroad) -> None:
    async with world.http.get(f"{world.url}/api/features") as answer:
        offer = await answer.json()
    room, _ = await world.room(*BUILT_IN, FEATURE)
    async with world.http.get(f"{world.url}/api/rooms/{room}") as answer:
        facts = await answer.json()

    assert offer["languages"] == facts["languages"] == [*TAGS]
    assert facts["language"] == TAG
    names = {each["id"]: each["names"] for each in offer["features"]}
    assert [*names] == [*BUILT_IN, FEATURE]
    notices = {each["id"]: each["notices"] for each in facts["features"]}
    for feature, told in notices.items():
        assert [*told] == [*names[feature]] == [*TAGS]
        assert len({each["digest"] for each in told.values()}) == len(TAGS)
    for feature in BUILT_IN:
        assert is_foreign(names[feature][TAG])
        texts = {key: notices[feature][TAG][key] for key in TEXTS}
        assert {key: text for key, text in texts.items() if not is_foreign(text)} == {}
    assert names[FEATURE] == {tag: f"name in {tag}" for tag in TAGS}
    for tag in TAGS:  # it is kept as a recording is, so the same people get it
        gets = notices[FEATURE][tag]["recipients"]
        within = f"«{gets}»" if tag == TAG else gets
        assert notices["recording"][tag]["recipients"] == within


async def test_a_room_in_no_language_is_refused_with_those_that_are(
    world: Abroad,
) -> None:
    body = {"title": "Cour", "language": "xx", "features": []}
    async with world.http.post(f"{world.url}/api/rooms", json=body) as answer:
        refused = await answer.json()

    assert answer.status == 400
    assert refused["detail"].endswith(f" or '{TAG}'")


# ---- A meeting and its evidence -----------------------------------------------------


class Reader(Person):
    """Somebody who reads the notices in the language from outside."""

    def joining(self, *arguments: Any, **more: Any) -> dict[str, Any]:
        return super().joining(*arguments, **more) | {"language": TAG}

    def digest(self, feature: str) -> str:
        notices = {f["id"]: f["notices"] for f in self.facts["features"]}
        digest: str = notices[feature][TAG]["digest"]
        return digest

    def statement(
        self, feature: str, decision: str, other: dict[str, str] | None = None
    ) -> str:
        return super().statement(feature, decision, {"language": TAG} | (other or {}))


async def agreed(world: Abroad, feature: str) -> tuple[Past, Reader, dict[str, Any]]:
    """
    A meeting of two who allow a feature: its host, and what their receipt says.

    The other one takes their part back.
    """
    room, secret = await world.room("recording", FEATURE)
    people = []
    for called in ("Ann", "Ben"):
        person = Reader(world.http, world.url, room, called)
        people.append(await world.stack.enter_async_context(person))
    host, guest = people
    welcome = await host.join(host=secret, allow=(feature,))
    await guest.join(allow=(feature,))
    await host.say(type="request", feature=feature)
    handed = await host.hears("receipt")
    body = handed["receipt"].split(".")[1]
    receipt = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    await host.say(type="cancel", feature=feature)
    await guest.say(type="erase", feature=feature)
    await guest.hears("erased", where=lambda told: told["feature"] == feature)
    await host.say(type="end")
    await host.ended()
    return Past(room, secret, {}, {host.name: welcome["after"]}), host, receipt


@pytest.mark.parametrize("feature", ["recording", FEATURE])
async def test_a_receipt_and_the_page_afterwards_say_both(
    world: Abroad, feature: str
) -> None:
    past, host, receipt = await agreed(world, feature)
    (told,) = (f for f in host.facts["features"] if f["id"] == feature)
    shown = {key: told["notices"][TAG][key] for key in TEXTS}
    async with past.visit(world.url, host.name) as visit:
        page = await visit.page()
        async with visit.http.get(visit.root, params={"language": "de-CH"}) as answer:
            german = {f["id"]: f["name"] for f in (await answer.json())["features"]}
    (kept,) = (f for f in page["features"] if f["id"] == feature)

    assert receipt["notice"] == shown | {"feature": feature, "language": TAG}
    record = json.dumps(receipt["dpv:hasRecordOfActivity"], ensure_ascii=False)
    assert f'"dct:language": "{TAG}"' in record
    for text in (shown["purpose"], shown["meaning"], shown["captured"]):
        assert json.dumps(text, ensure_ascii=False) in record
    assert page["language"] == TAG
    assert kept["name"] == shown["name"]
    assert len(kept["stretches"]) == 1
    assert german == {"recording": "Aufzeichnung", FEATURE: "name in de"}


# ---- The film -----------------------------------------------------------------------


async def test_the_film_of_the_feature_says_in_the_language_that_it_was_paused(
    world: Abroad, tmp_path: Path
) -> None:
    past = await recorded(world, "Mara", "Tomas", end=False, feature=FEATURE)
    await record(*past.people.values(), feature=FEATURE)
    await past.people["Mara"].say(type="end")
    async with past.visit(world.url, "Mara") as visit:
        made = await visit.until("film", "ready", FEATURE)
        async with visit.http.get(world.url + made["film"]["url"]) as answer:
            (tmp_path / "film.mp4").write_bytes(await answer.read())

    def distance(shown: av.VideoFrame, tag: str) -> float:
        card = plates.gap("paused", tag, WIDTH, HEIGHT).to_ndarray(format="gray")
        there = shown.to_ndarray(format="gray").astype(float)
        return float(np.abs(there - card).mean())

    with av.open(str(tmp_path / "film.mp4")) as film:
        shown = min(film.decode(video=0), key=lambda frame: distance(frame, TAG))
    assert distance(shown, TAG) < min(distance(shown, "en"), distance(shown, "de")) / 2


# ---- What the assistant writes ------------------------------------------------------


def test_a_model_is_told_the_language_and_judged_without_its_number_words() -> None:
    (chunk,) = chunks(meetings.lines("A"), budget=10_000)
    rules = messages(chunk, language=TAG, topics=3, again=False)[0]["content"]

    assert f"in {NAME}" in rules
    assert Check(chunk, {}, TAG)._counts("42", "quarenta e dois")


@pytest.mark.parametrize("tag", [TAG, f"{TAG}-CH"])
def test_a_summary_has_its_headings_in_the_language(tag: str) -> None:
    for summary in (by_rules(), by_model(), by_model(host="ai.example.com")):
        text = markdown(summary, "Cour", name, language=tag)
        heads = [line.lstrip("# ") for line in text.splitlines() if "##" in line]
        assert heads
        assert [head for head in heads if not is_foreign(head)] == []
        assert "«\u201c" in text  # quotation marks
    foreign = by_model().model_copy(update={"language": tag})
    nobody = as_json(foreign, lambda who: None)["sections"][0]["items"][0]["text"]
    assert "«somebody»" in nobody
