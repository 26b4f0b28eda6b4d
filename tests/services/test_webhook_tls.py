"""Webhooks over TLS: told to who shows that they are who is meant, and nobody else."""

import json
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from ipaddress import IPv4Network
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook as Verifier
from yarl import URL

from gatekeeper.clock import Clock
from gatekeeper.consent.types import FeatureId, RoomId
from gatekeeper.storage.events import Told
from gatekeeper.storage.webhooks import Webhook
from gatekeeper.web.webhooks.addresses import Addresses
from gatekeeper.web.webhooks.sender import Sender
from tests.services.receiver import Receiver, receiving
from tests.web.certificates import Pair

HERE = Addresses([IPv4Network("127.0.0.0/8")])
SECRET = "whsec_" + "YQ" * 22 + "=="
AT = datetime(2026, 11, 29, 7, tzinfo=UTC)
EVENT = Told(7, "event", "feature.on", RoomId("room"), FeatureId("minutes"), AT)
NAME = "app.test"


async def here(host: str, port: int) -> Sequence[str]:
    """Every name is this machine's."""
    return ["127.0.0.1"]


@asynccontextmanager
async def shows(pair: Pair) -> AsyncIterator[Receiver]:
    """A receiver with that certificate."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(pair.file, pair.key)
    async with receiving(tls=tls) as receiver:
        yield receiver


async def sent(url: str, trusted: ssl.SSLContext | None) -> str:
    webhook = Webhook("wh", "key", url, frozenset(), SECRET, AT)
    return await Sender(HERE, here, Clock().now, trusted).send(webhook, EVENT)


async def test_who_shows_a_certificate_of_its_name_is_told(tmp_path: Path) -> None:
    pair = Pair(tmp_path, hosts=[NAME])
    async with shows(pair) as receiver:
        url = URL(receiver.url).with_host(NAME)
        said = await sent(f"{url}/in?a=b", pair.trusted())
    (got,) = receiver.got

    assert said == "204"
    assert (got.path, got.headers["host"]) == ("/in?a=b", f"{NAME}:{url.port}")
    assert Verifier(SECRET).verify(got.body, got.headers) == json.loads(got.body)


def of_another_name(folder: Path) -> tuple[Pair, ssl.SSLContext | None]:
    pair = Pair(folder, hosts=["evil.test"])
    return pair, pair.trusted()


def that_has_ended(folder: Path) -> tuple[Pair, ssl.SSLContext | None]:
    pair = Pair(folder, hosts=[NAME], begins=-9, ends=-1)
    return pair, pair.trusted()


def of_no_authority_that_is_known(
    folder: Path,
) -> tuple[Pair, ssl.SSLContext | None]:
    return Pair(folder, hosts=[NAME]), None


@pytest.mark.parametrize(
    "certificate", [of_another_name, that_has_ended, of_no_authority_that_is_known]
)
async def test_who_shows_another_one_is_told_nothing(
    certificate: Callable[[Path], tuple[Pair, ssl.SSLContext | None]], tmp_path: Path
) -> None:
    pair, trusted = certificate(tmp_path)
    async with shows(pair) as receiver:
        said = await sent(str(URL(receiver.url).with_host(NAME)), trusted)

    assert said == "tls"
    assert receiver.got == []


async def test_who_speaks_no_tls_is_told_nothing(tmp_path: Path) -> None:
    trusted = Pair(tmp_path, hosts=[NAME]).trusted()
    async with receiving() as receiver:
        port = URL(receiver.url).port
        said = await sent(f"https://{NAME}:{port}/", trusted)

    assert said in ("tls", "unreachable")
    assert receiver.got == []
