"""
The endpoint: which model, at which address, with which key, and how long to wait.

Rule 1: an address is on this machine only if it says so by itself. No name is looked
up: what a resolver answers today is not what people agreed to.
Rule 2: the key is in no representation, log or error.
"""

from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

_LOOPBACK = IPv4Network("127.0.0.0/8")  # RFC 1122, section 3.2.1.3
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Times:
    """How long one answer may take, in seconds."""

    connect: float = 5
    first_token: float = 120
    """From the request to the first thing that the model says or thinks."""
    idle: float = 60
    """Between two tokens."""
    total: float = 300
    """All of it, with the repetitions."""
    pauses: tuple[float, ...] = (0.5, 2.0)
    """Before each repetition, unless the endpoint says how long; their number is how
    often a request is repeated."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A model behind an OpenAI-compatible address. Raises `ValueError`."""

    base_url: str
    """Up to and with `/v1`."""
    model: str
    key: str | None = field(default=None, repr=False)
    """Sent as a bearer token; None sends none."""
    context_tokens: int = 8192
    """What the model reads and writes at most in one request."""
    times: Times = Times()

    def __post_init__(self) -> None:
        _parts(self.base_url)
        if self.key is not None and not (self.key.isascii() and self.key.isprintable()):
            raise ValueError("the key must be one line of printable ASCII characters.")

    @property
    def host(self) -> str:
        """The host, with the port unless it is the scheme's own."""
        return _host(_parts(self.base_url))

    @property
    def chat_url(self) -> str:
        """Where chats are completed."""
        return f"{self.base_url.rstrip('/')}/chat/completions"


def host_elsewhere(base_url: str) -> str | None:
    """
    The host as people should read it, or None if it is on this machine.

    On this machine are 127.0.0.0/8, ::1, localhost and *.localhost (RFC 6761, section
    6.3), and nothing else. Raises `ValueError` for an address that cannot be used.
    """
    parts = _parts(base_url)
    return None if _is_here(parts.hostname or "") else _host(parts)


def _parts(base_url: str) -> SplitResult:
    """Raises `ValueError` with a sentence that names the fix."""
    if any(char.isspace() or not char.isprintable() for char in base_url):
        raise ValueError("the address must not hold spaces or control characters.")
    try:
        parts = urlsplit(base_url)
        port = parts.port
    except ValueError:
        raise ValueError(
            'it is not an address; write it as in "http://localhost:11434/v1".'
        ) from None
    if parts.scheme not in _PORTS or not parts.hostname or port == 0:
        raise ValueError('write an address as in "http://localhost:11434/v1".')
    if "@" in parts.netloc:
        raise ValueError("put the key into its file, not into the address.")
    if "?" in base_url or "#" in base_url:
        raise ValueError('end the address with its path (as in "/v1"): no "?" or "#".')
    return parts


def _host(parts: SplitResult) -> str:
    name = parts.hostname or ""
    shown = f"[{name}]" if ":" in name else name
    if parts.port in (None, _PORTS[parts.scheme]):
        return shown
    return f"{shown}:{parts.port}"


def _is_here(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        return address == IPv6Address("::1")
    return address in _LOOPBACK
