"""Opener: makes the feed of an opening, of what its feature touches."""

from collections.abc import Collection, Mapping

from gatekeeper.consent.types import ContentKind, FeatureId, SourceKind
from gatekeeper.gating.sink import Opened
from gatekeeper.media.feed.context import FeedContext
from gatekeeper.media.feed.feed import Feed
from gatekeeper.meeting.sink import Recipients


class FeedOpener:
    """Makes the feed of one opening: a `SinkOpener`."""

    def __init__(
        self,
        context: FeedContext,
        contents: Mapping[FeatureId, Collection[ContentKind]],
    ) -> None:
        self._context = context
        self._contents = contents

    def __call__(self, opened: Opened, recipients: Recipients) -> Feed:
        """One that nobody takes yet."""
        covered = self._contents[opened.permit.feature]
        return Feed(
            opened,
            self._context,
            recipients=recipients,
            sources=[source for source in SourceKind if source.content in covered],
        )
