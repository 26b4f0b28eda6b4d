"""The book: lines on the disk, whatever happens in between."""

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
def book(tmp_path: Path) -> Iterator[TranscriptStore]:
    book = TranscriptStore(tmp_path)
    yield book
    book.close()


def said(text: str, who: ParticipantId = ANNA, at: float = 0) -> TranscriptLine:
    began = BEGAN + timedelta(seconds=at)
    return TranscriptLine(new_line_id(), who, began, began + timedelta(seconds=1), text)


async def test_it_knows_when_the_last_words_of_an_opening_ended(
    book: TranscriptStore,
) -> None:
    last = said("Last", BEN, at=9)
    for line in (last, said("First", at=1)):
        await book.append(FIRST, line)
    await book.append(SECOND, said("Elsewhere", at=20))
    await book.erase(ROOM, FEATURE, BEN)

    assert await book.last(ROOM, FEATURE, FIRST.opening) == last.ended
    assert await book.last(ROOM, FEATURE, OpeningId("third")) is None


async def test_lines_come_back_in_the_order_in_which_they_were_said(
    book: TranscriptStore,
) -> None:
    late, early = said("Late", BEN, at=9), said("Early\u2028and odd\n", at=1)
    await book.append(SECOND, late)
    await book.append(FIRST, early)

    assert await book.read(ROOM, FEATURE) == [early, late]
    assert await book.speakers(ROOM) == {FEATURE: {ANNA, BEN}}
    assert await book.kept() == {(ROOM, FEATURE)}


async def test_an_erased_line_is_a_tombstone_in_its_place(
    book: TranscriptStore,
) -> None:
    first, second, third = said("One"), said("Two", BEN, at=2), said("Three", at=4)
    for line in (first, second, third):
        await book.append(FIRST, line)

    assert await book.erase(ROOM, FEATURE, BEN) == 1
    assert await book.read(ROOM, FEATURE) == [first, second.tombstone(), third]
    assert await book.erase(ROOM, FEATURE, BEN) == 0
    assert await book.speakers(ROOM) == {FEATURE: {ANNA}}


async def test_a_row_that_a_crash_cut_short_is_passed_over(
    book: TranscriptStore, tmp_path: Path
) -> None:
    whole = said("Whole")
    await book.append(FIRST, whole)
    (file,) = (tmp_path / "words").rglob("*.jsonl")
    with file.open("a", encoding="utf-8") as more:
        more.write('{"id": "x", "participant": "')

    assert await book.read(ROOM, FEATURE) == [whole]


async def test_a_name_is_replaced_in_the_words_of_others(book: TranscriptStore) -> None:
    for line in lines("A"):
        await book.append(FIRST, line)
    await book.rewrite(ROOM, FEATURE, lambda text: mask(text, "Ben"))

    texts = [line.text for line in await book.read(ROOM, FEATURE)]
    assert "I agree with [withdrawn]. A short delay is better" in " ".join(texts)
    assert "Ben" not in " ".join(texts)


async def test_what_no_opening_on_record_covers_is_deleted(
    book: TranscriptStore, tmp_path: Path
) -> None:
    known = said("Known")
    await book.append(FIRST, known)
    await book.append(SECOND, said("Unknown"))
    await book.recover({OpeningId("first")})

    assert await book.read(ROOM, FEATURE) == [known]
    assert not (tmp_path / "words" / ROOM / FEATURE / "second").exists()


@pytest.mark.parametrize("odd", ["..", "a/b", "", "a.b"])
async def test_no_name_leads_out_of_the_data_directory(
    book: TranscriptStore, odd: str
) -> None:
    with pytest.raises(ValueError, match="not an id"):
        TranscriptKey(RoomId(odd), FEATURE, OpeningId("first"))
    with pytest.raises(ValueError, match="not an id"):
        await book.append(FIRST, said("x", ParticipantId(odd)))
    with pytest.raises(ValueError, match="not an id"):
        await book.erase(ROOM, FEATURE, ParticipantId(odd))
