"""Opener: starts the recording of an opening, if there is room for one."""

import asyncio
from collections.abc import Callable, Collection, Mapping

from gatekeeper.consent.types import ContentKind, FeatureId, SourceKind
from gatekeeper.errors import DiskLow, SinkUnavailable
from gatekeeper.media.recording.context import RecordingContext
from gatekeeper.media.recording.recorder import Recorder
from gatekeeper.meeting.permit import Permit
from gatekeeper.meeting.sink import Audience


class RecordingOpener:
    """Makes the recording of one opening: an `OpenSink`."""

    def __init__(
        self,
        studio: RecordingContext,
        contents: Mapping[FeatureId, Collection[ContentKind]],
    ) -> None:
        self._studio = studio
        self._contents = contents

    def __call__(
        self,
        permit: Permit,
        *,
        audience: Audience,
        tasks: asyncio.TaskGroup,
        running: Callable[[], None],
        failed: Callable[[SinkUnavailable], None],
    ) -> Recorder:
        """Start recording. Raises `DiskLow`, or `SinkUnavailable` if it cannot."""
        try:
            if not self._studio.has_space(permit.room):
                raise DiskLow
        except OSError as exc:
            raise SinkUnavailable from exc
        covered = self._contents[permit.feature]
        return Recorder(
            permit,
            self._studio,
            audience=audience,
            sources=[source for source in SourceKind if source.content in covered],
            tasks=tasks,
            running=running,
            failed=failed,
        )
