"""
A room's news: what its gate tells everybody in it, told to the service that opened it.

Rule: told is what changes on everybody's page, when it does, and in the same form
whatever has changed it. All else that a gate tells stays in the room (`storage.news`).
"""

from collections.abc import Collection, Mapping

from gatekeeper.consent.types import FeatureId, NoticeDigest, RoomId
from gatekeeper.gating.events import Audience, Event, Offering, SignSet
from gatekeeper.storage.news import News, RoomEvent


class RoomNews:
    """An `Audience`: passes all on to the room's own, then tells the service."""

    def __init__(
        self,
        room: RoomId,
        notices: Mapping[FeatureId, Collection[NoticeDigest]],
        *,
        people: Audience,
        news: News,
    ) -> None:
        """`notices`: the wordings in force when it begins, by feature."""
        self._room = room
        self._in_force = {f: frozenset(of) for f, of in notices.items()}
        self._people = people
        self._news = news

    def tell(self, event: Event) -> None:
        """Say it to the people, and what they all see to the service too."""
        self._people.tell(event)
        match event:
            case SignSet(feature, None):
                _ = self._news.tell(RoomEvent("feature.off", self._room, feature))
            case SignSet(feature, since):
                _ = self._news.tell(RoomEvent("feature.on", self._room, feature, since))
            case Offering(feature=feature, notices=notices):
                if notices != self._in_force[feature]:
                    self._in_force[feature] = notices
                    _ = self._news.tell(
                        RoomEvent("notice.changed", self._room, feature)
                    )
            case _:
                pass
