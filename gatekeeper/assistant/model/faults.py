"""
What a model's endpoint did instead of answering.

- `ModelFault`, raised as one of its kinds only:
    - `ModelKeyRefused`, `ModelUnknown`, `ModelBusy`, `ModelFailed`,
      `ModelUnreachable`, `ModelSlow`, `ModelBroken`, `ModelRedirected`,
      `ModelInputTooLong`, `ModelAnswerUnusable`, `ModelAnswerTooLarge`
"""

from gatekeeper.errors import PeerError


class ModelFault(PeerError):
    """
    The model's endpoint did something else than answer. Never carries its text.

    Raised as one of its kinds only: each has a code of its own.
    """

    status = 502


class ModelKeyRefused(ModelFault):
    """401 or 403."""

    code = "model-key-refused"
    detail = (
        "The model's server refused this server's key. Ask the people who run this "
        "server to check [ai] key_file."
    )


class ModelUnknown(ModelFault):
    """404: no such model, or no such address."""

    code = "model-unknown"
    detail = (
        "The model's server does not know this model. Ask the people who run this "
        "server to check [ai] base_url and [ai] model."
    )


class ModelBusy(ModelFault):
    """429, and waiting as long as it asked for was too long."""

    code = "model-busy"
    status = 503
    detail = "The model is busy just now. Try again in a minute."


class ModelFailed(ModelFault):
    """5xx, or an answer that says it is an error."""

    code = "model-failed"
    detail = "The model's server had a fault of its own. Try again in a moment."


class ModelUnreachable(ModelFault):
    """No connection."""

    code = "model-unreachable"
    status = 504
    detail = (
        "The model's server cannot be reached. Try again soon, or ask the people "
        "who run this server whether it is running."
    )


class ModelSlow(ModelFault):
    """It took longer than the configured times."""

    code = "model-slow"
    status = 504
    detail = "The model took too long. Try again, or ask for something shorter."


class ModelBroken(ModelFault):
    """The answer broke off before its end."""

    code = "model-broken"
    detail = "The model's answer broke off. Try again."


class ModelRedirected(ModelFault):
    """It wanted to send the words elsewhere, to where nobody agreed to."""

    code = "model-redirected"
    detail = (
        "The model's server wanted to pass the words on to another address, which "
        "nobody agreed to, so nothing was sent there. Ask the people who run this "
        "server to check [ai] base_url."
    )


class ModelInputTooLong(ModelFault):
    """More than its context holds."""

    code = "model-input-too-long"
    detail = (
        "That is more than the model can read at once. Ask the people who run this "
        "server to check [ai] context_tokens."
    )


class ModelAnswerUnusable(ModelFault):
    """Not what was asked for, after every try."""

    code = "model-answer-unusable"
    detail = "The model's answer could not be used. Try again."


class ModelAnswerTooLarge(ModelFault):
    """More than anything that was asked for can need."""

    code = "model-answer-too-large"
    detail = "The model's answer was far too long, so it was dropped. Try again."
