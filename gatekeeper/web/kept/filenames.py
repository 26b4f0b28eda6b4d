"""
What files are called when they are saved.

Rule 1: titles and names are data: nothing in them is a folder, an ending or a control.
Rule 2: time, then name, then what it is: a name from right to left moves no digit.
Rule 3: no two files of one meeting are called alike.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC

from gatekeeper.consent.types import ParticipantId
from gatekeeper.evidence.history import Captured
from gatekeeper.meeting.nickname import compared

_NO_NAME = "somebody"
_NO_TITLE = "meeting"
_LONGEST = 60
"""Bytes of a title or a name: four parts of a file's name fit into 255."""
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
"""What separates folders, or is refused by some file system."""


def plain(text: str, otherwise: str) -> str:
    """A title or a name as a part of a file's name."""
    shown = "".join(
        " " if character.isspace() else character
        for character in _UNSAFE.sub("_", unicodedata.normalize("NFC", text))
        if character.isspace() or unicodedata.category(character)[0] != "C"
    )
    short = shown.encode()[:_LONGEST].decode(errors="ignore")
    return " ".join(short.split()).strip(". ") or otherwise


def film_name(title: str, form: str) -> str:
    """The file name of a film."""
    return f"{plain(title, _NO_TITLE)}.{form}"


def track_names(
    title: str, tracks: Iterable[Captured], names: Mapping[ParticipantId, str]
) -> list[str]:
    """The file names of these tracks, in their order; each is another one."""
    taken: set[str] = set()
    found: list[str] = []
    for track in tracks:
        stem = " ".join(
            [
                *(
                    [f"{track.first.astimezone(UTC):%Y-%m-%d %H.%M.%S} UTC"]
                    if track.first
                    else []
                ),
                plain(names.get(track.participant, ""), _NO_NAME),
                str(track.source),
                plain(title, _NO_TITLE),
            ]
        )
        number, name = 1, stem
        while (key := compared(name)) in taken:
            number += 1
            name = f"{stem} ({number})"
        taken.add(key)
        found.append(f"{name}.webm")
    return found
