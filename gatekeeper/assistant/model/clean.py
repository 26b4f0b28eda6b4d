"""
Clean text: what may go to a model, and what may come back from one.

Rule 1: nothing invisible passes. Controls, bidirectional overrides, zero-width and tag
characters can carry instructions that no person sees (Unicode TR 36; CVE-2021-42574).
Rule 2: a link that nobody wrote does not come back: a model can be talked into
inserting one. What looks like an address is one: with a scheme, as mail, or bare.
"""

import re
from collections.abc import Set

# Cc but tab and line ends, Cf, Cs, Co, and the rest of Default_Ignorable_Code_Point
# (Unicode 16, DerivedCoreProperties.txt), with its reserved ranges.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160"
    "\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


def visible(text: str) -> str:
    """The same without invisible characters; white space stays as it is."""
    return _INVISIBLE.sub("", text)


def clean(text: str, most: int) -> str:
    """One line of at most `most` characters: nothing invisible, single spaces."""
    return " ".join(visible(text).split())[:most].rstrip()


# Stops of scripts that put no spaces between words: an address ends there too.
_STOPS = (
    "\u3001\u3002\uff0c\uff01\uff1f\uff1b\uff1a\u300c\u300d\uff08\uff09\u3010\u3011"
)
_RUN = rf"[^\s<>\"{_STOPS}]"
_END = rf"[^\s<>\"'`*_.,;:!?()\[\]{{}}{_STOPS}]"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_NAME = rf"(?:{_LABEL}\.){{1,8}}(?:xn--[a-z0-9-]{{1,59}}|[^\W\d_]{{2,24}})"
_NUMBERS = r"\d{1,3}(?:\.\d{1,3}){3}"
_LINK = re.compile(
    rf"""
    [a-z][a-z0-9+.-]{{0,30}}://(?:{_RUN}*{_END}/?)?        # with a scheme
    | \b(?:mailto|tel|sms|javascript|data|magnet):{_RUN}*{_END}
    | [\w.+-]{{1,64}}@{_NAME}                              # mail
    | (?<!\w)www\.{_RUN}*{_END}/?
    | (?<!\w)(?:{_NAME}|{_NUMBERS})(?::\d+)?/(?:{_RUN}*{_END}/?)?  # with a path
    | (?<!\w){_NUMBERS}:\d+
    | (?<!\w)(?P<bare>{_NAME})(?!\w)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Endings of file names are not taken for countries unless a path follows.
_FILE = re.compile(
    "cc|cs|csv|db|docx?|go|gz|hs|html|ini|js|json|kt|md|mk|pdf|pl|png|ps|py|rb|rs|sh|so"
    "|sql|svg|toml|ts|txt|xml|ya?ml|zip",
    re.IGNORECASE,
)
_TOKEN = re.compile(rf"\s*[^\s{_STOPS}]*[{_STOPS}]*")
_HUSK = re.compile(r"\(\0\)|\[\0\]|<\0>|\"\0\"|\0")


def links(text: str) -> set[str]:
    """The links in a text, each in the one form that `without_links` compares."""
    return {_form(found[0]) for found in _LINK.finditer(text) if _is_link(found)}


def without_links(text: str, allowed: Set[str]) -> str:
    """The same without links that are not in `allowed` (as `links` gives them)."""
    tidy = LinkFilter(allowed)
    return tidy.feed(text) + tidy.rest()


class LinkFilter:
    """
    `without_links` for a text that arrives in pieces.

    It holds back the last word, since that may be an address that is not whole yet.
    """

    def __init__(self, allowed: Set[str]) -> None:
        self._allowed = allowed
        self._held = ""

    def feed(self, piece: str) -> str:
        """What can be said by now. Held back is what has no white space after it."""
        tokens = _TOKEN.findall(self._held + visible(piece))
        words = [token for token in tokens if token]
        self._held = words.pop() if words else ""
        return "".join(map(self._kept, words))

    def rest(self) -> str:
        """What was held back; call it once, at the end."""
        held, self._held = self._held, ""
        return self._kept(held)

    def _kept(self, token: str) -> str:
        marked = _LINK.sub(self._mark, token)
        if "\0" not in marked:
            return token
        left = _HUSK.sub("", marked)
        # Where no word is left its space goes too, and a full stop moves up.
        return left if any(map(str.isalnum, left)) else left.strip()

    def _mark(self, found: re.Match[str]) -> str:
        kept = not _is_link(found) or _form(found[0]) in self._allowed
        return found[0] if kept else "\0"


def _is_link(found: re.Match[str]) -> bool:
    """A bare name is one if its ending is in one case ("Mr.Smith") and no file's."""
    bare: str | None = found["bare"]
    if bare is None:
        return True
    ending = bare.rpartition(".")[2]
    return not _FILE.fullmatch(ending) and (ending.islower() or ending.isupper())


_SAME = re.compile(r"^(?:https?://|mailto:)?(?:www\.)?", re.IGNORECASE)


def _form(link: str) -> str:
    return _SAME.sub("", link, count=1).rstrip("/").casefold()
