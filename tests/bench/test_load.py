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
    assert all(found.calm)
    assert all(found.flooded)


def test_a_turn_in_which_the_machine_did_something_else_is_not_the_usual_one() -> None:
    quiet = [[0.01, 0.02, 0.03]] * 6
    assert load.usual(quiet) == load.usual([*quiet[:4], [2.0, 2.1], [3.0, 3.1]])
    assert load.usual([[0.1, 0.1], *quiet[:2]]) < load.usual(
        [[0.1, 0.1]] * 2 + quiet[:1]
    )
