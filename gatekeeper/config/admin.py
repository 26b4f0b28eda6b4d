"""
Who may use the console, as a file says it.

Rule: who may open rooms is no admin by that. The console has a rule of its own, and
nobody is let in by what was left out.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal, Self

from pydantic import model_validator

from gatekeeper.config.rooms import Oidc
from gatekeeper.config.section import Period, Section, Wrong, Wrongs

AdminOpenTo = Literal["token", "oidc", "nobody"]


class Admin(Section):
    """The console at `/admin`."""

    open_to: AdminOpenTo = "token"
    """`token`: who has the one that is made at the first start; `nobody`: there is no
    console."""
    session: Period = timedelta(hours=8)
    """How long an admin stays signed in; nothing makes it longer."""
    oidc: Oidc = Oidc()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if found := [*self._mistakes()]:
            raise Wrongs(found)
        return self

    def _mistakes(self) -> Iterator[Wrong]:
        if self.open_to != "oidc":
            return
        if missing := self.oidc.missing("admin.oidc"):
            yield Wrong(f'admin.open_to is "oidc": {missing}', ("open_to",), ("oidc",))
        if self.oidc.everyone:
            yield Wrong(
                "admin.oidc.everyone: not everybody whom a provider signs in is an "
                "admin. Name some in admin.oidc.emails, domains or groups.",
                ("oidc", "everyone"),
            )
