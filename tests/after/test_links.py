"""Links to the page afterwards: each has a life, and is taken back on its own."""

import sqlite3
from datetime import UTC, datetime, timedelta

from gatekeeper.config import Config
from tests.after.conftest import Past, Visit, recorded
from tests.meeting.conftest import World, start


async def new_link(visit: Visit) -> str:
    async with visit.http.post(f"{visit.root}/link") as answer:
        assert answer.status == 201, await answer.text()
        link: str = (await answer.json())["capability"]
        return link


async def opens(visit: Visit) -> int:
    """What becomes of asking for the page, and for what is on it."""
    async with visit.http.get(visit.root) as answer:
        return answer.status


async def signs_in(world: World, past: Past, link: str) -> int:
    async with past.visit(world.url) as visit:
        return await visit.sign_in(link)


def noted(config: Config) -> list[tuple[str, str, int]]:
    with sqlite3.connect(config.data.directory / "ledger.sqlite3") as database:
        return database.execute("SELECT * FROM page_links").fetchall()


async def test_a_new_link_stops_the_old_ones_and_their_cookies(world: World) -> None:
    past = await recorded(world, "Mara", "Tomas")
    async with (
        past.visit(world.url, "Tomas") as own,
        past.visit(world.url, "Tomas") as thief,
        past.visit(world.url, "Mara") as other,
    ):
        before = await own.page()
        link = await new_link(own)
        assert await opens(thief) == 200, "good until the new one is used"
        assert await own.sign_in(link) == 204

        assert await opens(thief) == 401
        assert await thief.sign_in(past.links["Tomas"]) == 403
        assert await thief.status(before["features"][0]["tracks"][0]["url"]) == 401
        assert await thief.post("link") == 401
        after = await own.page()
        assert await opens(other) == 200, "hers is another one"
    assert after["you"] == before["you"]
    assert after["features"][0]["tracks"] == before["features"][0]["tracks"]
    assert await signs_in(world, past, link) == 204


async def test_a_link_that_never_arrived_takes_nothing_away(world: World) -> None:
    past = await recorded(world, "Mara", "Tomas")
    async with past.visit(world.url, "Tomas") as visit:
        await new_link(visit)
        assert await new_link(visit) == await new_link(visit)
        assert await opens(visit) == 200
    assert await signs_in(world, past, past.links["Tomas"]) == 204


async def test_it_can_be_done_again_and_outlives_a_restart(config: Config) -> None:
    links = []
    async with start(config) as world:
        past = await recorded(world, "Mara", "Tomas")
        links.append(past.links["Tomas"])
        async with past.visit(world.url, "Tomas") as visit:
            for _ in range(3):
                links.append(await new_link(visit))
                assert await visit.sign_in(links[-1]) == 204
    async with start(config) as world:
        for old in links[:-1]:
            assert await signs_in(world, past, old) == 403
        assert await signs_in(world, past, links[-1]) == 204
        assert await signs_in(world, past, past.links["Mara"]) == 204
    assert noted(config) == [(past.room, past.people["Tomas"].id, 3)]


async def test_whoever_is_in_the_room_is_told_their_own_and_nobody_else(
    world: World,
) -> None:
    past = await recorded(world, "Mara", "Tomas", end=False)
    tomas, mara = past.people["Tomas"], past.people["Mara"]
    async with past.visit(world.url, "Tomas") as visit:
        link = await new_link(visit)
        assert await visit.sign_in(link) == 204
    assert (await tomas.hears("page-link"))["after"] == link
    await mara.settle()
    assert "page-link" not in mara.kinds()


async def test_nobody_is_noted_whom_the_ledger_does_not_know(
    world: World, config: Config
) -> None:
    """A row of somebody who was there and in no entry would tell of a no."""
    past = await recorded(world, "Mara", "Tomas", end=False)
    late = await world.person(past.room, "Ines")
    link = (await late.join())["after"]
    async with past.visit(world.url) as visit:
        assert await visit.sign_in(link) == 204
        assert (await visit.page())["people"] == []
        assert await visit.post("link") == 404
    assert noted(config) == []


async def test_after_its_life_nothing_opens(config: Config) -> None:
    async with start(config) as world:
        past = await recorded(world, "Mara", "Tomas")
        async with past.visit(world.url, "Tomas") as visit:
            link = await new_link(visit)
            assert await visit.sign_in(link) == 204
    for days, status in ((36, 204), (38, 410)):
        ended = datetime.now(UTC) - timedelta(days=days)  # noqa: TID251
        with sqlite3.connect(config.data.directory / "ledger.sqlite3") as database:
            database.execute("UPDATE rooms SET ended_at = ?", [ended.isoformat()])
        database.close()
        async with start(config) as world:
            assert await signs_in(world, past, link) == status
            if status == 204:
                assert await signs_in(world, past, past.links["Tomas"]) == 403
            else:
                async with past.visit(world.url) as visit:
                    assert await opens(visit) == 410
                    assert await visit.post("link") == 410
