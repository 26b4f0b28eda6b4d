"""What the grants that a gate holds were signed with."""

from collections.abc import Iterable
from typing import Generic

from gatekeeper.consent.effects import Grant
from gatekeeper.gating.journal import S


class HeldGrants(Generic[S]):
    """What each grant was signed with, by its statement."""

    def __init__(self) -> None:
        self._signed: dict[str, S] = {}

    def __len__(self) -> int:
        return len(self._signed)

    def hold(self, signed: S) -> Grant:
        """The grant, as the gate knows it."""
        self._signed[signed.statement] = signed
        return Grant(signed.subject, signed.feature, signed.notice, signed.statement)

    def of(self, grant: Grant) -> S:
        """As it was signed. Raises `KeyError` for one that is held no longer."""
        return self._signed[grant.statement]

    def keep(self, grants: Iterable[Grant]) -> None:
        """Forget all but these."""
        held = {grant.statement for grant in grants}
        self._signed = {s: d for s, d in self._signed.items() if s in held}
