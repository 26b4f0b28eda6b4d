"""The transcripts: lines on the disk, whatever happens in between."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from gatekeeper.assistant.summary.erasure import mask
from gatekeeper.assistant.transcript.lines import TranscriptLine, new_line_id
from gatekeeper.assistant.transcript.store import TranscriptKey, TranscriptStore
from gatekeeper.consent.types import FeatureId, OpeningId, ParticipantId, RoomId
from tests.assistant.meetings import BEGAN, lines, participant

ROOM, FEATURE = RoomId("room"), FeatureId("transcript")
FIRST, SECOND = (
    TranscriptKey(ROOM, FEATURE, OpeningId(name)) for name in ("first", "second")
)
ANNA, BEN = participant("Anna"), participant("Ben")


@pytest.fixture
def transcripts(tmp_path: Path) -> Iterator[TranscriptStore]:
    transcripts = TranscriptStore(tmp_path)
    yield transcripts
    transcripts.close()


def said(text: str, who: ParticipantId = ANNA, at: float = 0) -> TranscriptLine:
    began = BEGAN + timedelta(seconds=at)
    return TranscriptLine(new_line_id(), who, began, began + timedelta(seconds=1), text)


async def test_it_knows_when_the_last_words_of_an_opening_ended(
    transcripts: TranscriptStore,
) -> None:
    last = said("Last", BEN, at=9)
    for line in (last, said("First", at=1)):
        await transcripts.append(FIRST, line)
    await transcripts.append(SECOND, said("Elsewhere", at=20))
    await transcripts.erase(ROOM, FEATURE, BEN)

    assert await transcripts.last(ROOM, FEATURE, FIRST.opening) == last.ended
    assert await transcripts.last(ROOM, FEATURE, OpeningId("third")) is None


async def test_lines_come_back_in_the_order_in_which_they_were_said(
    transcripts: TranscriptStore,
) -> None:
    late, early = said("Late", BEN, at=9), said("Early\u2028and odd\n", at=1)
    await transcripts.append(SECOND, late)
    await transcripts.append(FIRST, early)

    assert await transcripts.read(ROOM, FEATURE) == [early, late]
    assert await transcripts.speakers(ROOM) == {FEATURE: {ANNA, BEN}}
    assert await transcripts.kept() == {(ROOM, FEATURE)}


async def test_an_erased_line_is_a_tombstone_in_its_place(
    transcripts: TranscriptStore,
) -> None:
    first, second, third = said("One"), said("Two", BEN, at=2), said("Three", at=4)
    for line in (first, second, third):
        await transcripts.append(FIRST, line)

    assert await transcripts.erase(ROOM, FEATURE, BEN) == 1
    assert await transcripts.read(ROOM, FEATURE) == [first, second.tombstone(), third]
    assert await transcripts.erase(ROOM, FEATURE, BEN) == 0
    assert await transcripts.speakers(ROOM) == {FEATURE: {ANNA}}


async def test_a_row_that_a_crash_cut_short_is_passed_over(
    transcripts: TranscriptStore, tmp_path: Path
) -> None:
    whole = said("Whole")
    await transcripts.append(FIRST, whole)
    (file,) = (tmp_path / "words").rglob("*.jsonl")
    with file.open("a", encoding="utf-8") as more:
        more.write('{"id": "x", "participant": "')

    assert await transcripts.read(ROOM, FEATURE) == [whole]


async def test_a_name_is_replaced_in_the_words_of_others(
    transcripts: TranscriptStore,
) -> None:
    for line in lines("A"):
        await transcripts.append(FIRST, line)
    await transcripts.rewrite(ROOM, FEATURE, lambda text: mask(text, "Ben"))

    texts = [line.text for line in await transcripts.read(ROOM, FEATURE)]
    assert "I agree with [withdrawn]. A short delay is better" in " ".join(texts)
    assert "Ben" not in " ".join(texts)


async def test_what_no_opening_on_record_covers_is_deleted(
    transcripts: TranscriptStore, tmp_path: Path
) -> None:
    known = said("Known")
    await transcripts.append(FIRST, known)
    await transcripts.append(SECOND, said("Unknown"))
    await transcripts.recover({OpeningId("first")})

    assert await transcripts.read(ROOM, FEATURE) == [known]
    assert not (tmp_path / "words" / ROOM / FEATURE / "second").exists()


@pytest.mark.parametrize("odd", ["..", "a/b", "", "a.b"])
async def test_no_name_leads_out_of_the_data_directory(
    transcripts: TranscriptStore, odd: str
) -> None:
    with pytest.raises(ValueError, match="not an id"):
        TranscriptKey(RoomId(odd), FEATURE, OpeningId("first"))
    with pytest.raises(ValueError, match="not an id"):
        await transcripts.append(FIRST, said("x", ParticipantId(odd)))
    with pytest.raises(ValueError, match="not an id"):
        await transcripts.erase(ROOM, FEATURE, ParticipantId(odd))
