"""
Why somebody may not open a room, or is not signed in.

- `SignInNeeded`, `TokenUnknown`, `UntrustedProxy`, `NotAdmitted`
- `SignInFailed`, `ProviderUnavailable`
"""

from gatekeeper.errors import PeerError


class SignInNeeded(PeerError):
    """Nobody is signed in, or no longer."""

    code = "not-signed-in"
    status = 401
    detail = (
        "Opening a room on this server needs a sign-in. Joining one by its link does "
        "not."
    )


class TokenUnknown(PeerError):
    """No token of this server's, or one that was taken back."""

    code = "token-unknown"
    status = 401
    challenge = 'Bearer realm="rooms", error="invalid_token"'
    detail = (
        "This server does not know that access token. Check it, or ask the people who "
        "run the server for another."
    )


class UntrustedProxy(PeerError):
    """Somebody who is no proxy of ours says who somebody is."""

    code = "untrusted-proxy"
    status = 403
    detail = (
        "Who somebody is, this server believes its own proxies only, and this came "
        "from elsewhere. Whoever runs it can name them in server.trusted_proxies."
    )


class NotAdmitted(PeerError):
    """Known to the provider, but none of those who may open rooms here."""

    code = "not-admitted"
    status = 403
    detail = (
        "You are signed in, but may not open rooms on this server. Ask the people who "
        "run it."
    )


class SignInFailed(PeerError):
    """What came back from the provider is not what was asked for."""

    code = "sign-in-failed"
    status = 400
    detail = "The sign-in was not completed. Try it again from the start page."


class ProviderUnavailable(PeerError):
    """The provider does not answer, or not as one does."""

    code = "provider-unavailable"
    status = 503
    detail = (
        "The sign-in service does not answer as it should. Try again in a moment, or "
        "ask the people who run this server."
    )
