"""
A meeting whose film can be compared with that of another (`films.py`).

Rule: one person speaks first, and louder than the others (`PALETTE`). So that person is
large in a film from the beginning to the end, whoever's microphone comes first.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path

from playwright.async_api import expect

from gatekeeper.media.film.files import Folder
from tests.browser.films import Film, streams
from tests.browser.guest import Guest
from tests.browser.waiting import until

SOURCES = ("camera", "microphone")
VOICE = 4_500
"""Bytes of a second of a tone."""

Filming = Callable[[], Awaitable[Film]]
"""Waits for the film of a meeting that is over, while there may be others."""


async def listen(*guests: Guest) -> None:
    """Be silent, so that somebody else speaks first."""
    for guest in guests:
        await guest.page.keyboard.press("m")
        await expect(guest.tile()).to_have_attribute("data-microphone", "off")


async def join_in(data: Path, first: Guest, *others: Guest) -> None:
    """Speak, too, once `first` is recorded for long enough to be large in a film."""
    await lasts(data, first, seconds=0.5)
    for guest in others:
        await guest.page.keyboard.press("m")
        await expect(guest.tile()).to_have_attribute("data-microphone", "on")


async def underway(data: Path, *guests: Guest) -> None:
    """Wait until everybody's picture and voice arrive: cameras are slower to begin."""
    kept = [f"{guest.id}-{source}" for guest in guests for source in SOURCES]

    def sizes() -> list[int]:
        return [_recorded(data, guests[0], track) for track in kept]

    await until(lambda: all(sizes()), "every file begins")
    before = sizes()
    await until(
        lambda: all(now > then for now, then in zip(sizes(), before, strict=True)),
        "every file grows",
    )


async def lasts(data: Path, *guests: Guest, seconds: float) -> None:
    """Wait until so much more of each one's voice is recorded."""

    def voices() -> list[int]:
        return [_recorded(data, guest, f"{guest.id}-microphone") for guest in guests]

    before = voices()
    await until(
        lambda: all(
            now - then > seconds * VOICE
            for now, then in zip(voices(), before, strict=True)
        ),
        "they are recorded",
    )


def _recorded(data: Path, guest: Guest, track: str) -> int:
    """Bytes."""
    folder = data / "recordings" / guest.room / "recording"
    return sum(file.stat().st_size for file in folder.rglob(f"{track}.webm"))


async def filmed(data: Path, host: Guest, *others: Guest) -> Filming:
    """The host ends the meeting. Gives what is to be asked for its film later."""
    names = {guest.id: guest.name for guest in (host, *others)}
    folder = Folder.of(data, host.room, "recording")
    await host.page.get_by_role("button", name="Leave").click()
    await host.page.get_by_role("button", name="End for everyone").click()
    return partial(_made, folder, names)


async def _made(folder: Folder, names: Mapping[str, str]) -> Film:
    index = await until(folder.films, "there is a film")
    assert index is not None
    (film,) = index.films
    path = folder.path / film.name
    told = {
        "left out": index.left_out,
        "viewers": {names[each] for each in film.viewers},
        "people": [{names[each] for each in c.people} for c in film.chapters],
        "tracks": {(names[each.participant], each.source) for each in film.edits},
    }
    return Film(path, told | streams(path))
