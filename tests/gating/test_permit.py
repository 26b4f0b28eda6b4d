"""Permits: made by a mint alone, and dead for good."""

import pytest

from gatekeeper.consent.types import OpeningId
from gatekeeper.gating.permit import Mint, Permit
from tests.consent.people import RECORDING
from tests.gating.tiny import ROOM


def test_nobody_else_makes_one() -> None:
    with pytest.raises(TypeError):
        Permit(object(), RECORDING, ROOM, OpeningId("an-opening"))


async def test_a_dead_one_stays_dead() -> None:
    mint = Mint()
    permit = mint.issue(RECORDING, ROOM, OpeningId("an-opening"))
    other = mint.issue(RECORDING, ROOM, OpeningId("another"))
    assert (permit.feature, permit.room, permit.opening) == (
        RECORDING,
        ROOM,
        "an-opening",
    )
    assert permit.alive

    mint.revoke(permit)
    mint.revoke(permit)
    await permit.ended()

    assert (permit.alive, other.alive) == (False, True)
