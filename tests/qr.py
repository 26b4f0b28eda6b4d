"""QR codes as a camera sees them: decoded by zbar, from a picture."""

import io
import re
import shutil
import subprocess
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageDraw

_ZBAR = shutil.which("zbarimg")
_DRAWN = re.compile(r"([Mmh])([-\d.]+)(?: ([-\d.]+))?")
_SVG = "{http://www.w3.org/2000/svg}"


def read(picture: bytes) -> list[str]:
    """What the QR codes in a PNG hold."""
    if _ZBAR is None:
        pytest.skip("There is no zbarimg here: no QR code is read as a camera does.")
    command = [_ZBAR, "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "-"]
    ran = subprocess.run(command, input=picture, capture_output=True, check=False)
    return ran.stdout.decode().splitlines()


def pictured(drawing: bytes, scale: int = 8) -> bytes:
    """A drawing of ours as a PNG: its one path of strokes, each a module high."""
    svg = ET.fromstring(drawing)  # noqa: S314 - our own server has made it
    _, _, width, height = map(int, svg.attrib["viewBox"].split())
    image = Image.new("L", (width * scale, height * scale), 255)
    pen = ImageDraw.Draw(image)
    x = y = 0.0
    strokes = next(p for p in svg.iter(f"{_SVG}path") if "stroke" in p.attrib)
    for step, first, second in _DRAWN.findall(strokes.attrib["d"]):
        along = float(first)
        if step == "h":
            top = (y - 0.5) * scale
            box = (x * scale, top, (x + along) * scale - 1, top + scale - 1)
            pen.rectangle(box, fill=0)
            x += along
        else:
            x, y = (0.0, 0.0) if step == "M" else (x, y)
            x, y = x + along, y + float(second)
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()
