"""
Nicknames: what people and rooms may be called.

Rule 1: a name is a line that can be seen and turns nothing around it: RFC 8266
(nicknames) and RFC 8264 (PRECIS, FreeformClass) say which characters that leaves out.
Rule 2: nobody in a meeting is called like anybody else in it; who comes second with a
name gets a number behind it.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from itertools import count

from precis_i18n import get_profile

from gatekeeper.consent.types import ParticipantId
from gatekeeper.meeting.faults import NameUnusable

LONGEST = 64
"""Characters."""
_MARKS = 6
"""Combining marks on one letter, at most: what scripts need, and not a tower."""
_REMEMBERED = 256
"""People who have left and whose name is still theirs."""

_SHOWN = get_profile("NicknameCasePreserved")
_COMPARED = get_profile("Nickname")

# RFC 8264 has no rule for emoji (UTS 51): what joins two pictures, and what says that a
# character is meant as a picture. Between anything else they are invisible.
_PICTURE = r"[^\w\s\u0000-\u00ff\u2000-\u206f]"
_JOINED = re.compile(
    f"(?<={_PICTURE})[\ufe0e\ufe0f]?\u200d(?={_PICTURE})|(?<={_PICTURE})[\ufe0e\ufe0f]"
)
_TELLING = re.compile(r'[:;"\u201c-\u201f\u00ab\u00bb\[\]<>{}\\|]')
"""What a name does not need, and what could end it and begin something else."""
_BLANK = frozenset("\u2800\ufffc\ufffd\U0001d159")
"""Symbols that draw nothing, or nothing of their own."""


def nickname(text: str, longest: int = LONGEST) -> str:
    """
    The name as it is shown: one line, in Unicode's composed form (NFKC).

    Raises `NameUnusable`, also for more than `longest` characters.
    """
    # NFKC makes up to 18 characters of one, and each is gone over many times below.
    if len(unicodedata.normalize("NFKC", text)) > 2 * longest:
        raise NameUnusable
    shown = _enforced(text)
    if len(shown) > longest:
        raise NameUnusable
    if not any(_draws(character) for character in shown) or _towers(shown):
        raise NameUnusable
    return shown


def _enforced(text: str) -> str:
    """By RFC 8266, section 2.1, with joined pictures left whole."""
    pieces = _JOINED.split(text)
    joints = _JOINED.findall(text)
    try:
        _SHOWN.enforce("".join(pieces))
        # Each piece on its own: NFKC must not compose across a joint.
        enforced = [_SHOWN.enforce(piece) if piece else "" for piece in pieces]
    except UnicodeEncodeError as exc:
        raise NameUnusable from exc
    return enforced[0] + "".join(
        joint + piece for joint, piece in zip(joints, enforced[1:], strict=True)
    )


def _draws(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character not in _BLANK


def _towers(text: str) -> bool:
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > _MARKS:
            return True
    return False


def one_line(name: str) -> str:
    """
    A name as one line that turns nothing around it, whatever was noted once.

    Written from right to left it is set apart (FSI and PDI; Unicode, UAX 9, 2.4).
    """
    line = " ".join("".join(" " if _moves(c) else c for c in name).split())
    turns = any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in line)
    return f"\u2068{line}\u2069" if turns else line


def as_data(name: str) -> str:
    """`one_line` for plain text: quoted where it could be read as more than a name."""
    if not _TELLING.search(name):
        return one_line(name)
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return one_line(f'"{escaped}"')


def _moves(character: str) -> bool:
    kept = character in "\u200c\u200d"  # they join letters and pictures, and no more
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") and not kept


def compared(name: str) -> str:
    """What two names have in common that read alike (RFC 8266, section 2.4)."""
    if name.isascii() and name.isprintable() and name.strip():
        return " ".join(name.split()).lower()  # all that the tables do to such a name
    try:
        return _COMPARED.enforce(_JOINED.sub("", name))
    except UnicodeEncodeError:  # noted before rule 1 held
        return name


class Nameplates:
    """What the people of one meeting are called."""

    def __init__(self, known: Mapping[ParticipantId, str]) -> None:
        """`known`: names that are noted of this meeting already."""
        self._plates = {who: _Plate(name, None) for who, name in known.items()}

    def name(self, participant: ParticipantId, wish: str) -> str:
        """
        What somebody is called here: as they wish, with a number if that is taken.

        `wish`: a `nickname`. The same wish of the same person gives the same name.
        """
        plate = self._plates.pop(participant, None)
        if plate is None or not plate.answers(wish):
            plate = _Plate(_untaken(wish, {p.key for p in self._plates.values()}), wish)
        self._plates[participant] = plate
        return plate.name

    def forget(self, present: Collection[ParticipantId]) -> None:
        """Let go of those who left first, where very many have left."""
        gone = [who for who in self._plates if who not in present]
        for who in gone[: max(0, len(gone) - _REMEMBERED)]:
            del self._plates[who]


class _Plate:
    """One person's name in one meeting."""

    def __init__(self, name: str, wish: str | None) -> None:
        """`wish`: what they asked for; None where a restart has forgotten it."""
        self.name = name
        self.wish = wish
        self.key = compared(name)

    def answers(self, wish: str) -> bool:
        """Whether this is the name that `wish` gave."""
        if self.wish is not None:
            return wish == self.wish
        return self.name == wish or bool(
            re.fullmatch(re.escape(wish) + r" \(\d+\)", self.name)
        )


def _untaken(wish: str, taken: Collection[str]) -> str:
    if compared(wish) not in taken:
        return wish
    # A cut must not leave half of what was joined.
    base = wish[: LONGEST - len(" (9999)")].rstrip(" \u200c\u200d\ufe0e\ufe0f")
    key = compared(base)
    number = next(n for n in count(2) if f"{key} ({n})" not in taken)
    return f"{base} ({number})"
