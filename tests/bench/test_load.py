"""The benchmark of the load, in small: what it measures happens, and goes well."""

from tests.bench import floods, load, ours, table


def test_each_flood_has_its_aim() -> None:
    assert tuple(floods.FLOODS) == table.FLOODS


async def test_meetings_go_on_beside_all_floods_and_nobody_is_lost() -> None:
    names = [*floods.FLOODS]
    with ours.serving(120, config=ours.AS_IT_COMES) as server:
        async with load.meetings(server, rooms=10, size=2, pause=3) as hall:
            found = await load.beside(
                names, server.url, hall, slices=1, seconds=2, before=()
            )

    assert not hall.errors
    assert found.calm
    assert found.flooded
