"""What is told of the page afterwards in the document of the HTTP API."""

from collections.abc import Mapping

from gatekeeper.web.kept import visitors
from gatekeeper.web.operation import JSON, Answer, Operation, Told


class PageCapability(Told):
    """A capability of the page afterwards, good from its first use on."""

    capability: str


_AFTER = visitors.ROOT
_OF = _AFTER + "/{feature}"
_DONE: dict[int, Answer] = {204: None}
_TAKEN_ON: dict[int, Answer] = {202: None}
_SAVED = ("download",)


def _media(kind: str) -> dict[int, Answer]:
    return {200: kind, 206: kind, 304: None, 416: None}


KEPT: Mapping[str, Operation] = {
    f"POST {_AFTER}/session": Operation(
        "Exchange a capability for the cookie of a page.", _DONE, visitors.SignIn
    ),
    f"DELETE {_AFTER}/session": Operation("Forget the cookie.", _DONE),
    f"GET {_AFTER}": Operation(
        "All that a page shows.", {200: JSON}, query=("language",)
    ),
    f"POST {_AFTER}/link": Operation(
        "A capability that takes the place of one's own.", {201: PageCapability}
    ),
    f"GET {_AFTER}/transcript/lines": Operation(
        "The transcript.", {200: JSON}, query=_SAVED
    ),
    f"GET {_AFTER}/transcript/transcript.json": Operation(
        "The transcript.", {200: JSON}, query=_SAVED
    ),
    f"GET {_AFTER}/transcript/transcript.vtt": Operation(
        "The transcript as captions.", {200: "text/vtt"}, query=_SAVED
    ),
    f"GET {_AFTER}/transcript/transcript.txt": Operation(
        "The transcript as text.", {200: "text/plain"}, query=_SAVED
    ),
    f"GET {_AFTER}/recording/captions.vtt": Operation(
        "Captions of the film.", {200: "text/vtt"}, query=_SAVED
    ),
    f"GET {_AFTER}/summary/summary": Operation(
        "The summary.", {200: JSON}, query=_SAVED
    ),
    f"GET {_AFTER}/summary/summary.json": Operation(
        "The summary.", {200: JSON}, query=_SAVED
    ),
    f"GET {_AFTER}/summary/summary.md": Operation(
        "The summary as Markdown.", {200: "text/markdown"}, query=("language", *_SAVED)
    ),
    f"POST {_AFTER}/summary/items/{{item}}/wrong": Operation(
        "Remove an item, for everybody.", _DONE
    ),
    f"POST {_AFTER}/summary/write": Operation("Have it written again.", _TAKEN_ON),
    f"GET {_AFTER}/mine": Operation(
        "All that is held of who asks.", {200: "application/zip"}, query=("language",)
    ),
    f"GET {_AFTER}/proof": Operation(
        "That what one has said stands in the sealed meeting, and that in the log.",
        {200: "text/plain"},
        query=_SAVED,
    ),
    f"GET {_AFTER}/export": Operation(
        "All that one may have of the meeting, with its proof.",
        {200: "application/zip"},
        query=("language",),
    ),
    f"POST {_AFTER}/erase": Operation("Have all of one's own erased.", _TAKEN_ON),
    f"POST {_OF}/erase": Operation("Have one's own part erased.", _TAKEN_ON),
    f"POST {_OF}/stopped": Operation("Make nothing new of one's own part.", _DONE),
    f"DELETE {_OF}/stopped": Operation("Take that back.", _DONE),
    f"POST {_OF}/film": Operation("Have the film made.", _TAKEN_ON),
    f"DELETE {_OF}/film/work": Operation("Stop making it.", _TAKEN_ON),
    f"GET {_OF}/film": Operation(
        "One's own film.", _media("video/*"), query=("of", *_SAVED)
    ),
    f"GET {_OF}/film/poster": Operation(
        "The picture that stands for it.", _media("image/*"), query=("of", *_SAVED)
    ),
    f"GET {_OF}/tracks/{{opening}}/{{name}}.webm": Operation(
        "One participant's file.", _media("video/webm"), query=_SAVED
    ),
}
