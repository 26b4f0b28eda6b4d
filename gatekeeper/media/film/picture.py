"""
Picture: what the film shows at each moment.

Rule 1: a picture is scaled once, when it is new; letterboxed, never stretched.
Rule 2: what is not shown is not decoded.
Rule 3: filter graphs are described by numbers alone; text comes as a picture.
Rule 4: a picture that cannot be drawn, of whatever size or shape, is passed over.
"""

from collections.abc import Mapping
from fractions import Fraction

import av
import av.filter
from av.filter.context import FilterContext

from gatekeeper.media.film import plates
from gatekeeper.media.film.cells import HEIGHT, WHOLE, WIDTH, Cell, cells
from gatekeeper.media.film.footage import Footage
from gatekeeper.media.film.shots import Seen, Shot
from gatekeeper.media.film.timeline import FPS, Source, Stretch
from gatekeeper.media.film.track import FAULTS

_BASE = Fraction(1, FPS)
_PIXELS = av.VideoFormat("yuv420p")


class Composer:
    """The pictures of one stretch, in the order of time."""

    def __init__(
        self, stretch: Stretch, shots: list[Shot], names: Mapping[str, str]
    ) -> None:
        self._shots = shots
        self._names = names
        self._cameras = {
            Seen(track.who, track.source): Camera(track)
            for track in stretch.sources
            if track.source.media == "video"
        }
        self._tiles: dict[tuple[Seen, int, int], Tile] = {}
        self._scene: Scene | None = None

    def at(self, time: int) -> av.VideoFrame:
        """The picture `time` milliseconds after the opening's start. Only forwards."""
        scene = self._enter(time)
        return scene.picture([tile.at(time) for tile in scene.tiles])

    def close(self) -> None:
        for camera in self._cameras.values():
            camera.close()

    def _enter(self, time: int) -> "Scene":
        while len(self._shots) > 1 and self._shots[0].end <= time:
            self._shots = self._shots[1:]
            self._scene = None
        if self._scene is None:
            self._scene = self._scene_of(self._shots[0])
        return self._scene

    def _scene_of(self, shot: Shot) -> "Scene":
        large = [] if shot.large is None else [shot.large]
        seen = [*large, *shot.beside]
        places = cells(large=bool(large), beside=len(shot.beside))
        tiles = {}
        for what, cell in zip(seen, places, strict=True):
            key = what, cell.width, cell.height
            tiles[key] = self._tiles.get(key) or Tile(
                self._cameras.get(what), self._names.get(what.who, ""), cell
            )
        self._tiles = tiles
        return Scene(list(tiles.values()), places)


class Camera:
    """A camera or a screen, opened when it is first shown."""

    def __init__(self, track: Source) -> None:
        self._track = track
        self._pictures: Footage | None = None

    def at(self, time: int) -> tuple[int, av.VideoFrame] | None:
        """The picture at `time` and its own time; None while switched off."""
        if not self._track.held.at(time):
            return None
        if self._pictures is None:
            self._pictures = Footage(
                self._track.path, self._track.source, self._track.held
            )
        return self._pictures.at(time)

    def close(self) -> None:
        if self._pictures is not None:
            self._pictures.close()


class Tile:
    """One cell's content, with the name on it."""

    def __init__(self, camera: Camera | None, name: str, cell: Cell) -> None:
        self._camera = camera
        self._name = name
        self._cell = cell
        self._plate = plates.plate(name, cell.width, cell.height)
        self._scaler: Scaler | None = None
        self._blank: av.VideoFrame | None = None
        self._tried: int | None = None
        self._drawn: av.VideoFrame | None = None

    def at(self, time: int) -> av.VideoFrame:
        """The same object as before if nothing has changed."""
        found = self._camera.at(time) if self._camera is not None else None
        if found is None:
            return self._without()
        at, frame = found
        if self._tried != at:
            self._tried = at
            try:
                self._drawn = self._scaled(frame)
            except FAULTS:
                self._scaler = None  # the one before stays, or the plain panel
        return self._drawn or self._without()

    def _scaled(self, frame: av.VideoFrame) -> av.VideoFrame:
        size = frame.width, frame.height, frame.format.name
        if self._scaler is None or self._scaler.size != size:
            self._scaler = Scaler(size, self._cell, self._plate)
        return self._scaler.scale(frame)

    def _without(self) -> av.VideoFrame:
        if self._blank is None:
            self._blank = plates.card(
                self._name, self._cell.width, self._cell.height, plates.PANEL
            )
        return self._blank


class Scaler:
    """Fits pictures of one size into a cell and puts the plate on them."""

    def __init__(
        self, size: tuple[int, int, str], cell: Cell, plate: av.VideoFrame | None
    ) -> None:
        self.size = size
        self._count = 0
        self._graph = graph = av.filter.Graph()
        graph.threads = 1
        width, height, pixels = size
        self._source = graph.add_buffer(
            width=width,
            height=height,
            format=av.VideoFormat(pixels),
            time_base=_BASE,
        )
        inner = fitted(width, height, cell)
        left, top = (cell.width - inner[0]) // 4 * 2, (cell.height - inner[1]) // 4 * 2
        around = f"{cell.width}:{cell.height}:{left}:{top}"
        chain = [
            self._source,
            graph.add("scale", f"{inner[0]}:{inner[1]}:flags=bilinear"),
            graph.add("pad", f"{around}:color={plates.colour(plates.PANEL)}"),
            graph.add("format", "pix_fmts=yuv420p"),
        ]
        entry = None
        if plate is not None:
            entry = _entry(graph, plate)
            left, top = 8, cell.height - plate.height - 8
            overlay = graph.add("overlay", f"x={left}:y={top}:eval=init")
            entry.link_to(overlay, 0, 1)
            chain.append(overlay)
        # FFmpeg's `pad` makes a frame a line too high where something is left of it.
        chain.append(graph.add("crop", f"{cell.width}:{cell.height}:0:0"))
        self._sink = graph.add("buffersink")
        graph.link_nodes(*chain, self._sink).configure()
        if entry is not None and plate is not None:
            plate.pts, plate.time_base = 0, _BASE
            entry.push(plate)
            entry.push(None)  # the last one stays

    def scale(self, frame: av.VideoFrame) -> av.VideoFrame:
        frame.pts, frame.time_base = self._count, _BASE
        self._count += 1
        self._source.push(frame)
        return _pull(self._sink)


def fitted(width: int, height: int, cell: Cell) -> tuple[int, int]:
    """A picture's size in a cell: in proportion, in even numbers, and never nothing."""
    scale = min(cell.width / width, cell.height / height)
    return (
        min(cell.width, max(2, round(width * scale / 2) * 2)),
        min(cell.height, max(2, round(height * scale / 2) * 2)),
    )


class Scene:
    """One shot's cells on their ground."""

    def __init__(self, tiles: list[Tile], places: list[Cell]) -> None:
        self.tiles = tiles
        self._last: tuple[list[av.VideoFrame], av.VideoFrame] | None = None
        if not tiles:  # nobody is there for a while
            self._last = [], plates.card("", WIDTH, HEIGHT, plates.GROUND)
        self._whole = places == [WHOLE]
        self._count = 0
        # The stack is as large as what lies farthest out.
        self._corner = plates.card("", 2, 2, plates.GROUND)
        places = [*places, Cell(WIDTH - 2, HEIGHT - 2, 2, 2)]
        if len(places) > 1:
            self._graph = self._stack(places)

    def picture(self, content: list[av.VideoFrame]) -> av.VideoFrame:
        """All cells together. The same object as before if nothing has changed."""
        if self._last is not None and all(
            a is b for a, b in zip(self._last[0], content, strict=True)
        ):
            return self._last[1]
        found = content[0] if self._whole else self._composed(content)
        self._last = content, found
        return found

    def _stack(self, places: list[Cell]) -> av.filter.Graph:
        graph = av.filter.Graph()
        graph.threads = 1
        self._entries = [
            graph.add_buffer(
                width=cell.width, height=cell.height, format=_PIXELS, time_base=_BASE
            )
            for cell in places
        ]
        # It copies; `overlay` would blend, at eight times the cost.
        layout = "|".join(f"{cell.x}_{cell.y}" for cell in places)
        ground = plates.colour(plates.GROUND)
        stack = graph.add(
            "xstack", f"inputs={len(places)}:layout={layout}:fill={ground}"
        )
        for index, entry in enumerate(self._entries):
            entry.link_to(stack, 0, index)
        self._sink = graph.add("buffersink")
        stack.link_to(self._sink)
        graph.configure()
        return graph

    def _composed(self, content: list[av.VideoFrame]) -> av.VideoFrame:
        for entry, frame in zip(self._entries, [*content, self._corner], strict=True):
            frame.pts, frame.time_base = self._count, _BASE
            entry.push(frame)
        self._count += 1
        return _pull(self._sink)


def _entry(graph: av.filter.Graph, like: av.VideoFrame) -> FilterContext:
    return graph.add_buffer(
        width=like.width, height=like.height, format=like.format, time_base=_BASE
    )


def _pull(sink: FilterContext) -> av.VideoFrame:
    frame = sink.pull()
    assert isinstance(frame, av.VideoFrame)  # noqa: S101 - it is a video sink
    return frame
