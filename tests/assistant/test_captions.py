from datetime import timedelta

import av
import pytest

from gatekeeper.assistant.transcript.captions import Chapter, plain, webvtt
from gatekeeper.assistant.transcript.lines import TranscriptLine
from tests.assistant.meetings import BEGAN, names, talk
from tests.catalogues import catalogues, word

LINES = talk("Anna: Good morning.", "Ben: Is 3 < 4 & 5 > 4?", "Carla: Bye.")
NAMES = names("A")


def at(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def test_captions_stand_where_the_film_shows_who_speaks() -> None:
    film = [
        Chapter(0.0, BEGAN - at(1), BEGAN + at(4)),
        Chapter(5.0, BEGAN + at(9), BEGAN + at(10.5)),
    ]

    assert webvtt(LINES, film, NAMES.get) == (
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:02.000\n<v Anna>Good morning.\n\n"
        "00:00:06.000 --> 00:00:06.500\n<v Carla>Bye.\n"
    )


def test_text_is_text_in_captions() -> None:
    film = [Chapter(0.0, BEGAN, BEGAN + at(60))]

    text = webvtt(LINES, film, lambda who: "A>\n\n--> <b>")

    assert "<v A&gt; --&gt; &lt;b&gt;>Is 3 &lt; 4 &amp; 5 &gt; 4?" in text


def test_an_erased_line_has_no_caption_and_a_mark_in_the_text() -> None:
    film = [Chapter(0.0, BEGAN, BEGAN + at(60))]
    gone: list[TranscriptLine] = [LINES[0].tombstone(), *LINES[1:]]

    assert "Anna" not in webvtt(gone, film, NAMES.get)
    assert "[09:00:00] [taken back]\n[09:00:05] Ben: Is 3" in plain(
        gone, "Launch", NAMES.get, language="en"
    )


@pytest.mark.parametrize("language", catalogues())
def test_the_text_says_what_the_page_says_in_its_language(language: str) -> None:
    text = plain([LINES[0].tombstone()], "Launch", NAMES.get, language=language)

    title, utc, empty, line = text.splitlines()
    assert (title, empty) == ("Launch", "")
    assert line == f"[09:00:00] {word(language, 'script.gone')}"
    assert "UTC" in utc
    assert utc == "Times are UTC." or language != "en"


@pytest.mark.parametrize("hours", [0, 1, 100])
def test_others_read_the_captions(hours: int) -> None:
    begin = hours * 3600.0
    film = [Chapter(begin, BEGAN, BEGAN + at(60))]
    text = webvtt(LINES, film, NAMES.get)
    codec = av.CodecContext.create("webvtt", "r")

    assert codec.name == "webvtt"
    assert text.count("-->") == 3
    assert f"\n{hours:02}:00:00.000 --> " in text
