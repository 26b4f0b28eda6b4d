"""
A note taker on a machine's seat: it hears who has agreed, and writes what they say.

It opens a room, has everybody in it asked, and takes what it is fed while all agree.
What turns speech into words is the engine that Gatekeeper itself has, or a server's.
"""

import asyncio
import os
import sys
from collections import defaultdict
from datetime import datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import aiohttp

from gatekeeper.assistant.speech.recogniser import SpeechRecogniser
from gatekeeper.assistant.speech.settings import BATCH, EngineSettings
from gatekeeper.assistant.speech.track import Track
from gatekeeper.assistant.speech.utterance import Utterance
from gatekeeper.client import (
    ConsentRequired,
    GateClient,
    GateRoom,
    GateUnreachable,
    Packet,
    Permit,
    PermitEnded,
)

URL, KEY = os.environ["GATE_URL"], os.environ["GATE_KEY"]
SPEECH = os.environ.get("SPEECH_URL", "")
"""Of a server with `/audio/transcriptions`; empty: the engine on this machine."""
WAIT = 60
"""Seconds that everybody has at a time; who has answered is not asked again."""
AGAIN = 2
"""Seconds until a gate that cannot be reached is tried again."""


class Notes:
    """What is said under one permit, a line for each utterance."""

    def __init__(self, permit: Permit, engine: SpeechRecogniser, file: Path) -> None:
        self._permit = permit
        self._engine = engine
        self._file = file
        self._now = asyncio.get_running_loop().time
        self._tracks: dict[str, Track] = {}
        self._waiting: defaultdict[str, list[tuple[bytes, float]]] = defaultdict(list)
        self._ahead: float | None = None
        """The gate's time of day, less the loop's."""

    def hear(self, packet: Packet) -> None:
        """Take a packet; never waits."""
        if self._ahead is None:
            self._ahead = packet.at - self._now()
        who = packet.participant
        if who not in self._tracks:
            heard = partial(self._write, packet.name)
            self._tracks[who] = self._engine.listen(who, heard=heard, failed=_fails)
        self._waiting[who].append((packet.content, packet.at - self._ahead))

    async def pace(self) -> None:
        """Pass on what came, in batches; an empty one is what silence is."""
        while True:
            await asyncio.sleep(BATCH)
            for who, track in self._tracks.items():
                track.pass_on(self._waiting.pop(who, []))

    def close(self) -> None:
        """What is not written yet never is."""
        for track in self._tracks.values():
            track.close()

    def _write(self, name: str, said: Utterance) -> None:
        if not self._permit.alive:
            return
        at = datetime.fromtimestamp(said.began + (self._ahead or 0)).astimezone()
        with self._file.open("a", encoding="utf-8") as file:
            file.write(f"[{at:%H:%M:%S}] {name}: {said.text}\n")


def _fails(why: Exception) -> None:
    sys.stderr.write(f"Nothing more is heard: {why}\n")


async def take_notes(room: GateRoom, engine: SpeechRecogniser, file: Path) -> None:
    """While everybody agrees; raises `ConsentRequired` or `PermitEnded` when not."""
    async with room.permit("notes", wait=WAIT) as permit, permit.media() as media:
        notes = Notes(permit, engine, file)
        pacing = asyncio.ensure_future(notes.pace())  # noqa: TID251 - ended below
        try:
            async for packet in media:
                notes.hear(packet)
        finally:
            pacing.cancel()
            notes.close()


async def main() -> None:
    """Until it is stopped."""
    settings = EngineSettings()
    if SPEECH:
        model = os.environ.get("SPEECH_MODEL", "whisper-1")
        settings = EngineSettings("http", base_url=SPEECH, model=model)
    elif find_spec("moonshine_voice") is None:
        sys.exit("There is no speech engine: pip install gatekeeper[speech]")
    loop = asyncio.get_running_loop()
    async with aiohttp.ClientSession() as http, GateClient(URL, KEY) as gate:
        engine = SpeechRecogniser(settings, now=loop.time, session=http)
        running = asyncio.ensure_future(engine.run())  # noqa: TID251 - ended below
        try:
            room = await gate.open_room(
                "Notes", language="en", features=["notes"], mode="meeting"
            )
            file = Path(f"transcript-{room.id}.txt")
            invitation, host = room.opened["invitation"], room.opened["host"]
            sys.stdout.write(f"The host comes by {invitation}#host={host}\n")
            sys.stdout.write(f"Everybody else by {invitation}\nNotes go to {file}\n")
            sys.stdout.flush()
            while True:
                try:
                    await take_notes(room, engine, file)
                except (ConsentRequired, PermitEnded):
                    await asyncio.sleep(BATCH)
                except GateUnreachable:
                    await asyncio.sleep(AGAIN)
        finally:
            running.cancel()


if __name__ == "__main__":
    asyncio.run(main())
