"""
The pipe between the server and its speech worker: messages in binary frames.

A frame is the length of its body (32 bits), its kind (8 bits) and the body; numbers are
big endian, times are seconds of the server's event loop in 64 bits.

Rule 1: the server believes no length, count or text of the worker: that one decodes
what strangers sent.
Rule 2: words go through this pipe only, never by arguments, environment or file.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import Struct, error
from typing import Protocol

from gatekeeper.assistant.lines import LineId
from gatekeeper.assistant.speech.settings import EngineSettings

HEADER = Struct("!IB")
LONGEST = 1 << 20
"""Bytes of a body; ten seconds of sound are a third of it."""

_TRACK = Struct("!I")
_PACKET = Struct("!dH")
_OPEN = Struct("!I?")
_HEARD = Struct("!16sdd?B")
_SOUND = Struct("!Idddd")

TrackId = int
"""32 bits; never used again while the server runs."""


class Malformed(ValueError):
    """Not a message of this pipe."""


@dataclass(frozen=True, slots=True)
class Configure:
    """To the worker, first: the engine, without the endpoint and its key."""

    settings: EngineSettings

    def body(self) -> bytes:
        folder = self.settings.model_dir
        chosen = {
            "engine": self.settings.engine,
            "model_dir": None if folder is None else str(folder.absolute()),
            "language": self.settings.language,
        }
        return json.dumps(chosen).encode()

    @classmethod
    def parse(cls, body: bytes) -> "Configure":
        chosen = json.loads(body)
        folder = chosen.pop("model_dir")
        return cls(
            EngineSettings(**chosen, model_dir=None if folder is None else Path(folder))
        )


@dataclass(frozen=True, slots=True)
class Open:
    """To the worker: listen to a track."""

    track: TrackId
    voice: str
    """The same for all tracks that one microphone feeds."""
    growing: bool = False
    """Whether its words are wanted while they are being said, too."""

    def body(self) -> bytes:
        return _OPEN.pack(self.track, self.growing) + self.voice.encode()

    @classmethod
    def parse(cls, body: bytes) -> "Open":
        track, growing = _OPEN.unpack_from(body)
        return cls(track, body[_OPEN.size :].decode(), growing)


@dataclass(frozen=True, slots=True)
class Frames:
    """To the worker: Opus packets with the times of their beginnings."""

    track: TrackId
    packets: list[tuple[bytes, float]]

    def body(self) -> bytes:
        parts = [_TRACK.pack(self.track)]
        for packet, at in self.packets:
            parts += _PACKET.pack(at, len(packet)), packet
        return b"".join(parts)

    @classmethod
    def parse(cls, body: bytes) -> "Frames":
        (track,) = _TRACK.unpack_from(body)
        return cls(track, list(_packets(body)))


@dataclass(frozen=True, slots=True)
class Close:
    """To the worker: hold nothing of a track any more."""

    track: TrackId

    def body(self) -> bytes:
        return _TRACK.pack(self.track)

    @classmethod
    def parse(cls, body: bytes) -> "Close":
        return cls(*_TRACK.unpack(body))


@dataclass(frozen=True, slots=True)
class Heard:
    """From the worker: what was said, for each track that heard it."""

    line: LineId
    began: float
    ended: float
    tracks: tuple[TrackId, ...]
    text: str
    final: bool = True
    """Else it is still being said, and this is what it seems to be so far; with no text
    it was nothing after all."""

    def body(self) -> bytes:
        head = _HEARD.pack(
            self.line.encode(), self.began, self.ended, self.final, len(self.tracks)
        )
        return head + b"".join(map(_TRACK.pack, self.tracks)) + self.text.encode()

    @classmethod
    def parse(cls, body: bytes) -> "Heard":
        line, began, ended, final, count = _HEARD.unpack_from(body)
        end = _HEARD.size + count * _TRACK.size
        tracks = tuple(t for (t,) in _TRACK.iter_unpack(body[_HEARD.size : end]))
        text = body[end:].decode()
        return cls(LineId(line.decode()), began, ended, tracks, text, final)


@dataclass(frozen=True, slots=True)
class Sounded:
    """From the worker: an utterance, for an engine that is elsewhere."""

    track: TrackId
    since: float
    """When the track began to listen."""
    start: float
    """Of the sound; a little before somebody spoke."""
    began: float
    ended: float
    pcm: bytes

    def body(self) -> bytes:
        times = (self.since, self.start, self.began, self.ended)
        return _SOUND.pack(self.track, *times) + self.pcm

    @classmethod
    def parse(cls, body: bytes) -> "Sounded":
        track, since, start, began, ended = _SOUND.unpack_from(body)
        return cls(track, since, start, began, ended, body[_SOUND.size :])


@dataclass(frozen=True, slots=True)
class Gone:
    """From the worker: it holds nothing of a track any more."""

    track: TrackId

    def body(self) -> bytes:
        return _TRACK.pack(self.track)

    @classmethod
    def parse(cls, body: bytes) -> "Gone":
        return cls(*_TRACK.unpack(body))


@dataclass(frozen=True, slots=True)
class Behind:
    """From the worker: so much waits that a track's words would come far too late."""

    track: TrackId

    def body(self) -> bytes:
        return _TRACK.pack(self.track)

    @classmethod
    def parse(cls, body: bytes) -> "Behind":
        return cls(*_TRACK.unpack(body))


@dataclass(frozen=True, slots=True)
class Unfit:
    """From the worker, last: the engine cannot be loaded."""

    def body(self) -> bytes:
        return b""

    @classmethod
    def parse(cls, body: bytes) -> "Unfit":
        if body:
            raise Malformed("more than nothing")
        return cls()


ToWorker = Configure | Open | Frames | Close
FromWorker = Heard | Sounded | Gone | Behind | Unfit
Message = ToWorker | FromWorker

_KINDS: tuple[type[Message], ...] = (
    Configure, Open, Frames, Close, Heard, Sounded, Gone, Behind, Unfit,
)  # fmt: skip
_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}


def pack(message: Message) -> bytes:
    """One frame."""
    body = message.body()
    return HEADER.pack(len(body), _NUMBERS[type(message)]) + body


def unpack(kind: int, body: bytes) -> Message:
    """The message in a frame. Raises `Malformed`."""
    try:
        return _KINDS[kind].parse(body)
    except (IndexError, KeyError, TypeError, ValueError, error) as exc:
        # Without its cause, which may quote the body.
        raise Malformed(f"kind {kind}, {len(body)} bytes") from exc


class Source(Protocol):
    """A blocking binary file."""

    def read(self, size: int, /) -> bytes: ...


def messages(source: Source) -> Iterator[Message]:
    """What comes, until the end of the pipe."""
    while len(head := source.read(HEADER.size)) == HEADER.size:
        length, kind = HEADER.unpack(head)
        body = source.read(length)
        if len(body) < length:
            return
        yield unpack(kind, body)


def _packets(body: bytes) -> Iterator[tuple[bytes, float]]:
    here = _TRACK.size
    while here < len(body):
        at, length = _PACKET.unpack_from(body, here)
        here += _PACKET.size
        yield body[here : here + length], at
        here += length
