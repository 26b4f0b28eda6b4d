"""
Poster: the picture that stands for a film until it plays.

Rule: it is a picture with as many people in it as the first seconds have, never a card
with names while there is one.
"""

import io
from collections.abc import Sequence
from pathlib import Path

import av
from PIL import Image

from gatekeeper.media.film.timeline import FRAME_MS, SEGMENT_MS, Source, Stretch

_FIRST_MS = 10_000
"""Within this from a part's beginning, as many pictures as possible are waited for."""
_SETTLED_MS = 400
"""After a camera's first picture, which may be a dark one."""
_QUALITY = 85


def draw(stretch: Stretch, segments: Sequence[Path]) -> bytes | None:
    """The poster of a part as a JPEG; None if nobody is to be seen in it."""
    at = moment(stretch)
    if at is None:
        return None
    number, within = divmod(at - stretch.start, SEGMENT_MS)
    with av.open(str(segments[number].absolute())) as container:
        for count, frame in enumerate(container.decode(video=0)):
            if count == within // FRAME_MS:
                drawn = io.BytesIO()
                picture = Image.fromarray(frame.to_ndarray(format="rgb24"))
                picture.save(drawn, "JPEG", quality=_QUALITY)
                return drawn.getvalue()
    return None


def moment(stretch: Stretch) -> int | None:
    """When most is to be seen, milliseconds from the part's beginning."""
    seen = [s for s in stretch.sources if s.source.media == "video"]
    spans = [span for source in seen for span in source.held.stretches]
    if not spans:
        return None
    first = max(min(a for a, _ in spans), stretch.start)
    begins = {min(max(a, stretch.start) + _SETTLED_MS, (a + b) // 2) for a, b in spans}
    soon = [at for at in begins if at < max(first, stretch.start) + _FIRST_MS]
    at = max(sorted(soon), key=lambda at: _pictures(seen, at), default=first)
    return min(max(at, stretch.start), stretch.end - FRAME_MS)


def _pictures(sources: Sequence[Source], at: int) -> int:
    return sum(source.held.at(at) for source in sources)
