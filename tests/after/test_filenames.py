"""What single tracks and films are called when they are saved."""

from datetime import UTC, datetime, timedelta

import pytest

from gatekeeper.consent.types import (
    FeatureId,
    OpeningId,
    ParticipantId,
    SourceKind,
)
from gatekeeper.evidence.history import Captured
from gatekeeper.web.kept.filenames import film_name, track_names

FIRST = datetime(2026, 11, 28, 10, 5, 7, 250_000, tzinfo=UTC)


def track(who: str, opening: int = 0, part: int = 0, after: float = 0) -> Captured:
    return Captured(
        opening=OpeningId(f"o{opening}"),
        feature=FeatureId("recording"),
        participant=ParticipantId(who),
        source=SourceKind.CAMERA,
        sha256="",
        size=1,
        first=FIRST + timedelta(seconds=after),
        last=None,
        recovered=False,
        part=part,
    )


def named(*tracks: Captured, title: str = "Yard", **names: str) -> list[str]:
    return track_names(title, tracks, {ParticipantId(k): v for k, v in names.items()})


def test_a_name_says_when_who_what_and_of_which_meeting() -> None:
    assert named(track("a"), track("b"), a="Mara", b="Tomas") == [
        "2026-11-28 10.05.07 UTC Mara camera Yard.webm",
        "2026-11-28 10.05.07 UTC Tomas camera Yard.webm",
    ]


def test_openings_parts_and_namesakes_are_told_apart() -> None:
    tracks = [
        track(who, opening, part, after)
        for opening, part, after in ((0, 0, 0), (0, 1, 0.2), (1, 0, 60))
        for who in ("a", "b", "c", "d")
    ]

    found = named(*tracks, a="Sam", b="Sam", c="sam")

    assert len({name.casefold() for name in found}) == len(tracks)
    assert found[1] == "2026-11-28 10.05.07 UTC Sam camera Yard (2).webm"
    assert found[3] == "2026-11-28 10.05.07 UTC somebody camera Yard.webm"


@pytest.mark.parametrize(
    "text",
    [
        "../../etc/passwd",
        'a\\b:c*?<>|"',
        "line\r\nSet-Cookie: x",
        "\u202egpj.exe",
        "",
        "...",
        "x" * 500,
        "שלום",
        "\ud800",
    ],
)
def test_a_name_is_data(text: str) -> None:
    (found,) = named(track("a"), title=text, a=text)

    for name in (found, film_name(text, "mp4")):
        assert not set(name) & set('/\\:*?"<>|\r\n\u202e')
        assert not name.startswith(".")
        assert len(name.encode()) < 255
        assert name.endswith((".webm", ".mp4"))
    assert found.startswith("2026-11-28 10.05.07 UTC ")
