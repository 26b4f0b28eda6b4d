"""Features as hosts can ask for them, and notices as a joiner is shown them."""

from collections.abc import Mapping
from dataclasses import asdict

from aiohttp import web

from gatekeeper.config import OfferedFeature
from gatekeeper.config.locales import locales
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import FeatureId
from gatekeeper.web.admin.shapes import Features, FeatureState, NoticeInForce, said


class AdminFeatures:
    """Handlers over what the configuration offers."""

    def __init__(self, features: Mapping[FeatureId, OfferedFeature]) -> None:
        self._features = features

    def offered(self) -> tuple[int, int]:
        """How many hosts can ask for, and of how many."""
        states = [self._state(each) for each in self._features.values()]
        return sum(each.state == "offered" for each in states), len(states)

    async def list(self, request: web.Request) -> web.Response:
        """All of them."""
        return said(
            Features(
                languages=tuple(locales()),
                features=tuple(map(self._state, self._features.values())),
            )
        )

    def _state(self, feature: OfferedFeature) -> FeatureState:
        return FeatureState(
            id=feature.id,
            state="offered" if feature.unavailable is None else "unavailable",
            unavailable=feature.unavailable,
            third_party=feature.third_party,
            notices={tag: _in_force(n) for tag, n in feature.notices.items()},
        )


def _in_force(notice: Notice) -> NoticeInForce:
    return NoticeInForce(**asdict(notice), digest=notice.digest)
