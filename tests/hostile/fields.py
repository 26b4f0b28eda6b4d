"""Header fields, hosts, queries and names."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from ipaddress import IPv4Network

from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from gatekeeper.meeting.nickname import nickname
from gatekeeper.web.fields import cookie, short_fields
from gatekeeper.web.own_site import OwnSite
from gatekeeper.web.proxies import TrustedProxies
from tests.hostile.input import Act

FIELD = 8000
"""Characters; aiohttp takes no longer field."""
PROXIES = TrustedProxies([IPv4Network("127.0.0.0/8")])


def cookies() -> dict[str, str]:
    """`Cookie` fields."""
    return {
        "names": "a;" * (FIELD // 2),
        "values": "a=1; " * (FIELD // 5),
        "ours again": "after=" * (FIELD // 6),
        "ours, unended": ("after=" + "a" * 60 + "\xff;") * (FIELD // 68),
        "words": "a " * (FIELD // 2),
        "a quote": 'a="' + "\\" * FIELD,
        "spaces": ";" + " " * FIELD + "after",
        "dollars": "$a=1;" * (FIELD // 5),
        "separators": ";" * FIELD,
        "not ASCII": "a=\xff;" * (FIELD // 4),
    }


def fields() -> Iterator[tuple[str, Act]]:
    for name, field in cookies().items():
        request = make_mocked_request("GET", "/", headers={"Cookie": field})
        yield f"cookie: {name}", partial(cookie, request, "after")
    conditions = {
        "Range": ("bytes=" + "9" * FIELD, "bytes=" + "0-1," * (FIELD // 4)),
        "If-None-Match": ('"a",' * (FIELD // 4), 'W/"' * (FIELD // 3)),
        "If-Range": ("Mon, " * (FIELD // 5), '"a",' * (FIELD // 4)),
        "If-Modified-Since": ("Fri, 01 Jan 2020 " + "+" * FIELD,),
    }
    for field, values in conditions.items():
        for value in values:
            for size in (250, FIELD):
                request = make_mocked_request("GET", "/", headers={field: value[:size]})
                yield f"{field}: {value[:8]}, {size}", _read_all(request)
    for query in ("a&", "a=1&", "%41", "%ff", "&", ";"):
        for size in (1000, FIELD):
            request = make_mocked_request("GET", "/?" + (query * size)[:size])
            yield f"query: {query}, {size}", _read_all(request)


def names() -> Iterator[tuple[str, Act]]:
    site = OwnSite.of("localhost", (), PROXIES)
    for part in ("a:", "[", "é", "a.", "1", "@"):
        host = (part * FIELD)[:FIELD]
        headers = {"Host": host, "Origin": f"http://{host}"}
        request = make_mocked_request("POST", "/", headers=headers)
        yield f"host: {part}", partial(site.check_host, request)
        yield f"origin: {part}", partial(site.check_origin, request)
    for part in (",", "127.0.0.1,", "[", ":", '"', " ", "[::1]:1,", "1", ", ,"):
        lines = [(part * FIELD)[:FIELD]] * 16
        yield f"hops: {part}", partial(PROXIES.spoken_for, "127.0.0.1", lines)
    for part in ("\u0301", "a\u0301", "\u202e", "W", "\u200d\U0001f468", "\ufdfa"):
        yield f"a name: {part!a}", partial(nickname, (part * 64)[:64])
        yield f"a title: {part!a}", partial(nickname, (part * 100)[:100], 100)


def _read_all(request: web.Request) -> Act:
    """What a handler of ours may read of a request, behind what refuses long fields."""

    async def handler(request: web.Request) -> web.Response:
        _ = "download" in request.query
        _ = request.if_none_match, request.if_range, request.if_modified_since
        with suppress(ValueError):
            _ = request.http_range
        return web.Response()

    def act() -> None:
        answering = short_fields(request, handler)
        with suppress(StopIteration):
            answering.send(None)

    return act
