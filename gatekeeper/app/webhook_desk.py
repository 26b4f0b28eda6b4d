"""What the operator asks of a running server about webhooks (`app.desk`)."""

from datetime import datetime
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from gatekeeper.storage.news import Kind
from gatekeeper.web.webhooks.registration import Registration


class _Ask(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AddWebhook(_Ask):
    """Events of a key's rooms are to be told to an address."""

    do: Literal["add-webhook"] = "add-webhook"
    url: str
    key: str
    events: tuple[Kind, ...]


class RotateWebhook(_Ask):
    """A webhook is to get another secret."""

    do: Literal["rotate-webhook"] = "rotate-webhook"
    id: str


class RemoveWebhook(_Ask):
    """Nothing is to be told there any more."""

    do: Literal["remove-webhook"] = "remove-webhook"
    id: str


class ReplayWebhooks(_Ask):
    """What was told, or could not be, is to be told again."""

    do: Literal["replay-webhooks"] = "replay-webhooks"
    id: str | None
    since: AwareDatetime | None


WebhookAsk = AddWebhook | RotateWebhook | RemoveWebhook | ReplayWebhooks


async def answer(ask: WebhookAsk, registration: Registration) -> dict[str, Any]:
    """
    What comes of it.

    Raises `WebhookRefused`, `WebhooksTaken`, `UnknownWebhook`, `LedgerUnavailable`.
    """
    match ask:
        case AddWebhook():
            made = await registration.add(ask.key, ask.url, ask.events)
            return {"webhook": made.id, "secret": made.secret}
        case RotateWebhook():
            made = await registration.rotate(ask.id)
            return {"webhook": made.id, "secret": made.secret}
        case RemoveWebhook():
            await registration.remove(ask.id)
            return {"removed": ask.id}
        case ReplayWebhooks():
            since: datetime | None = ask.since
            return {"events": await registration.replay(ask.id, since)}
