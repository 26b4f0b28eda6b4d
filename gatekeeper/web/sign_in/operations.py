"""What is told of the way in in the document of the HTTP API."""

from collections.abc import Mapping
from typing import Literal

from gatekeeper.web.operation import HTML, Operation, Told
from gatekeeper.web.sign_in import by_token


class Who(Told):
    """Who asks, as far as opening rooms goes."""

    open_to: Literal["anybody", "token", "oidc", "header"]
    may_open: bool
    name: str | None
    sign_out: bool


class SignedOut(Told):
    """Where the browser goes on to, if anywhere."""

    next: str | None


SIGN_IN: Mapping[str, Operation] = {
    "GET /api/sign-in": Operation("Whether one may open rooms.", {200: Who}),
    "POST /api/sign-in": Operation("Sign in by a token.", {204: None}, by_token.Shown),
    "DELETE /api/sign-in": Operation("Sign out.", {200: SignedOut}),
    "GET /sign-in": Operation("To where one signs in.", {302: None}),
    "GET /sign-in/back": Operation("From there.", {302: None, 200: HTML}),
}
