"""Where a server listens, and why it cannot."""

import os
import socket

import pytest

from gatekeeper.errors import CannotListen
from gatekeeper.web.listen import bind, url


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("localhost", "http://localhost:8080"),
        ("127.0.0.1", "http://127.0.0.1:8080"),
        ("::1", "http://[::1]:8080"),
        ("[::1]", "http://[::1]:8080"),
        ("fe80::1%eth0", "http://[fe80::1%eth0]:8080"),
    ],
)
def test_an_address_can_be_opened_as_it_is_printed(host: str, address: str) -> None:
    assert url(host, 8080) == address


@pytest.mark.parametrize("host", ["::1", "[::1]"])
def test_it_listens_on_ipv6(host: str) -> None:
    try:
        (bound,) = bind(host, 0)
    except CannotListen:
        pytest.skip("this machine has no IPv6")
    with bound:
        assert bound.getsockname()[0] == "::1"


def test_a_port_in_use_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotListen, match=f"127.0.0.1:{port}: .*something else"):
            bind("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("192.0.2.1", "192.0.2.1: no address of this machine"),
        ("nowhere.invalid", "no address of that name is known"),
        ("localhost:8080", "without a port"),
    ],
)
def test_a_host_that_is_not_this_machines_is_named(host: str, said: str) -> None:
    with pytest.raises(CannotListen, match=said):
        bind(host, 0)


def test_a_port_for_root_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:

        def refuse(*args: object, **kwargs: object) -> socket.socket:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(CannotListen, match="ports below 1024 are for root"):
        bind("127.0.0.1", 80)
