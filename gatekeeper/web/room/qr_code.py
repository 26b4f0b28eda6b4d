"""
A QR code (ISO/IEC 18004) as a drawing: dark on light, wherever it is shown.

Rule: the light margin belongs to it. A page in dark colours takes nothing away of what
a camera needs.
"""

from functools import lru_cache
from io import BytesIO

import segno

MARGIN = 4
"""Modules that stay light around it (ISO/IEC 18004, 9.1)."""


@lru_cache(maxsize=512)
def drawing(text: str) -> bytes:
    """
    An SVG that is as large as its place, and says nothing but `text`.

    Computes: some milliseconds for an address.
    """
    drawn = BytesIO()
    segno.make_qr(text, error="m").save(
        drawn,
        kind="svg",
        border=MARGIN,
        dark="#000",
        light="#fff",
        omitsize=True,
        svgclass=None,
        lineclass=None,
    )
    return drawn.getvalue()
