"""The sound of a shared screen is a track of its own, from the tap to the machine."""

import asyncio
from pathlib import Path

import pytest
from aiortc import MediaStreamTrack

from gatekeeper.consent.types import OpeningId, ParticipantId, SourceKind
from gatekeeper.media.recording.packets import packets
from gatekeeper.media.tap.offer import Offer
from gatekeeper.media.tap.quota import SOUND, WINDOW
from gatekeeper.storage.paths import Place
from tests.media.people import (
    ALICE,
    BOB,
    RECORDING,
    ROOM,
    Microphone,
    Sender,
    Silent,
    meeting,
    tones,
)
from tests.media.test_feed import Wire, fed
from tests.media.test_quota import Taps, send
from tests.media.test_recording import path, recorded

PLAYED, MICROPHONE = SourceKind.SCREEN_AUDIO, SourceKind.MICROPHONE
VOICE, MUSIC = 440, 1000


def sounded(file: Path) -> set[float]:
    """The tones in a file that are there for more than a moment."""
    found = [tone for tone in tones(file) if tone]
    return {tone for tone in found if found.count(tone) > 5}


async def test_it_has_a_file_of_its_own_with_what_was_played_and_no_voice(
    tmp_path: Path,
) -> None:
    async with meeting(tmp_path) as held:
        permit, recording = held.open()
        both: dict[SourceKind, MediaStreamTrack] = {
            MICROPHONE: Microphone(VOICE),
            PLAYED: Microphone(MUSIC),
        }
        await held.tap(recording, ALICE, both)
        await recorded(held, recording, 3000)
        recording.cut(1, [ALICE])  # Bob leaves
        await recorded(held, recording, 3000, files=4)
        held.close(permit)
        await recording.stopped()
        size = held.files()
        await asyncio.sleep(0)

        assert sounded(path(held, ALICE, MICROPHONE)) == {VOICE}
        assert sounded(path(held, ALICE, PLAYED)) == {MUSIC}
        assert held.files() == size
    kept = {(each.source, each.part): each for each in held.kept.captures}
    assert kept.keys() == {(source, part) for source in both for part in (0, 1)}
    assert all(each.leaves for each in kept.values())
    later = tmp_path / kept[PLAYED, 1].place(ROOM).path
    assert later.name == f"{ALICE}-screen-audio.1.webm"
    assert len([*packets(later)]) > 20


async def test_all_that_somebody_has_is_in_one_offer() -> None:
    sender = Sender({source: Silent(source.media) for source in SourceKind})
    offer = Offer.parse(await sender.offer(), sender.sources, tuple(SourceKind))
    await sender.pc.close()

    assert [section.source for section in offer.sections] == [*SourceKind]
    assert [section.kind for section in offer.sections] == [
        "audio",
        "video",
        "video",
        "audio",
    ]


@pytest.mark.parametrize("source", SourceKind)
@pytest.mark.parametrize("who", ["a", "a-screen", "-audio", "screen-audio", "a_-"])
def test_a_files_name_tells_whose_it_is_and_of_what(
    tmp_path: Path, source: SourceKind, who: str
) -> None:
    for part in (0, 7):
        place = Place(ROOM, RECORDING, OpeningId("o"), ParticipantId(who), source, part)

        assert Place.of(tmp_path, tmp_path / place.path) == place


def test_no_other_name_is_of_a_recording(tmp_path: Path) -> None:
    folder = tmp_path / "recordings" / ROOM / RECORDING / "o"
    for name in ("a-audio", "screen-audio", "a-screen-sound", "a", "-microphone"):
        assert Place.of(tmp_path, folder / f"{name}.webm") is None


async def test_a_machine_gets_it_as_sound_with_its_name() -> None:
    async with fed() as here:
        opus, pcm = Wire(), Wire()
        here.feed.attach(opus, pcm=False)
        here.feed.attach(pcm, pcm=True)
        while not pcm.packets:
            here.sends(BOB, PLAYED)
            await asyncio.sleep(0)

        assert {packet[1] for packet in opus.packets} == {1}
        assert {packet[1] for packet in pcm.packets} == {2}
        (track,) = [said for said in opus.said if b'"track"' in said]
        assert b'"source":"screen-audio"' in track


def test_it_may_be_as_much_as_sound_is_and_no_more() -> None:
    taps = Taps()
    alice = taps.open("alice")
    most = int(SOUND * WINDOW / 1000)

    for source in (MICROPHONE, PLAYED):
        assert send(alice, most, source=source) == most
    assert not taps.over
    assert send(alice, most, source=PLAYED) == 0
    assert taps.over == ["alice"]
