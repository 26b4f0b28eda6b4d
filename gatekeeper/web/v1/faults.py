"""
What a service is told.

- `KeyUnknown`, `ScopeMissing`
- `IdempotencyMismatch`, `IdempotencyRunning`
- `RunHere`, `RoomsTaken`, `PresenceNotAgreed`
- `MediaTaken`, `StreamsTaken`, `UnknownWebhook`, `WebhookRefused`, `WebhooksTaken`
"""

from gatekeeper.errors import PeerError


class KeyUnknown(PeerError):
    """No key, none of this server's, or one that was revoked."""

    code = "key-unknown"
    status = 401
    detail = (
        "Send a key of this server's, as Authorization: Bearer gk_... Whoever runs it "
        "makes one with gatekeeper service-key make, or in the console."
    )


class ScopeMissing(PeerError):
    """The key is good, but not for this."""

    code = "scope-missing"
    status = 403
    detail = "This key may not do that. Ask the people who run the server for another."


class IdempotencyMismatch(PeerError):
    """An idempotency key that was used for another request."""

    code = "idempotency-mismatch"
    status = 422
    detail = (
        "This Idempotency-Key was sent with another request in the last 24 hours. Send "
        "that same request, or take another key."
    )


class IdempotencyRunning(PeerError):
    """The first request with that idempotency key has no answer yet."""

    code = "idempotency-running"
    status = 409
    detail = "The first request with this Idempotency-Key is not done. Ask again then."


class RunHere(PeerError):
    """A feature of what is captured here, for a room whose media are elsewhere."""

    code = "feature-run-here"
    status = 422
    detail = (
        "That feature is of what this server captures. A room whose media are "
        'elsewhere offers features whose sink is "external" only.'
    )


class RoomsTaken(PeerError):
    """The key has as many rooms open as one may have."""

    code = "rooms-taken"
    status = 429
    detail = "This key has as many rooms open as it may. End one, then try again."


class PresenceNotAgreed(PeerError):
    """A report for a room in which nothing rests on reports."""

    code = "presence-not-agreed"
    status = 409
    detail = (
        "This room was opened without presence, so that reports count for nothing in "
        'it. Open rooms with "presence": true, and report who is there all the time.'
    )


class MediaTaken(PeerError):
    """The media of that permit are taken already, or of that feature often enough."""

    code = "media-taken"
    status = 409
    detail = (
        "A permit gives its media once, and a feature to so many machines at once. Ask "
        "for a permit for each, or end one."
    )


class StreamsTaken(PeerError):
    """The key listens to as many streams as one may."""

    code = "streams-taken"
    status = 429
    detail = (
        "This key listens to as many streams of events as it may. End one, or have one "
        "for all of its rooms."
    )


class UnknownWebhook(PeerError):
    """None of this key's has that id."""

    code = "unknown-webhook"
    status = 404
    detail = "There is no such webhook. A list of them has all there are."


class WebhookRefused(PeerError):
    """An address to which nothing is told."""

    code = "webhook-refused"
    status = 422
    detail = (
        "Webhooks lead to https:// addresses in the Internet. Whoever runs the server "
        "can list networks of its own in api.webhooks_to."
    )


class WebhooksTaken(PeerError):
    """The key has as many webhooks as one may have."""

    code = "webhooks-taken"
    status = 429
    detail = "This key has as many webhooks as it may. Remove one, then try again."


REFUSED_WEBHOOKS = (UnknownWebhook, WebhookRefused, WebhooksTaken)
"""What is wrong with what was asked about one, and not with the server."""
