"""
What is wrong with a request, before anything is asked of a room.

- `NotSignedIn`, `LinkOver`, `OtherHost`, `OtherSite`, `TooSlow`
"""

from gatekeeper.errors import PeerError


class NotSignedIn(PeerError):
    """The page afterwards opens to a capability only."""

    code = "sign-in"
    status = 401
    detail = "Use the link that you got at the end of the meeting."


class LinkOver(PeerError):
    """The page afterwards has had its time: nothing of it is kept any more."""

    code = "link-over"
    status = 410
    detail = "Nothing of this meeting is kept any more, so its links open nothing."


class OtherHost(PeerError):
    """A request for a name that this server does not go by."""

    code = "other-host"
    status = 421
    detail = (
        "This server does not go by that name. Whoever runs it can add the name to "
        "server.names in its configuration."
    )


class OtherSite(PeerError):
    """A page of another site asks for something that only our own may."""

    code = "other-site"
    status = 403
    detail = (
        "Only a page of this very server may do that. Behind a proxy, the server needs "
        "the proxy's address in server.trusted_proxies, and the proxy has to pass Host "
        "on and to set X-Forwarded-Proto."
    )


class TooSlow(PeerError):
    """What was announced did not come in time."""

    code = "too-slow"
    status = 408
    detail = "What was sent did not arrive in time. Try again."
