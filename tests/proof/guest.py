"""
A participant with a camera and a microphone, who offers a tap when told to.

Rule 1: somebody impolite sends on when a tap is closed, and after having left: the
server must not rely on clients. They also show a yes of before the server was killed.
Rule 2: who is cut off hears nothing, so their tap goes on sending in any case.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import aiohttp
from aiortc import (
    InvalidStateError,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)

from gatekeeper.consent.types import RoomId, SourceKind
from gatekeeper.wire import SERVER
from tests.meeting.person import Frame, Person
from tests.proof.content import Camera, Clock, Microphone, Played, Screen, sounds
from tests.proof.script import TRANSCRIPT
from tests.proof.words import speech


class Line:
    """One peer connection to one opening's tap."""

    def __init__(
        self, name: str, asked: Frame, clock: Clock, shared: asyncio.Event
    ) -> None:
        """`asked`: the server's word that it wants this tap."""
        self.feature: str = asked["feature"]
        self.opening: str = asked["opening"]
        self.wanted = True
        """Until the server has said that this tap is closed."""
        self.since = float("inf")
        """When it was connected, by the event loop's clock."""
        self._pc = RTCPeerConnection(
            # Else the second video stays on a transport of its own, which is not used.
            RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        )
        # The transcript hears words, and what is kept as sound hears the tone.
        sound = speech(name) if self.feature == TRANSCRIPT else sounds(name)
        self._microphone = Microphone(sound, clock)
        # Offered from the beginning, as browsers do: it may be shared later.
        self._screen = Screen(name, clock, shared)
        self._played: Played | None = None
        if SourceKind.SCREEN_AUDIO in asked["sources"]:
            self._played = Played(name, clock, shared)
        tracks = {
            SourceKind.MICROPHONE: self._microphone,
            SourceKind.CAMERA: Camera(name, clock),
            SourceKind.SCREEN: self._screen,
            SourceKind.SCREEN_AUDIO: self._played,
        }
        made = [tracks[SourceKind(source)] for source in asked["sources"]]
        self._tracks = [track for track in made if track is not None]
        self.sources = {str(mid): kind for mid, kind in enumerate(asked["sources"])}
        for track in self._tracks:
            self._pc.addTransceiver(track, direction="sendonly")
        self._pc.on("connectionstatechange", self._changed)

    @property
    def sent(self) -> list[float]:
        """When the packets of sound were taken that were sent so far."""
        return self._microphone.sent

    def arrived(self, first: int, by: float) -> tuple[float, ...]:
        """Those of them, from number `first` on, that were given out before `by`."""
        pairs = zip(self._microphone.sent, self._microphone.given, strict=True)
        return tuple(taken for taken, given in list(pairs)[first:] if given < by)

    @property
    def shown(self) -> list[float]:
        """When the pictures of the screen were taken that were sent so far."""
        return self._screen.sent

    @property
    def played(self) -> list[float]:
        """When the packets of the sound of the screen were taken, of those sent."""
        return self._played.played if self._played else []

    async def offer(self) -> str:
        await self._pc.setLocalDescription(await self._pc.createOffer())
        return str(self._pc.localDescription.sdp)

    async def accept(self, sdp: str) -> None:
        await self._pc.setRemoteDescription(RTCSessionDescription(sdp, "answer"))

    async def close(self) -> None:
        self.wanted = False
        for track in self._tracks:
            track.stop()
        await self._pc.close()

    def _changed(self) -> None:
        if self._pc.connectionState == "connected":
            self.since = asyncio.get_running_loop().time()


class Guest(Person):
    """A `Person` with media. Their work runs in `tasks`."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        url: str,
        room: RoomId,
        name: str,
        *,
        tasks: asyncio.TaskGroup,
        impolite: bool,
    ) -> None:
        super().__init__(http, url, room, name)
        self.clock = Clock()
        self.shares = asyncio.Event()
        """Set while they share their screen."""
        self.lines: list[Line] = []
        self.on_pong: Callable[[], None] = lambda: None
        self.grants: dict[str, Frame] = {}
        """The answers that allow a feature, while they are in force: a client keeps
        them and shows them again in the same life of the room."""
        self._outdated: dict[str, Frame] = {}
        self._tasks = tasks
        self._impolite = impolite

    def outlive(self) -> None:
        """The server was killed: what was signed until then is good for nothing."""
        self._outdated |= self.grants
        self.grants.clear()

    def answers(self) -> list[Frame]:
        """To join with; somebody impolite shows what is outdated."""
        outdated = self._outdated if self._impolite else {}
        return list((outdated | self.grants).values())

    @property
    def here(self) -> bool:
        """Whether there is a socket."""
        return self._socket is not None

    @property
    def live(self) -> list[Line]:
        """The taps that the server wants."""
        return [line for line in self.lines if line.wanted]

    def taps(self, feature: str) -> list[Line]:
        """Those of them that are for one feature."""
        return [line for line in self.live if line.feature == feature]

    async def say(self, **frame: Any) -> None:
        if self._socket is not None and not self._socket.closed:
            await super().say(**frame)

    def cut(self) -> None:
        """Lose the connection, with no word to anybody."""
        assert self._socket is not None
        connection = self._socket._conn
        assert connection is not None
        assert connection.transport is not None
        connection.transport.abort()
        self._socket = None

    async def over(self) -> None:
        """Return when the socket, whichever end has closed it, is done with."""
        self._socket = None
        if self._listening is not None:
            await self._listening

    def hang_up(self) -> None:
        """Drop every tap, unless impolite."""
        for line in self.live:
            self._drop(line)

    async def close(self) -> None:
        """Stop sending, impolite or not."""
        for line in self.lines:
            await line.close()

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            frame = SERVER.validate_json(message.data).model_dump(mode="json")
            if frame["type"] == "probe":
                with contextlib.suppress(ConnectionError):
                    await socket.send_json({"type": "here"})
                continue
            self._react(frame)
            async with self._news:
                self.heard.append(frame)
                self._news.notify_all()
        async with self._news:
            self.closed_with = socket.close_code
            self._news.notify_all()

    def _react(self, frame: Frame) -> None:
        match frame["type"]:
            case "pong":
                self.on_pong()
            case "tap":
                line = Line(self.name, frame, self.clock, self.shares)
                self.lines.append(line)
                self._tasks.create_task(self._offer(line), name="tap offer")
            case "tap-answer":
                for line in self._of(frame):
                    self._tasks.create_task(self._accept(line, frame["sdp"]))
            case "lapsed":
                self.grants.pop(frame["feature"], None)
            case "tap-closed":
                for line in self._of(frame):
                    self._drop(line)
            case _:
                pass

    def _of(self, frame: Frame) -> list[Line]:
        return [line for line in self.live if line.opening == frame["opening"]]

    def _drop(self, line: Line) -> None:
        line.wanted = False
        if not self._impolite:
            self._tasks.create_task(line.close(), name="tap's end")

    async def _offer(self, line: Line) -> None:
        try:
            sdp = await line.offer()
        except InvalidStateError:
            return  # closed meanwhile
        if line.wanted:
            await self.say(
                type="tap-offer", opening=line.opening, sdp=sdp, sources=line.sources
            )

    async def _accept(self, line: Line, sdp: str) -> None:
        with contextlib.suppress(InvalidStateError):  # closed meanwhile
            await line.accept(sdp)
