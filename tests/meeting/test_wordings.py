"""Other words come into force while meetings run (rule 11), and none is forgotten."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.config import Config, fairness
from gatekeeper.config.locales import locales
from gatekeeper.consent.notice import TEXTS
from gatekeeper.consent.types import FeatureId, LanguageTag
from gatekeeper.errors import ConfigInvalid, LedgerUnavailable, UnknownFeature
from gatekeeper.evidence.audit import verify_ledger
from gatekeeper.evidence.entries import SERVER, NoticeReworded, decode
from tests.meeting.conftest import MINUTES as FILE
from tests.meeting.conftest import World, configured, start
from tests.meeting.person import Person
from tests.meeting.test_switch_off import MINUTES, is_open, on_air

EN, DE = LanguageTag("en"), LanguageTag("de")
LONGER = FILE | {"retention": "Two years"}


async def put(world: World, **given: dict[str, str]) -> None:
    await world.offers.wordings.put(
        MINUTES, {LanguageTag(tag): given[tag] for tag in given}
    )


async def reread(person: Person) -> None:
    """What a page does when other words are in force."""
    await person.__aenter__()


async def reworded(world: World) -> list[NoticeReworded]:
    rows = await world.context.ledger.read(SERVER)
    bodies = [decode(row.body).body for row in rows]
    return [body for body in bodies if isinstance(body, NoticeReworded)]


async def test_R11_what_rests_on_the_old_words_closes_and_people_are_asked_afresh(
    world: World, config: Config
) -> None:
    ann, ben = await on_air(world, "Ann", "Ben")
    before = ann.digest("minutes")
    marks = [await ann.settle(), await ben.settle()]

    await put(world, en=LONGER)

    assert not is_open(world, ann.room)
    for person, mark in zip((ann, ben), marks, strict=True):
        told = await person.hears("offering", since=mark)
        assert told["offered"]
        assert before not in told["notices"]
        await person.hears("asked", since=mark)
        await person.hears("sign", since=mark, where=lambda s: not s["on"])
        mark = await person.settle()
        await person.allow("minutes")  # of the words that were there
        assert await person.fault(mark) == "notice-outdated"
    for person in (ann, ben):
        await reread(person)
        assert person.digest("minutes") != before
        await person.allow("minutes")
    await ben.hears("sign", since=await_since(ben, marks[1]), where=lambda s: s["on"])
    assert verify_ledger(config.data.directory).good


def await_since(person: Person, since: int) -> int:
    off = [
        number
        for number, frame in enumerate(person.heard)
        if frame["type"] == "sign" and not frame["on"] and number >= since
    ]
    return off[0]


async def test_A6_who_saw_another_language_is_not_asked_again(world: World) -> None:
    ann, ben = await on_air(world, "Ann", "Ben")
    since = await ben.settle()

    await put(world, de=LONGER)

    await ben.hears("offering", since=since)
    await ben.settle()
    assert ben.kinds(since) == ["offering"]
    assert is_open(world, ann.room)


async def test_the_same_words_change_nothing(world: World) -> None:
    ann, ben = await on_air(world, "Ann", "Ben")
    since = await ben.settle()

    await put(world, en=FILE)

    await ben.settle()
    assert ben.kinds(since) == []
    assert is_open(world, ann.room)
    assert await reworded(world) == []


async def test_a_room_of_later_and_a_restart_have_the_admins_words(
    config: Config,
) -> None:
    async with start(config) as world:
        room, _ = await world.room()
        await put(world, en=LONGER)
        (digest,) = {
            n.digest
            for n in world.context.notices[MINUTES].values()
            if n.retention == LONGER["retention"]
        }
    async with start(config) as world:
        person = await world.person(room, "Ann")
        for where in (room, (await world.room())[0]):
            person = await world.person(where, "Ann")
            assert person.digest("minutes") == digest
            welcome = await person.join(allow=("minutes",))
            assert digest in welcome["offerings"][1]["notices"]
        await world.offers.wordings.use_file(MINUTES)
        await reread(person)
        assert person.digest("minutes") != digest
        await person.settle()
        assert person.kinds()[-2:] == ["offering", "asked"]
        assert len(await reworded(world)) == 2
    assert verify_ledger(config.data.directory).good


async def test_W3_what_was_put_before_it_was_judged_gives_way_to_the_file(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(fairness, "word_lists", dict)
        async with start(config) as world:
            room, _ = await world.room()
            await put(world, en=FILE | {"purpose": "Please say yes"})
    async with start(config) as world:
        person = await world.person(room, "Ann")
        in_force = world.offers.wordings.in_force(MINUTES)[EN]
        assert in_force.notice.purpose == FILE["purpose"]
        assert person.digest("minutes") == in_force.notice.digest
        with pytest.raises(ConfigInvalid, match="Please"):
            await put(world, en=FILE | {"purpose": "Please say yes"})
    assert verify_ledger(config.data.directory).good


async def test_every_wording_is_kept_with_its_digest_and_time(world: World) -> None:
    wordings = world.offers.wordings
    first = wordings.in_force(MINUTES)[EN]
    assert (first.version, first.given) == (1, None)
    await put(world, en=LONGER)
    await put(world, en=LONGER | {"purpose": "Proof"})
    await wordings.use_file(MINUTES)

    told = await wordings.history(MINUTES, EN)

    assert [each.version for each in told] == [4, 3, 2, 1]
    assert told[0].notice == told[3].notice == first.notice
    assert [each.since for each in told] == sorted(
        (each.since for each in told), reverse=True
    )
    assert told[0] == wordings.in_force(MINUTES)[EN]
    assert [each.version for each in await wordings.history(MINUTES, DE)] == [1]
    for each in told:
        found = await wordings.find(each.notice.digest)
        assert found is not None
        assert found.notice == each.notice
    assert await wordings.find(wordings.in_force(MINUTES)[DE].notice.digest)


async def test_a_change_of_one_language_leaves_an_earlier_one_of_another(
    world: World,
) -> None:
    await put(world, en=LONGER)
    await put(world, de=LONGER)

    said = world.offers.wordings.in_force(MINUTES)

    assert {said[tag].notice.retention for tag in (EN, DE)} == {LONGER["retention"]}


WRONG: dict[str, tuple[dict[str, dict[str, str]], str]] = {
    "no such language": ({"tlh": FILE}, "features.minutes.notices.tlh"),
    "a text is missing": (
        {"en": {name: FILE[name] for name in TEXTS[1:]}},
        "features.minutes.notices.en.name",
    ),
    "a text is empty": (
        {"en": FILE | {"purpose": "  "}},
        "features.minutes.notices.en.purpose",
    ),
    "no such text": (
        {"en": FILE | {"urgency": "Now"}},
        "features.minutes.notices.en.urgency: there is no such key",
    ),
    "far too long": (
        {"en": FILE | {"meaning": "x" * 2001}},
        "features.minutes.notices.en.meaning: at most 2000",
    ),
    "who gets it, where nothing is kept": (
        {"en": FILE | {"recipients": "{recipients}"}},
        "features.minutes.notices.en.recipients",
    ),
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_the_file_may_not_say_the_console_may_not_say(
    world: World, name: str
) -> None:
    given, key = WRONG[name]
    before = world.offers.wordings.in_force(MINUTES)

    with pytest.raises(ConfigInvalid, match=key.replace(".", r"\.")):
        await put(world, **given)

    assert world.offers.wordings.in_force(MINUTES) == before
    with pytest.raises(UnknownFeature):
        await world.offers.wordings.put(FeatureId("poems"), {})


async def test_what_cannot_be_written_down_is_not_in_force(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> object:
        raise OSError("the disk is gone")

    ann, ben = await on_air(world, "Ann", "Ben")
    since = await ben.settle()
    database = world.context.ledger._writer._database
    monkeypatch.setattr(database, "connect", gone)
    before = world.offers.wordings.in_force(MINUTES)

    with pytest.raises(LedgerUnavailable):
        await put(world, en=LONGER)

    assert world.offers.wordings.in_force(MINUTES) == before
    assert ann.digest("minutes") in world.context.notices[MINUTES]
    assert "offering" not in ben.kinds(since)


async def test_a_file_that_says_other_words_at_the_next_start_is_on_record(
    tmp_path: Path,
) -> None:
    def said(**texts: Any) -> Config:
        own = FILE | texts
        minutes = {
            "sink": "external",
            "kinds": ["audio"],
            "notices": dict.fromkeys(locales(), own),
        }
        return configured(
            tmp_path / "data", features={"recording": {}, "minutes": minutes}
        )

    async with start(said()) as world:
        assert await world.context.ledger.read(SERVER) == ()
    async with start(said()) as world:
        assert await reworded(world) == []
    async with start(said(purpose="Proof")) as world:
        told = await world.offers.wordings.history(MINUTES, EN)
        assert [each.notice.purpose for each in told] == ["Proof", FILE["purpose"]]
        (act,) = await reworded(world)
        assert (act.feature, act.by) == (MINUTES, "file")
        assert act.notices == {
            tag: w.notice.digest
            for tag, w in world.offers.wordings.in_force(MINUTES).items()
        }


async def test_a_record_is_all_of_a_notice(world: World) -> None:
    for feature in world.context.notices:
        for wording in world.offers.wordings.in_force(feature).values():
            found = await world.offers.wordings.find(wording.notice.digest)
            assert found is not None
            assert asdict(found.notice) == asdict(wording.notice)
            assert found.notice.digest == wording.notice.digest
