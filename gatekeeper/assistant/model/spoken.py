"""
Spoken: what of an answer is meant for the person who asked.

Thoughts between `<think>` and `</think>` are dropped, however the tags are cut into
pieces; so is white space before the first word. A character that JSON escapes have
split in two (a surrogate pair) is put together, half a one is replaced.
"""

_OPEN = ("<think>", "<thinking>")
_CLOSE = ("</think>", "</thinking>")


class Spoken:
    """Takes an answer in pieces, gives what is spoken of it."""

    def __init__(self) -> None:
        self._held = ""
        self._thinking = False
        self._begun = False
        self.thought = False
        """Whether there were thoughts."""

    def feed(self, piece: str) -> str:
        """What can be said by now; the beginning of a tag is held back."""
        return self._split(self._held + piece, last=False)

    def rest(self) -> str:
        """What was held back; call it once, at the end."""
        return self._split(self._held, last=True)

    def _split(self, text: str, *, last: bool) -> str:
        spoken = ""
        while True:
            tags = _CLOSE if self._thinking else _OPEN
            at, tag = _first(text, tags)
            if not tag:
                break
            spoken += "" if self._thinking else text[:at]
            text = text[at + len(tag) :]
            self._thinking = not self._thinking
            self.thought = True
        kept = len(text) if last else _certain(text, tags)
        spoken += "" if self._thinking else text[:kept]
        self._held = text[kept:]
        return self._whole(spoken)

    def _whole(self, spoken: str) -> str:
        if not self._begun:
            spoken = spoken.lstrip()
            self._begun = bool(spoken)
        paired = spoken.encode("utf-16-le", "surrogatepass")
        return paired.decode("utf-16-le", "replace")


def _first(text: str, tags: tuple[str, ...]) -> tuple[int, str]:
    found = [(text.find(tag), tag) for tag in tags if tag in text]
    return min(found, default=(-1, ""))


def _certain(text: str, tags: tuple[str, ...]) -> int:
    """How much of `text` can be no beginning of a tag or of a surrogate pair."""
    if text and "\ud800" <= text[-1] <= "\udbff":
        return len(text) - 1
    at = text.rfind("<")
    open_ended = at >= 0 and any(tag.startswith(text[at:]) for tag in tags)
    return at if open_ended else len(text)
