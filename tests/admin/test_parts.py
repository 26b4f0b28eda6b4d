"""What an admin is told, and does."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from joserfc import jws
from joserfc.jwk import KeySet

from gatekeeper.storage.directory import LEDGER
from gatekeeper.web.admin.hours import KEPT, Hours
from gatekeeper.web.cursor import PAGE
from tests.admin.conftest import API, a_browser, enter, got, token_of
from tests.admin.test_secrecy import MINUTES, host_stops, off, on, sealed
from tests.meeting.conftest import World, configured, start
from tests.meeting.test_reload import File, serving
from tests.sign_in.conftest import Browser, Machine


async def test_the_overview_counts_rooms_and_people(
    admin: Browser, world: World
) -> None:
    before = await got(admin, "/overview")
    assert (before["rooms"], before["people"]) == (0, 0)
    assert before["offered"] == before["features"] == 2
    await world.meeting("Ann", "Ben")

    after = await got(admin, "/overview")

    assert (after["rooms"], after["people"]) == (1, 2)
    assert after["hours"][-1]["rooms"] == 1
    assert after["free"] > 0


def test_hours_keep_the_most_of_each_for_a_day() -> None:
    machine, rooms = Machine(), [0]
    hours = Hours(lambda: rooms[0], machine.clock.now)
    began = hours.look()[0].began
    for count in (3, 9, 2):
        rooms[0] = count
        hours.look()
    assert [hour.rooms for hour in hours.look()] == [9]

    for hour in range(1, 30):
        machine.later = 3600.0 * hour
        rooms[0] = hour
        hours.look()
    told = hours.look()

    assert len(told) == KEPT
    assert [hour.rooms for hour in told] == list(range(6, 30))
    assert began < told[0].began


async def test_features_are_told_with_the_notices_that_a_joiner_sees(
    admin: Browser, world: World
) -> None:
    told = await got(admin, "/features")
    room, _ = await world.room()
    async with world.http.get(f"{world.url}/api/rooms/{room}") as answer:
        seen = (await answer.json())["features"]

    assert len(seen) == len(told["features"])
    for feature, shown in zip(told["features"], seen, strict=True):
        for tag, notice in shown["notices"].items():
            assert notice.items() <= feature["notices"][tag].items()
    assert {each["state"] for each in told["features"]} == {"offered"}


async def test_live_rooms_are_told_as_numbers_and_ended(
    admin: Browser, world: World
) -> None:
    ann, ben = await world.meeting("Ann", "Ben")
    (room,) = (await got(admin, "/rooms"))["rooms"]
    assert room.keys() == {"room", "opened_at", "people", "on"}
    assert (room["room"], room["people"], room["on"]) == (ann.room, 2, False)
    await ann.say(type="request", feature=MINUTES)
    await ann.allow(MINUTES)
    await on(ann, ben)
    (room,) = (await got(admin, "/rooms"))["rooms"]
    assert room["on"] is True

    ending = f"{API}/rooms/{ann.room}/end"
    assert (await admin.said("POST", ending))[0] == 204
    for person in (ann, ben):
        await person.ended()
    assert (await got(admin, "/rooms"))["rooms"] == []
    await sealed(world, ann.room)
    status, said = await admin.said("POST", ending)
    assert (status, said["code"]) == (404, "unknown-room")
    audit = await got(admin, f"/meetings/{ann.room}")
    assert audit["sealed"]
    assert audit["openings"][0]["ended"]


async def test_long_lists_come_in_pages_that_miss_nothing_and_repeat_nothing(
    tmp_path: Path,
) -> None:
    limits = {"rooms_per_address": 1000}
    config = configured(tmp_path / "data", limits=limits)
    token = token_of(config)
    async with start(config) as world, a_browser(world) as admin:
        await enter(admin, token)
        made = [(await world.room())[0] for _ in range(2 * PAGE + 3)]
        for room in made:
            await world.registry.enter(room)
        for path, key, name in (
            ("/rooms", "rooms", "room"),
            ("/meetings", "meetings", "meeting"),
        ):
            pages, after = [], ""
            while True:
                page = await got(admin, f"{path}?{after}")
                pages.append([each[name] for each in page[key]])
                if page["next"] is None:
                    break
                after = f"after={page['next']}"
            assert [len(page) for page in pages] == [PAGE, PAGE, 3]
            assert [room for page in pages for room in page] == made[::-1]


async def test_meetings_are_found_by_id_and_by_day(
    admin: Browser, world: World
) -> None:
    made = [(await world.room())[0] for _ in range(3)]
    for query, found in (
        (f"begins={made[1][:12]}", [made[1]]),
        ("begins=%25", None),
        ("begins=_", [room for room in made if room.startswith("_")][::-1]),
        ("since=2020-01-01T00:00:00Z", made[::-1]),
        ("until=2020-01-01T00:00:00%2B01:00", []),
    ):
        status, said = await admin.said("GET", f"{API}/meetings?{query}")
        if found is None:
            assert (status, said["code"]) == (400, "malformed")
        else:
            assert [each["meeting"] for each in said["meetings"]] == found


async def test_an_audit_says_what_was_on_and_that_each_had_signed(
    admin: Browser, world: World
) -> None:
    ann, ben, cat = await world.meeting("Ann", "Ben", "Cat")
    nothing = await got(admin, f"/meetings/{ann.room}")
    assert (nothing["begun"], nothing["openings"]) == (False, [])
    await ann.say(type="request", feature=MINUTES)
    for person in (ann, cat):
        await person.allow(MINUTES)
    await host_stops(ann, ben, cat)
    await ann.say(type="end")
    await ann.ended()
    await sealed(world, ann.room)

    audit = await got(admin, f"/meetings/{ann.room}")

    assert (audit["begun"], audit["sealed"], audit["fault"]) == (True, True, None)
    (opening,) = audit["openings"]
    assert (opening["feature"], opening["people"]) == (MINUTES, 3)
    assert opening["began"] < opening["ended"]
    assert set(opening["notices"]) == set(audit["notices"])
    (wording,) = audit["notices"].values()
    assert wording["meaning"] == "Somebody writes down what is said."
    assert len(audit["head"]) == 64


async def test_an_export_is_a_file_that_the_gates_key_has_signed(
    admin: Browser, world: World
) -> None:
    ann, ben, cat = await world.meeting("Ann", "Ben", "Cat")
    await ann.say(type="request", feature=MINUTES)
    for person in (ann, cat):
        await person.allow(MINUTES)
    await on(ann, ben)
    address = f"{world.url}{API}/meetings/{ann.room}/export?download"
    async with admin.http.get(address) as answer:
        assert f"gatekeeper-{ann.room}.json" in answer.headers["Content-Disposition"]
        export = json.loads(await answer.text())
    async with world.http.get(
        f"{world.url}/.well-known/gatekeeper-keys.json"
    ) as answer:
        keys = KeySet.import_key_set(await answer.json(content_type=None))

    signed = export.pop("signed")
    read = jws.deserialize_compact(signed, keys, ["Ed25519"])
    assert json.loads(read.payload) == export
    assert read.headers()["typ"] == "gatekeeper-audit+jws"
    (opening,) = export["openings"]
    assert len(opening["signers"]) == opening["people"] == 3
    assert opening["ended"] is None


async def test_a_chain_that_was_touched_proves_nothing_and_says_so(
    admin: Browser, world: World, tmp_path: Path
) -> None:
    ann, ben, cat = await world.meeting("Ann", "Ben", "Cat")
    await ann.say(type="request", feature=MINUTES)
    for person in (ann, cat):
        await person.allow(MINUTES)
    await on(ann, ben)
    await ann.say(type="cancel", feature=MINUTES)
    await off(ann)
    with closing(sqlite3.connect(tmp_path / "data" / LEDGER)) as database:
        database.execute(
            "UPDATE ledger SET body = CAST(replace(body, 'ute', 'utE') AS BLOB)"
        )
        database.commit()

    audit = await got(admin, f"/meetings/{ann.room}")

    assert audit["fault"] is not None
    assert audit["openings"] == []
    assert audit["notices"] == {}


async def test_storage_tells_what_is_kept_and_how_long(
    admin: Browser, tmp_path: Path
) -> None:
    told = await got(admin, "/storage")
    assert {each["kind"]: each["bytes"] for each in told["used"]} == {
        "films": 0,
        "recordings": 0,
        "words": 0,
    }
    assert told["kept_for"] == [{"feature": "recording", "hours": 168}]
    assert told["films"] == told["due"] == []
    assert 0 < told["free"] < told["total"]


# ---- Health -------------------------------------------------------------------------


async def examined(admin: Browser) -> dict[str, object]:
    """The doctor's word, once there is one."""
    async with asyncio.timeout(60):
        told = (await got(admin, "/health"))["doctor"]
        while told["ended"] is None:
            told = (await got(admin, "/health"))["doctor"]
    return dict(told)


async def test_the_doctor_is_asked_looks_at_this_server_and_is_asked_once(
    admin: Browser,
) -> None:
    before = await got(admin, "/health")
    assert before["doctor"]["began"] is None
    named = {part["name"] for part in before["parts"]}
    assert {"ledger", "disk", "keys"} <= named
    assert all(part["well"] and not part["fix"] for part in before["parts"])

    assert (await admin.said("POST", f"{API}/doctor"))[0] == 202
    status, said = await admin.said("POST", f"{API}/doctor")
    assert (status, said["code"]) == (409, "doctor-busy")
    told = await examined(admin)

    found = told["found"]
    assert isinstance(found, list)
    checks = {each["check"]: each["grade"] for each in found}
    assert {"ledger", "disk", "page", "websocket"} <= checks.keys()
    assert checks["page"] == "ok", found
    assert not [each for each in found if each["grade"] == "fault"], found


async def test_nobody_has_it_look_at_another_machine(admin: Browser) -> None:
    elsewhere = {"Host": "169.254.169.254"}
    assert (await admin.said("POST", f"{API}/doctor", headers=elsewhere))[0] == 202
    told = await examined(admin)

    found = told["found"]
    assert isinstance(found, list)
    assert "page" not in {each["check"] for each in found}
    assert "169.254" not in json.dumps(found)


async def test_one_that_falls_ill_is_told_of_and_takes_nothing_with_it(
    admin: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ill(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("gatekeeper.app.doctor.doctor.examine", ill)
    await admin.said("POST", f"{API}/doctor")
    told = await examined(admin)

    assert json.dumps(told["found"]).count("fault") == 1
    assert await got(admin, "/overview")


async def test_a_server_stops_while_the_doctor_is_at_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    async def endless(*_: object) -> None:
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr("gatekeeper.app.doctor.doctor.examine", endless)
    config = configured(tmp_path / "data")
    token = token_of(config)
    async with asyncio.timeout(30):
        async with start(config) as world, a_browser(world) as admin:
            await enter(admin, token)
            await admin.said("POST", f"{API}/doctor")
            await begun.wait()


async def test_what_became_of_the_file_when_it_was_read_again_is_told(
    tmp_path: Path,
) -> None:
    file = File(tmp_path)
    token = token_of(file.read())
    async with serving(file) as world, a_browser(world) as admin:
        await enter(admin, token)
        assert (await got(admin, "/health"))["reload"] is None

        file.write(purpose="Proof", keep_for="9 days")
        await world.reload.run()
        told = (await got(admin, "/health"))["reload"]
        assert "features.minutes.notices.en.purpose" in told["applied"]
        assert told["needs_restart"] == ["features.recording.keep_for"]
        assert told["mistakes"] == []

        file.write(keep_for="a while")
        await world.reload.run()
        told = (await got(admin, "/health"))["reload"]
        assert told["applied"] == told["needs_restart"] == []
        (mistake,) = told["mistakes"]
        line = file.path.read_text().splitlines().index('keep_for = "a while"') + 1
        assert mistake.startswith(f"{file.path}:{line}:")
        assert "features.recording.keep_for" in mistake
