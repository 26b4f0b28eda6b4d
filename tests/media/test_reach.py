"""To whom a server sends because an offer says so."""

import pytest
from aiortc import RTCIceCandidate

from gatekeeper.media.tap.reach import MOST, reachable


def candidate(ip: str, port: int = 40_000) -> RTCIceCandidate:
    return RTCIceCandidate(1, "f", ip, port, 1, "udp", "host")


def reached(*ips: str, page: str = "198.51.100.7", outside: bool = True) -> list[str]:
    named = [candidate(ip) for ip in ips]
    return [c.ip for c in reachable(named, page=page, outside=outside)]


def test_by_default_nobody_is_sent_anything() -> None:
    assert reached("8.8.8.8", "198.51.100.7", "10.0.0.1", outside=False) == []


def test_behind_a_nat_public_addresses_are() -> None:
    ips = ["8.8.8.8", "2606:4700::1111"]

    assert reached(*ips) == ips


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.251",
        "239.1.1.1",
        "255.255.255.255",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::fb",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "::127.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "2001:0:a00:1::1",
        "2001:db8::1",
        "localhost",
        "example.org",
        "5f1c9a4e.local",
        "",
        "1.2.3",
        "8.8.8.8 ",
    ],
)
def test_neither_private_addresses_nor_names_are(ip: str) -> None:
    assert reached(ip) == []


@pytest.mark.parametrize("page", ["10.0.0.1", "fc00::1", "192.168.1.1"])
def test_a_private_one_is_if_the_page_comes_from_there(page: str) -> None:
    assert reached("10.0.0.2", page, page=page) == [page]


def test_of_ipv6_the_network_of_the_page_counts() -> None:
    assert reached("fc00::2:1", "fc01::1", page="fc00::/64") == ["fc00::2:1"]


@pytest.mark.parametrize("page", ["127.0.0.1", "::1", "fe80::1", "0.0.0.0", "x"])  # noqa: S104
def test_never_this_machine_itself(page: str) -> None:
    assert reached(page, page=page) == []


def test_a_few_at_most_and_first_where_the_page_comes_from() -> None:
    many = [f"8.8.8.{n}" for n in range(1, 20)]

    found = reached(*many, "9.9.9.9", page="9.9.9.9")

    assert len(found) == MOST
    assert found[0] == "9.9.9.9"


def test_no_service_is_knocked_at() -> None:
    low = [candidate("8.8.8.8", port) for port in (53, 123, 161, 443, 1023)]

    assert reachable(low, page="", outside=True) == []
