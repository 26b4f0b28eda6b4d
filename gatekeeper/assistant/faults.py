"""
Why nothing is written down, summed up or drafted.

- `SpeechUnavailable`, `WordsUnreadable`,
  `NothingSaid`, `DraftsNeedModel`
"""

from gatekeeper.errors import PeerError, SinkUnavailable


class SpeechUnavailable(SinkUnavailable):
    """The speech engine has stopped, and starting it again did not help."""

    code = "speech-unavailable"
    detail = (
        "The speech engine of this server stopped, so nothing is written down. What "
        "was written down is safe, and the meeting goes on. Ask again in a moment."
    )


class WordsUnreadable(SinkUnavailable):
    """What was written down cannot be read from the disk."""

    code = "words-unreadable"
    detail = (
        "This server cannot read what was written down, so nothing can be summed up "
        "just now. The meeting goes on. Ask the people who run the server to check "
        "its disk."
    )


class NothingSaid(PeerError):
    """There are no words yet that a summary could be made of."""

    code = "nothing-said"
    status = 409
    detail = "Nothing has been said yet while this feature was on. Try again later."


class DraftsNeedModel(PeerError):
    """Nothing honest can choose words without a model."""

    code = "drafts-need-model"
    status = 409
    detail = (
        "Drafting needs a model. The people who run this server can set [ai] base_url "
        "and [ai] model. Without one, a recap can be inserted."
    )
