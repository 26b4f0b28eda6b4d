"""Admission: whom of those that a provider knows the configuration names."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from gatekeeper.config.rooms import Oidc

MOST_GROUPS = 2000


def admits(rule: Oidc, claims: Mapping[str, Any]) -> bool:
    """Whether somebody of whom the provider claims this may open rooms."""
    if rule.everyone:
        return True
    email = _email(claims)
    if email is not None:
        if email in map(str.casefold, rule.emails):
            return True
        domain = email.rpartition("@")[2]
        if domain in map(str.casefold, rule.domains):
            return True
    return not set(rule.groups).isdisjoint(_groups(rule, claims))


def wanted(rule: Oidc) -> set[str]:
    """The claims that it looks at."""
    found = {"name"}
    if rule.emails or rule.domains:
        found |= {"email", "email_verified"}
    if rule.groups:
        found.add(rule.groups_claim.partition(".")[0])
    return found


def rests_on(rule: Oidc) -> str:
    """A digest of the provider and the rule: another one asks everybody afresh."""
    said = rule.model_dump(
        mode="json", exclude={"secret_file", "scopes", "end_session"}
    )
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _email(claims: Mapping[str, Any]) -> str | None:
    """The address, if the provider has made sure that it is theirs."""
    email = claims.get("email")
    # Some say it as a string.
    if claims.get("email_verified") not in (True, "true"):
        return None
    if not isinstance(email, str) or email.count("@") != 1 or len(email) > 320:
        return None
    return email.casefold()


def _groups(rule: Oidc, claims: Mapping[str, Any]) -> Iterator[str]:
    """Under a claim's name, or a path of names such as `realm_access.roles`."""
    found: Any = claims.get(rule.groups_claim)
    if found is None:
        found = claims
        for name in rule.groups_claim.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        yield found
    elif isinstance(found, list):
        yield from (each for each in found[:MOST_GROUPS] if isinstance(each, str))
