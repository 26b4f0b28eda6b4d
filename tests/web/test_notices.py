"""Every wording there was can be read, by the digest that a receipt has."""

from typing import Any

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import FeatureId
from gatekeeper.evidence.receipt import verify_receipt
from tests.meeting.conftest import World
from tests.meeting.test_wordings import LONGER, put


async def told(world: World, digest: str) -> tuple[int, Any]:
    async with world.http.get(f"{world.url}/api/notices/{digest}") as answer:
        return answer.status, await answer.json()


async def test_what_a_receipt_names_is_there_when_other_words_are_in_force(
    world: World,
) -> None:
    ann, ben = await world.meeting("Ann", "Ben", allow=("minutes",))
    await ann.say(type="request", feature="minutes")
    handed = await ben.hears("receipt")
    async with world.http.get(f"{world.url}/.well-known/jwks.json") as answer:
        keys = await answer.json()
    notice = verify_receipt(handed["receipt"], keys).notice

    status, said = await told(world, notice.digest)
    assert status == 200
    assert said["in_force"]
    await put(world, en=LONGER)
    status, later = await told(world, notice.digest)

    assert status == 200
    assert not later["in_force"]
    assert later["since"] == said["since"]
    shown = Notice(**{k: v for k, v in later["notice"].items() if k != "digest"})
    assert shown == notice
    assert shown.digest == notice.digest
    now = world.offers.wordings.notices[FeatureId("minutes")]
    for digest in now:
        assert (await told(world, digest))[1]["in_force"]


async def test_what_was_never_in_force_is_not_there(world: World) -> None:
    for digest in ("a" * 43, "x", "%00", "..%2f.."):
        status, said = await told(world, digest)
        assert status == 404, (digest, said)
