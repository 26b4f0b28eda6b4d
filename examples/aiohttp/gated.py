"""All that this app knows of the gate. Without it, it would record when it is told."""

import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager

from aiohttp import web

from gatekeeper.client import GateClient, Permit

GATE = web.AppKey("gate", GateClient)
URL, KEY = os.environ["GATE_URL"], os.environ["GATE_KEY"]


async def gate(app: web.Application) -> AsyncIterator[None]:
    """The gate's client, for as long as the app runs."""
    async with GateClient(URL, KEY) as app[GATE]:
        yield


async def open_room(app: web.Application, title: str) -> str:
    """The gate's room for a new call: its id."""
    return (await app[GATE].open_room(title, language="en", features=["sound"])).id


async def enter(app: web.Application, room: str, who: str) -> str:
    """The address at which somebody in the call says yes or no. It opens once."""
    return f"{URL}/m/{room}#entry={await app[GATE].room(room).entry(who)}"


def agreed(app: web.Application, room: str) -> AbstractAsyncContextManager[Permit]:
    """What is within runs while everybody agrees, and is cancelled when they do not."""
    return app[GATE].room(room).permit("sound")
