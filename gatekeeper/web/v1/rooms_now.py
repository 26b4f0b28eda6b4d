"""Rooms as they stand, as everybody in them sees them."""

from collections.abc import Collection

from gatekeeper.consent.types import FeatureId
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.meeting.switches import Switches
from gatekeeper.storage.rooms import RoomRecord
from gatekeeper.web.v1.shapes import FeatureNow, ListedRoom, RoomNow


class RoomsNow:
    """Looks at them."""

    def __init__(
        self,
        registry: RoomRegistry,
        features: Collection[FeatureId],
        switches: Switches,
    ) -> None:
        """`features`: those that this server has."""
        self._registry = registry
        self._features = features
        self._switches = switches

    def listed(self, record: RoomRecord) -> ListedRoom:
        """As it stands in a list."""
        return ListedRoom(
            room=record.id,
            title=record.title,
            mode=record.mode,
            opened_at=record.opened_at,
            ended=self._registry.is_over(record),
        )

    def of(self, record: RoomRecord) -> RoomNow:
        """All that is told of it."""
        living = self._registry.living(record.id)
        listed = self.listed(record)
        waits = living is None and not listed.ended
        since = {} if living is None else {s.feature: s.since for s in living.signs}
        off = self._switches.off
        return RoomNow(
            **listed.model_dump(),
            waits_until=self._registry.waits_until(record) if waits else None,
            language=record.language,
            knock=record.knock,
            presence=record.presence,
            people=0 if living is None else living.people,
            features=tuple(
                FeatureNow(
                    id=feature,
                    offered=feature in self._features and feature not in off,
                    sign="on" if since.get(feature) else "off",
                    since=since.get(feature),
                )
                for feature in record.features
            ),
        )
