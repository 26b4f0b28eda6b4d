"""Where webhooks lead: nowhere inside, however an address is written or looked up."""

import socket
from collections.abc import Sequence
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network

import pytest
from pydantic import ValidationError
from yarl import URL

from gatekeeper.config.api import Api
from gatekeeper.consent.types import RoomId
from gatekeeper.storage.events import Told
from gatekeeper.storage.webhooks import Webhook
from gatekeeper.web.webhooks.addresses import (
    Addresses,
    AddressRefused,
    Names,
    Pinned,
    is_public,
)
from gatekeeper.web.webhooks.sender import Sender
from tests.services.receiver import Receiver, receiving

NOW = datetime(2026, 11, 29, tzinfo=UTC)
PUBLIC = ("93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8",
          "64:ff9b::8.8.8.8", "2002:808:808::1")  # fmt: skip
INSIDE = (
    "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "192.168.1.1",
    "169.254.169.254", "0.0.0.0", "100.64.0.1",  # noqa: S104
    "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1",
    "fe80::1%1", "fc00::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::127.0.0.1", "2002:7f00:1::",
    "2002:a00:1::1", "2001:db8::1", "2001:0:a00:1::1",
)  # fmt: skip


@pytest.mark.parametrize("text", PUBLIC)
def test_a_machine_in_the_internet_is_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize("text", INSIDE)
def test_nothing_inside_is_public(text: str) -> None:
    assert not is_public(ip_address(text))


class Says:
    """A resolver that says what a test has it say, and counts."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def lookup(self, host: str, port: int) -> Sequence[str]:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


@pytest.mark.parametrize("text", INSIDE)
@pytest.mark.parametrize("public", [(), PUBLIC[:1]])
async def test_a_name_that_has_one_address_inside_leads_nowhere(
    text: str, public: Sequence[str]
) -> None:
    names = Says([*public, text])
    for scheme in ("https", "http"):
        with pytest.raises(AddressRefused):
            await Addresses().of(URL(f"{scheme}://name.example/"), names.lookup)


@pytest.mark.parametrize("host", ["127.1", "0x7f.1", "2130706433", "localhost"])
async def test_an_address_that_looks_like_a_name_leads_nowhere(host: str) -> None:
    names = Names(1)
    try:
        with pytest.raises((AddressRefused, OSError)):
            await Addresses().of(URL(f"https://{host}/"), names.lookup)
    finally:
        names.close()


async def test_what_is_listed_is_allowed_and_nothing_beside_it() -> None:
    addresses = Addresses([ip_network("10.0.0.0/8"), ip_network("fd00::/8")])
    for url, inside in (
        ("http://a.example/", "10.1.2.3"),
        ("https://a.example/", "10.1.2.3"),
        ("http://a.example/", "::ffff:10.1.2.3"),
        ("http://a.example/", "fd00::1"),
    ):
        found = await addresses.of(URL(url), Says([inside]).lookup)
        assert found == (inside,)
    for url, other in (
        ("http://a.example/", "8.8.8.8"),
        ("https://a.example/", "192.168.0.1"),
        ("https://a.example/", "127.0.0.1"),
    ):
        with pytest.raises(AddressRefused):
            await addresses.of(URL(url), Says([other]).lookup)


async def test_a_name_that_is_another_address_a_moment_later_is_asked_once() -> None:
    names = Says(["127.0.0.1"], ["127.0.0.2"])
    async with receiving() as receiver:
        webhook = hook(receiver, "name.example")
        addresses = Addresses([ip_network("127.0.0.1/32")])
        sending = Sender(addresses, names.lookup, lambda: NOW)
        said = await sending.send(webhook, told())
        asked = names.asked
        later = await sending.send(webhook, told())

    assert (said, asked) == ("204", 1)
    assert later == "address-refused"
    assert receiver.got[0].headers["host"].startswith("name.example:")
    assert len(receiver.got) == 1


async def test_no_proxy_of_the_environment_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with receiving() as proxy, receiving() as receiver:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        addresses = Addresses([ip_network("127.0.0.0/8")])
        sending = Sender(addresses, Says(["127.0.0.1"]).lookup, lambda: NOW)
        said = await sending.send(hook(receiver, "name.example"), told())

    assert said == "204"
    assert not proxy.got


def test_no_socket_is_made_for_another_address() -> None:
    pinned = Pinned(["127.0.0.1"])
    where = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.2", 80))
    with pytest.raises(OSError, match="looked at"):
        pinned.socket(where)
    pinned.socket((*where[:4], ("127.0.0.1", 80))).close()


def hook(receiver: Receiver, host: str) -> Webhook:
    url = receiver.url.replace("127.0.0.1", host)
    return Webhook("wh", "s", url, frozenset(), "whsec_AAAA", NOW)


def told() -> Told:
    return Told(1, "aa", "meeting.sealed", RoomId("r"), None, NOW)


@pytest.mark.parametrize(
    "network", ["8.8.8.0/24", "0.0.0.0/0", "::/0", "unix", "10.0.0.1/8", "x"]
)
def test_only_networks_of_ones_own_are_listed(network: str) -> None:
    with pytest.raises(ValidationError):
        Api.model_validate({"webhooks_to": [network]})


def test_a_network_of_ones_own_is_listed_however_it_is_written() -> None:
    listed = Api.model_validate({"webhooks_to": ["10.0.0.0/8", "::ffff:127.0.0.1"]})

    assert [str(each) for each in listed.webhooks_to] == ["10.0.0.0/8", "127.0.0.1/32"]
