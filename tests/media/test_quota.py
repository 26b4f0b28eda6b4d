"""Who exceeds a quota, who is told, and who is not."""

from collections.abc import Callable

import pytest

from gatekeeper.consent.types import OpeningId, ParticipantId, RoomId, SourceKind
from gatekeeper.errors import TapLimit
from gatekeeper.gating.permit import Mint, Permit
from gatekeeper.media.tap.quota import KEPT, PACKET, SOUND, WINDOW, Caps, Quota, Quotas
from gatekeeper.meeting.meter import Meter
from tests.media.people import RECORDING

CAMERA, MICROPHONE = SourceKind.CAMERA, SourceKind.MICROPHONE
KB = 1000 - PACKET
"""Bytes of a packet that is charged as a thousand."""


def permit(room: str = "room", opening: str = "opening") -> Permit:
    return Mint().issue(RECORDING, RoomId(room), OpeningId(opening))


class Taps:
    """Opens quotas, and notes who exceeded theirs."""

    def __init__(self, *, spare: int = 0, **caps: float) -> None:
        most = {"video": 1e12, "room": 1e12, "address": 1e12} | caps
        self.quotas = Quotas(Caps(**most), lambda: spare)  # type: ignore[arg-type]
        self.over: list[str] = []

    def open(
        self,
        who: str,
        *,
        room: str = "room",
        opening: str = "opening",
        address: str = "192.0.2.1",
        kept: bool = True,
        now: float = 0.0,
    ) -> Quota:
        return self.quotas.open(
            permit(room, opening),
            ParticipantId(who),
            address,
            kept=kept,
            exceeded=lambda: self.over.append(who),
            now=now,
        )


def send(
    quota: Quota,
    packets: int,
    *,
    now: float = 0.0,
    source: SourceKind | None = CAMERA,
) -> int:
    """How many of so many packets of a kilobyte are taken."""
    return sum(quota.acquire(source, KB, now) for _ in range(packets))


def test_a_source_may_send_its_rate_for_ever_and_a_burst_of_a_window() -> None:
    taps = Taps(video=10_000)
    alice = taps.open("alice")

    assert all(send(alice, 10, now=float(second)) == 10 for second in range(1000))
    assert send(alice, int(10 * WINDOW) + 1, now=1000.0) == 10 * WINDOW
    assert taps.over == ["alice"]
    assert send(alice, 1, now=5000.0) == 0


def test_each_source_has_a_quota_of_its_own() -> None:
    taps = Taps(video=10_000)
    alice = taps.open("alice")

    for source in (CAMERA, SourceKind.SCREEN):
        assert send(alice, 90, source=source) == 90
    for rest in (MICROPHONE, None):
        assert send(alice, int(SOUND * WINDOW / 1000), source=rest) > 0
    assert not taps.over


def test_offering_again_begins_nothing_afresh() -> None:
    taps = Taps(video=10_000, source_bytes=100 * KB)
    first = taps.open("alice")
    send(first, 90)
    first.close()

    again = taps.open("alice", now=1000.0)

    assert send(again, 20, now=1000.0) == 10  # of its size
    assert taps.over == ["alice"]


def test_of_a_room_the_one_who_sends_most_loses_their_tap() -> None:
    taps = Taps(room=10_000)
    alice, bob, eve = (taps.open(who) for who in ("alice", "bob", "eve"))
    send(alice, 20), send(bob, 10), send(eve, 60)

    assert send(bob, 30) == 30
    assert taps.over == ["eve"]
    assert send(eve, 1) == 0
    assert send(alice, 1, now=60.0) == 1


def test_what_was_sent_long_ago_does_not_count() -> None:
    taps = Taps(room=10_000)
    alice, eve = taps.open("alice"), taps.open("eve")
    send(alice, 95)
    send(eve, 99, now=100.0)

    send(alice, 2, now=100.0)

    assert taps.over == ["eve"]


def test_other_rooms_do_not_notice() -> None:
    taps = Taps(room=10_000)
    alice, eve = taps.open("alice", room="one"), taps.open("eve", room="two")

    assert send(eve, 200) == 100
    assert send(alice, 100) == 100
    assert taps.over == ["eve"]


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:0:1::/64", "2001:db8:0:2::/64", False),
        ("", "", True),
    ],
)
def test_an_address_is_what_one_person_has(one: str, two: str, same: bool) -> None:
    taps = Taps(address=10_000)
    alice = taps.open("alice", room="one", address=one)
    eve = taps.open("eve", room="two", address=two)
    send(alice, 60)

    assert send(eve, 60) == 60
    assert taps.over == (["alice"] if same else [])


def test_an_address_may_have_so_many_taps_and_no_more() -> None:
    taps = Taps(taps=2)
    first = taps.open("alice")
    taps.open("bob")

    with pytest.raises(TapLimit):
        taps.open("eve")
    taps.open("carol", address="192.0.2.2")
    first.close()
    taps.open("eve")


def test_an_address_may_take_its_share_of_the_disk_in_a_day() -> None:
    taps = Taps(spare=50 * KB, source_bytes=1e12)
    eve = taps.open("eve", opening="one")
    assert send(eve, 60) == 50
    more = taps.open("eve", opening="two")
    assert send(more, 1) == 0
    assert taps.over == ["eve", "eve"]

    assert send(taps.open("alice", address="192.0.2.2"), 50) == 50
    assert send(taps.open("carol", now=10 * KEPT), 40, now=10 * KEPT) == 40


def test_what_is_only_listened_to_takes_no_disk() -> None:
    taps = Taps(spare=1, source_bytes=1e12)

    assert send(taps.open("alice", kept=False), 100) == 100


def test_accounts_that_nobody_uses_are_given_up() -> None:
    taps = Taps()
    for number in range(100):
        quota = taps.open(f"p{number}", room=f"r{number}", address=f"192.0.2.{number}")
        send(quota, 1)
        quota.close()
    assert len(taps.quotas._accounts) == 300

    taps.open("alice", now=2 * KEPT)

    assert len(taps.quotas._accounts) == 2


def test_exceeding_is_told_once() -> None:
    taps = Taps()
    alice = taps.open("alice")

    alice.exceed()
    alice.exceed()
    alice.close()

    assert taps.over == ["alice"]


def test_a_clock_that_goes_back_refills_nothing() -> None:
    meter = Meter(1.0, 10.0)
    took = [meter.acquire(1, now) for now in (0.0, 9.0) * 50]

    assert sum(took) <= 10 + 9


@pytest.mark.parametrize("take", [lambda q: q.acquire(None, 0, 0.0)])
def test_empty_packets_are_charged(take: Callable[[Quota], bool]) -> None:
    taps = Taps()
    alice = taps.open("alice")

    assert sum(take(alice) for _ in range(30_000)) == SOUND * WINDOW // PACKET
    assert taps.over == ["alice"]
