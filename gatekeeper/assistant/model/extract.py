"""Extract: the JSON object in an answer that may say something around it."""

import json

_TRIES = 64
"""Opening braces that are tried: each costs one pass over the text at most."""


def json_object(text: str) -> str | None:
    """
    The longest JSON object in a text, as it stands there; None if there is none.

    Finds it in prose, after a preamble and in a fenced block.
    """
    decoder = json.JSONDecoder()
    longest, at = "", -1
    for _ in range(_TRIES):
        at = text.find("{", at + 1)
        if at < 0:
            break
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            continue
        longest = max(longest, text[at:end], key=len)
        at = end - 1
    return longest or None
