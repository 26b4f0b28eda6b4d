"""
The provider, by its own document (OpenID Connect Discovery 1.0, 3 and 4).

Rule: the document is the issuer's very own, and leads nowhere without TLS, save on this
machine.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

import structlog
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
    model_validator,
)

from gatekeeper.web.sign_in.faults import ProviderUnavailable
from gatekeeper.web.sign_in.oidc.fetch import Fetcher

log = structlog.get_logger(__name__)

_DOCUMENT = "/.well-known/openid-configuration"

Url = Annotated[str, StringConstraints(max_length=2048, pattern=r"^https?://[^\s#]+$")]
Methods = Annotated[
    tuple[str, ...], BeforeValidator(lambda given: tuple(given or ())[:100])
]


class Provider(BaseModel):
    """What we need to know of one."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    issuer: str
    authorization_endpoint: Url
    token_endpoint: Url
    jwks_uri: Url
    userinfo_endpoint: Url | None = None
    end_session_endpoint: Url | None = None
    code_challenge_methods_supported: Methods = ()
    token_endpoint_auth_methods_supported: Methods = ()
    authorization_response_iss_parameter_supported: bool = False

    @property
    def posts_secret(self) -> bool:
        """Whether it wants the secret in the form, and knows no other way."""
        known = self.token_endpoint_auth_methods_supported
        return "client_secret_post" in known and "client_secret_basic" not in known

    @model_validator(mode="after")
    def _leads_nowhere_in_the_open(self) -> Self:
        local = _is_local(self.issuer)
        for url in (
            self.authorization_endpoint,
            self.token_endpoint,
            self.jwks_uri,
            self.userinfo_endpoint,
            self.end_session_endpoint,
        ):
            if url and not (url.startswith("https://") or (local and _is_local(url))):
                raise ValueError("an endpoint without TLS")
        return self

    @model_validator(mode="after")
    def _takes_proof(self) -> Self:
        # A provider that says nothing of it may take it all the same (RFC 8414, 2).
        known = self.code_challenge_methods_supported
        if known and "S256" not in known:
            raise ValueError("no S256")
        return self


async def discover(fetcher: Fetcher, issuer: str) -> Provider:
    """Who the issuer says it is. Raises `ProviderUnavailable`."""
    said = await fetcher.get(issuer.rstrip("/") + _DOCUMENT)
    if said.status != 200 or said.content.get("issuer") != issuer:
        log.warning("provider.failed", why="another issuer, or no document")
        raise ProviderUnavailable
    return read(said.content)


def read(document: Mapping[str, Any]) -> Provider:
    """Raises `ProviderUnavailable`."""
    try:
        return Provider.model_validate(document)
    except (ValidationError, TypeError) as exc:
        log.warning("provider.failed", why="its document is of no use")
        raise ProviderUnavailable from exc


def _is_local(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname in (
        "localhost",
        "127.0.0.1",
        "::1",
    )
