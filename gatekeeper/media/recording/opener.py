"""Opener: starts the recording of an opening, if there is room for one."""

from collections.abc import Collection, Mapping

from gatekeeper.consent.types import ContentKind, FeatureId, SourceKind
from gatekeeper.errors import DiskLow, SinkUnavailable
from gatekeeper.gating.sink import Opened
from gatekeeper.media.recording.context import RecordingContext
from gatekeeper.media.recording.recorder import Recorder
from gatekeeper.meeting.sink import Recipients


class RecordingOpener:
    """Makes the recording of one opening: a `SinkOpener`."""

    def __init__(
        self,
        context: RecordingContext,
        contents: Mapping[FeatureId, Collection[ContentKind]],
    ) -> None:
        self._context = context
        self._contents = contents

    def __call__(self, opened: Opened, recipients: Recipients) -> Recorder:
        """Start recording. Raises `DiskLow`, or `SinkUnavailable` if it cannot."""
        try:
            if not self._context.has_space(opened.permit.room):
                raise DiskLow
        except OSError as exc:
            raise SinkUnavailable from exc
        covered = self._contents[opened.permit.feature]
        return Recorder(
            opened,
            self._context,
            recipients=recipients,
            sources=[source for source in SourceKind if source.content in covered],
        )
