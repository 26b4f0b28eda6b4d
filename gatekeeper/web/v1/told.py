"""Events as services are told of them: the same bytes in a stream and to a webhook."""

from gatekeeper.storage.events import Told
from gatekeeper.web.v1.shapes import EventAbout, EventTold


def text(told: Told) -> str:
    """One line of JSON, always the same for the same event."""
    about = EventAbout(room=told.room, feature=told.feature)
    return EventTold(type=told.kind, timestamp=told.at, data=about).model_dump_json()
