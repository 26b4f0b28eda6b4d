"""
A meeting: performs a script, and notes what clients did and when.

Rule 1: after each event there is a stretch of media time, open or closed, so that
whatever the server does wrongly has time to show.
Rule 2: nothing waits for the server to close: that is for the files to say. It waits
for what it opens, and says so if it never does.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Protocol

import aiohttp

from gatekeeper.consent.types import RoomId
from tests.meeting.person import PATIENCE
from tests.proof import allowed
from tests.proof.allowed import Fact
from tests.proof.content import PACKET
from tests.proof.guest import Guest, Line
from tests.proof.script import (
    FEATURES,
    JUMPS,
    NOTES,
    TRANSCRIPT,
    Does,
    Event,
    Script,
)
from tests.proof.story import Live, Story
from tests.proof.taker import Taker
from tests.proof.violation import Violation

GRACE = 2.5
"""Seconds for which the server keeps the seat of somebody lost."""
PULSE = 0.1
"""Seconds between two looks of a server at its clock."""
STRETCH = 15
"""Packets of sound after each event."""
UNDER_WAY = 0.12
"""Seconds: what is sent so shortly before a gate closes may come when it is closed."""
SPOKEN = 40
"""As much where words are written down: a word that is said is told within that."""
_LAST = (Does.LEAVES, Does.ENDS)
_NEAR = 0.3
"""Seconds before and after a seat is given up in which nothing else is done: which of
the two came first could not be told."""


class Server(Protocol):
    """The server, as meetings see it."""

    url: str
    http: aiohttp.ClientSession
    key: str
    """Of a service, which opens the rooms."""

    def films(self, room: RoomId) -> None:
        """Have the film of this room made; others may go without."""

    async def restart(self) -> float:
        """Kill it and start it again; when it was killed, by the loop's clock."""

    def jump(self, seconds: float) -> None:
        """Set the clock of its machine."""

    async def sealed(self, room: RoomId) -> None:
        """Return when this room's files are finished and its ledger is sealed."""


class Meeting:
    """One meeting on a server."""

    def __init__(self, server: Server, script: Script, *, film: bool = False) -> None:
        self._server = server
        self._film = film
        self._script = script
        self._now = asyncio.get_running_loop().time
        self._guests: dict[str, Guest] = {}
        self._cut_at: dict[str, float] = {}
        self._heard_till: dict[str, dict[str, int]] = {}
        """For who was cut off, how many frames everybody had heard until then."""

    async def run(self) -> Story:
        """Perform the script; what happened. Raises `Violation`."""
        body = {
            "title": "A proof",
            "language": "en",
            "features": FEATURES,
            "mode": "meeting",
        }
        url = f"{self._server.url}/api/v1/rooms"
        sent = {"Authorization": f"Bearer {self._server.key}"}
        async with self._server.http.post(url, json=body, headers=sent) as answer:
            made = await answer.json()
        room, self._secret = RoomId(made["room"]), made["host"]
        if self._film:
            self._server.films(room)
        began = self._now()
        self._story = Story(self._script, room, began, time.time() - began)
        async with AsyncExitStack() as stack, asyncio.TaskGroup() as tasks:
            server = self._server
            self._taker = Taker(
                server.http,
                server.url,
                server.key,
                room,
                tasks,
                lambda what: self._story.machine.append((self._now(), what)),
            )
            wrong = await self._perform_all(stack, tasks)
            self._taker.close()
            self._story.fed = self._taker.tracks
        if wrong is not None:
            raise wrong
        await self._server.sealed(room)
        return self._story

    async def _perform_all(
        self, stack: AsyncExitStack, tasks: asyncio.TaskGroup
    ) -> Violation | None:
        try:
            for name in self._script.people:
                guest = await stack.enter_async_context(self._guest(name, tasks))
                self._guests[name] = guest
                self._story.people[guest.id] = name
                self._story.clocks[name] = guest.clock.began
            for event in self._script.events:
                await self._expiry()
                await self._perform(event)
                await self._stretch()
            self._story.over = self._now()
        except TimeoutError:
            return Violation(f"the server hangs\n\n{self._story.told()}")
        except Violation as exc:
            return exc
        finally:
            for name, guest in self._guests.items():
                self._story.captions[name] = tuple(
                    frame["text"] for frame in guest.heard if frame["type"] == "caption"
                )
                await guest.close()
        return None

    def _guest(self, name: str, tasks: asyncio.TaskGroup) -> Guest:
        return Guest(
            self._server.http,
            self._server.url,
            self._story.room,
            name,
            tasks=tasks,
            impolite=name in self._script.impolite,
        )

    # ---- Events -------------------------------------------------------------------

    async def _perform(self, event: Event) -> None:
        if event.does is Does.KILLED:
            await self._kill(event)
            return
        if event.does in JUMPS:
            await self._jump(event)
            return
        guest = self._guests[event.who]
        match event.does:
            case Does.JOINS | Does.JOINS_ALLOWING:
                await self._join(event, guest)
            case Does.ALLOWS | Does.REFUSES:
                await self._decide(event, guest)
            case Does.REQUESTS | Does.CANCELS:
                await self._timed(event, guest, lambda: self._ask(event, guest))
            case Does.SHARES:
                guest.shares.set()
            case Does.HIDES:
                guest.shares.clear()
            case Does.LEAVES | Does.ENDS:
                kind = "leave" if event.does is Does.LEAVES else "end"
                await self._timed(event, guest, lambda: guest.say(type=kind))
                await guest.over()
                guest.grants.clear()
                guest.hang_up()
            case Does.CUT:
                await self._cut(event, guest)
            case Does.BACK:
                await self._back(event, guest)
            case Does.GONE:
                await self._gone(event.who)
            case _:
                raise AssertionError(event)

    async def _join(self, event: Event, guest: Guest) -> None:
        hello = await guest.connect()
        frame = guest.joining(
            hello, host=self._secret if event.who == self._script.host else None
        )
        if event.does is Does.JOINS_ALLOWING:
            guest.grants = {
                feature: guest.grants.get(feature) or guest.answer(feature, "granted")
                for feature in filter(event.touches, FEATURES)
            }
        else:
            guest.grants.clear()
        frame["answers"] = guest.answers()
        since = len(guest.heard)
        await self._timed(event, self._bystander(event.who), lambda: guest.say(**frame))
        welcome = await guest.hears("welcome", since=since)
        guest.resume_secret = welcome["resume"]
        self._story.links[guest.name] = welcome["after"]

    async def _ask(self, event: Event, guest: Guest) -> None:
        wants = event.does is Does.REQUESTS
        if event.feature == NOTES:
            await (self._taker.ask() if wants else self._taker.give_back())
        else:
            kind = "request" if wants else "cancel"
            await guest.say(type=kind, feature=event.feature)

    async def _decide(self, event: Event, guest: Guest) -> None:
        decision = "granted" if event.does is Does.ALLOWS else "declined"
        answer = guest.answer(event.feature, decision)
        guest.grants.pop(event.feature, None)
        if event.does is Does.ALLOWS:
            guest.grants[event.feature] = answer
        since = len(guest.heard)
        await self._timed(event, guest, lambda: guest.say(type="decide", **answer))
        await guest.hears("decided", since=since)

    async def _cut(self, event: Event, guest: Guest) -> None:
        async def cut() -> None:
            guest.cut()

        await self._timed(event, self._bystander(event.who), cut)
        self._cut_at[event.who] = self._fact.at
        self._heard_till[event.who] = {
            name: len(other.heard) for name, other in self._guests.items()
        }
        await guest.over()

    async def _back(self, event: Event, guest: Guest) -> None:
        if event.who not in self._cut_at:
            await self._join(Event(event.who, Does.JOINS), guest)
            return
        await guest.connect()
        since = len(guest.heard)
        resume = {
            "type": "resume",
            "participant": guest.id,
            "secret": guest.resume_secret,
            "seen": 0,
        }
        await self._timed(
            event, self._bystander(event.who), lambda: guest.say(**resume)
        )
        await guest.hears("welcome", since=since)
        del self._cut_at[event.who]
        for line in guest.live:
            if not self._announced(guest, line, since):
                guest._drop(line)

    def _announced(self, guest: Guest, line: Line, since: int) -> bool:
        """Whether the server has spoken of this tap since frame number `since`."""
        return any(
            frame["type"] == "tap" and frame["opening"] == line.opening
            for frame in guest.heard[since:]
        )

    async def _gone(self, who: str) -> None:
        """Wait until the server gives up the seat of somebody lost."""
        if who not in self._cut_at:
            return
        guest, expires = self._guests[who], self._cut_at[who] + GRACE
        bystander = self._bystander(who)
        if bystander is None:
            await self._passes(expires + _NEAR)
        else:
            # They may have left before, and come again.
            await bystander.hears(
                "left",
                since=self._heard_till[who][bystander.name],
                where=lambda f: f["participant"] == guest.id,
            )
        del self._cut_at[who]
        self._story.facts.append(Fact(expires, Event(who, Does.GONE)))
        guest.grants.clear()
        guest.hang_up()

    async def _expiry(self) -> None:
        """Do nothing while it is uncertain whether a seat has been given up."""
        for who, at in list(self._cut_at.items()):
            if at + GRACE < self._now() + 2 * _NEAR:
                await self._gone(who)

    async def _kill(self, event: Event) -> None:
        at = await self._server.restart()
        self._story.facts.append(Fact(at, event))
        self._cut_at.clear()
        for guest in self._guests.values():
            await guest.over()
            guest.outlive()
            guest.hang_up()

    async def _jump(self, event: Event) -> None:
        seconds, at = JUMPS[event.does], self._now()
        self._server.jump(seconds)
        self._story.jumps.append((at, seconds))
        # It has to look, whatever it waits for just then, and then answers a ping.
        await self._passes(at + 2 * PULSE)
        bystander = self._bystander("")
        if bystander is not None:
            await bystander.settle()
        self._story.facts.append(Fact(at, event, self._now() - at))

    async def _timed(
        self, event: Event, prober: Guest | None, act: Callable[[], Awaitable[None]]
    ) -> None:
        """Note the event, and how long pings just before and after it take."""
        answered: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        if prober is None:
            asked = self._now()
            async with self._server.http.get(self._server.url):
                pass
            answered.set_result(self._now() + self._now() - asked)
        else:
            # Who leaves hears nothing more. To others the second answer says that
            # what came before it has been handled.
            pongs = iter(range(1 if event.does in _LAST else 2, 0, -1))
            prober.on_pong = lambda: (
                answered.set_result(self._now()) if next(pongs, 0) == 1 else None
            )
            await prober.say(type="ping")
        at = self._now()
        await act()
        if prober is not None and event.does not in _LAST:
            await prober.say(type="ping")
        async with asyncio.timeout(PATIENCE):
            late = await answered - at
        self._fact = Fact(at, event, max(0.0, late))
        self._story.facts.append(self._fact)

    def _bystander(self, but: str) -> Guest | None:
        """Somebody else in the room, who can be asked how quick the server is."""
        room = allowed.now(self._story.facts)
        for who in room.allows:
            if who != but and who not in room.lost and self._guests[who].here:
                return self._guests[who]
        return None

    # ---- Stretches ----------------------------------------------------------------

    async def _stretch(self) -> None:
        """Let media flow for a while, whether into a tap or into nothing."""
        begins = self._now()
        captured = self._captured()
        said = ", ".join(f"{who}'s {feature}" for feature, who in captured)
        await self._until(
            lambda: all(self._connected(*each) for each in captured),
            f"a tap is connected: {said}",
        )
        lines = {(f, who): self._guests[who].taps(f)[-1] for f, who in captured}
        sent = {key: len(line.sent) for key, line in lines.items()}
        speaks = any(feature == TRANSCRIPT for feature, _ in lines)
        length = SPOKEN if speaks else STRETCH
        shown = {key: len(line.shown) for key, line in lines.items()}
        played = {key: len(line.played) for key, line in lines.items()}
        await self._until(
            lambda: all(
                len(line.sent) >= sent[key] + length or not line.wanted
                for key, line in lines.items()
            ),
            f"{length} packets are sent: {said}",
        )
        by = self._now() - UNDER_WAY
        self._story.lives += [
            Live(
                *key,
                line.since,
                line.arrived(sent[key], by),
                tuple(line.shown[shown[key] :]),
                tuple(line.played[played[key] :]),
            )
            for key, line in lines.items()
        ]
        if not captured:
            await self._passes(begins + STRETCH * PACKET)
            await self._surprises()

    def _captured(self) -> list[tuple[str, str]]:
        """Which features are open just now, each with each person in it."""
        return [
            (feature, who)
            for feature in FEATURES
            for who in allowed.now(self._story.facts, feature).captured
        ]

    def _connected(self, feature: str, who: str) -> bool:
        taps = self._guests[who].taps(feature)
        return bool(taps) and taps[-1].since < float("inf")

    async def _surprises(self) -> None:
        """Nobody may be captured; if a tap is asked for all the same, send into it."""
        taps = [line for g in self._guests.values() if g.here for line in g.live]
        enough = self._now() + 2
        await self._until(
            lambda: (
                all(len(line.sent) >= STRETCH or not line.wanted for line in taps)
                or self._now() > enough
            ),
            "surprises end",
        )

    async def _until(self, condition: Callable[[], bool], what: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():  # noqa: ASYNC110 - of many people
                    await asyncio.sleep(PACKET)
        except TimeoutError:
            raise Violation(f"never happened: {what}\n\n{self._story.told()}") from None

    async def _passes(self, at: float) -> None:
        await self._until(lambda: self._now() >= at, "time passes")
