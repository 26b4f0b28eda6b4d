"""
Rule 19 on the page: each gets the film of what they were there for.

The meeting is written down and its files are laid out here, part by part; what makes
the films and gives them out is the server itself.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from gatekeeper.config import Config
from gatekeeper.consent.types import (
    LanguageTag,
    ParticipantId,
    SharedWith,
    SourceKind,
)
from gatekeeper.evidence.entries import Body, CaptureFinished, GrantAdded, MeetingSealed
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.meeting.capabilities import PageCapabilities
from gatekeeper.storage.database import Database
from gatekeeper.storage.names import NameStore
from gatekeeper.storage.paths import Place
from gatekeeper.storage.rooms import RoomRecord, RoomStore
from gatekeeper.storage.transactions import Transactions
from tests.after.conftest import Past, Visit
from tests.evidence.people import (
    FIRST,
    RECORDING,
    ROOM,
    Signer,
    begins,
    closes,
    opens,
    parts,
)
from tests.media.film.material import BLUE, GREEN, RED, Colour, pictures, tone, write
from tests.media.film.watching import Watched
from tests.meeting.conftest import start

SECONDS = 1.0
MARA, TOM, ANA, EVA = "Mara", "Tom", "Ana", "Eva"
"""Tom leaves and Ana comes; then Tom is back. Eva was never there."""


class Shows(NamedTuple):
    """What one part shows and sounds, and who was there."""

    who: str
    colour: Colour
    name: str
    hertz: int
    people: tuple[str, ...]


PARTS = (
    Shows(TOM, GREEN, "green", 700, (MARA, TOM)),
    Shows(ANA, BLUE, "blue", 1000, (MARA, ANA)),
    Shows(MARA, RED, "red", 440, (MARA, TOM, ANA)),
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """What is on the disk of a meeting that is over."""

    data: Path
    ids: dict[str, ParticipantId]
    past: Past

    @property
    def films(self) -> Path:
        return self.data / "films" / ROOM / RECORDING

    def film_of(self, page: dict[str, Any]) -> Path:
        """The file behind what somebody's page says."""
        return self.films / f"film-{page['film']['url'].rpartition('=')[2]}.mp4"


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes a meeting down as if it took place some minutes ago."""

    data: Path
    began: datetime
    people: dict[str, Signer]

    def ids(self, *names: str) -> list[Signer]:
        return [self.people[name] for name in names]

    def chain(self, shared_with: SharedWith) -> list[tuple[float, list[Body]]]:
        """The entries, and when each is written, in seconds."""
        mara, tom, ana = self.ids(MARA, TOM, ANA)
        opened = opens(mara.decides(), tom.decides(), shared_with=shared_with)
        added = GrantAdded(feature=RECORDING, opening=FIRST, grant=ana.decides().proof)
        files = [self.file(number, source) for number in range(3) for source in _KEPT]
        return [
            (0, [*begins(), opened]),
            (SECONDS, [added, parts(1, mara, ana)]),
            (2 * SECONDS, [parts(2, mara, tom, ana)]),
            (3 * SECONDS, [closes()]),
            (4 * SECONDS, [*files, MeetingSealed()]),
        ]

    def file(self, number: int, source: SourceKind) -> CaptureFinished:
        """Lay out one file of a part; how it is noted."""
        part = PARTS[number]
        who = self.people[part.who].key.thumbprint
        place = Place(ROOM, RECORDING, FIRST, who, source, number)
        began = self.began + timedelta(seconds=number * SECONDS)
        path = self.data / place.path
        path.parent.mkdir(parents=True, exist_ok=True)
        span = (0.0, SECONDS)
        if source is SourceKind.CAMERA:
            frames = pictures(lambda _: part.colour, span, (160, 90))
        else:
            frames = tone(part.hertz, span, [span])
        write(path, frames, began, video=source is SourceKind.CAMERA)
        content = path.read_bytes()
        return CaptureFinished(
            feature=RECORDING,
            opening=FIRST,
            subject=who,
            source=source,
            sha256=hashlib.sha256(content).hexdigest(),
            bytes=len(content),
            first=began,
            last=began + timedelta(seconds=SECONDS),
            part=number,
        )


_KEPT = (SourceKind.CAMERA, SourceKind.MICROPHONE)


async def held(config: Config, shared_with: SharedWith = SharedWith.PRESENT) -> Meeting:
    data = config.data.directory
    data.mkdir(parents=True)
    began = datetime.now(UTC) - timedelta(minutes=5)  # noqa: TID251 - nothing is old
    pen = Pen(data, began, {name: Signer() for name in (MARA, TOM, ANA)})
    ids = {name: signer.key.thumbprint for name, signer in pen.people.items()}
    clock = [began]
    database = await asyncio.to_thread(Database.open, data / "ledger.sqlite3")
    async with Transactions(database) as writer:
        ledger, rooms = Ledger(writer, clock=lambda: clock[0]), RoomStore(writer)
        language = LanguageTag("en")
        record = RoomRecord(ROOM, "Yard", language, (RECORDING,), bytes(32), began)
        await rooms.add(record)
        names = {who: name for name, who in ids.items()}
        await NameStore(writer).note(ROOM, RECORDING, names)
        for at, bodies in pen.chain(shared_with):
            clock[0] = began + timedelta(seconds=at)
            if isinstance(bodies[-1], MeetingSealed):
                await rooms.end(ROOM, clock[0])
            await ledger.append(ROOM, bodies)
    database.close()
    GateKey.load(data / "keys", first=True)
    access = PageCapabilities.load(data / "keys", first=True)
    strangers = {EVA: Signer().key.thumbprint}
    links = {name: access.issue(ROOM, who) for name, who in (ids | strangers).items()}
    return Meeting(data, ids, Past(ROOM, "", {}, links))


@asynccontextmanager
async def visited(
    url: str, meeting: Meeting, name: str
) -> AsyncIterator[tuple[Visit, dict[str, Any]]]:
    """Somebody on their page, once their film is ready."""
    async with meeting.past.visit(url, name) as visit:
        yield visit, await visit.until("film", "ready")


def shown(path: Path) -> set[str]:
    """Whose colour is in any picture of a film."""
    film = Watched(path)
    times = [number / 25 for number in range(0, len(film.pictures), 3)]
    return {p.name for p in PARTS if any(film.shows(t, p.name) > 0 for t in times)}


def heard(path: Path) -> set[int]:
    """Whose tone is in the sound of a film."""
    film = Watched(path)
    tones = {film.tone(step / 10) for step in range(int(len(film.sound) / 4800) - 1)}
    return {p.hertz for p in PARTS if any(abs(found - p.hertz) < 15 for found in tones)}


def of(*numbers: int) -> tuple[set[str], set[int]]:
    """What a film of these parts shows and sounds."""
    return {PARTS[n].name for n in numbers}, {PARTS[n].hertz for n in numbers}


GETS = {MARA: (0, 1, 2), TOM: (0, 2), ANA: (1, 2)}


async def test_R19_present_no_byte_of_what_one_was_not_there_for_comes_back(
    config: Config,
) -> None:
    meeting = await held(config)
    async with start(config) as world:
        pages = {}
        for name in GETS:
            async with visited(world.url, meeting, name) as (_, page):
                pages[name] = page
        for name, own in GETS.items():
            page = pages[name]
            path = meeting.film_of(page)
            content = path.read_bytes()
            async with meeting.past.visit(world.url, name) as visit:
                for url in addresses(pages, meeting):
                    for span in SPANS:
                        got, status, cached = await fetch(visit, world.url + url, span)
                        assert cached == "private, no-store"
                        if url == page["film"]["url"] or url.endswith("/film"):
                            assert got in content or status == 416, url
                        elif url == page["film"]["poster"]:
                            assert status in (200, 206, 416)
                        else:
                            assert status in (400, 404, 405), url
                whole, status, _ = await fetch(visit, world.url + page["film"]["url"])
            assert status == 200
            assert whole == content
            assert page["film"]["bytes"] == len(content)
            assert (shown(path), heard(path)) == of(*own)
            people = [sorted(c["people"]) for c in page["film"]["chapters"]]
            assert people == [
                sorted(meeting.ids[who] for who in PARTS[part].people) for part in own
            ]
        async with meeting.past.visit(world.url, EVA) as visit:
            nothing = (await visit.feature())["film"]
            statuses = [
                (await fetch(visit, world.url + url))[1]
                for url in addresses(pages, meeting)
            ]
        async with meeting.past.visit(world.url) as visit:
            url = world.url + pages[MARA]["film"]["url"]
            assert (await fetch(visit, url))[1] == 401

    assert (nothing["state"], nothing["url"], nothing["chapters"]) == ("none", None, [])
    assert set(statuses) <= {400, 404, 405}
    assert len({meeting.film_of(page) for page in pages.values()}) == 3


SPANS = (
    "",
    "bytes=0-",
    "bytes=0-99",
    "bytes=-500",
    "bytes=100000000-",
    "bytes=5000-9000",
)


def addresses(pages: dict[str, dict[str, Any]], meeting: Meeting) -> list[str]:
    """All that a page has told of films to anybody, and all that one could think of."""
    root = f"/api/rooms/{ROOM}/after/recording/film"
    told = [page["film"][key] for page in pages.values() for key in ("url", "poster")]
    files = [path.name for path in meeting.films.iterdir()]
    guessed = [f"{root}/{name}" for name in files]
    return [
        root,
        *told,
        *guessed,
        *(f"{root}?of={name}" for name in files),
        *(f"{root}?of={other}" for other in ("..", "", "*", "film.json")),
        f"{root}/work/recipe.json",
        f"{root}/..%2f..%2f{files[0]}",
    ]


async def fetch(visit: Visit, url: str, span: str = "") -> tuple[bytes, int, str]:
    headers = {"Range": span} if span else {}
    async with visit.http.get(url, headers=headers) as answer:
        cached = answer.headers.get("Cache-Control", "")
        return await answer.read(), answer.status, cached


async def test_a_meeting_that_is_shared_with_all_of_it_has_one_film(
    config: Config,
) -> None:
    meeting = await held(config, SharedWith.MEETING)
    async with start(config) as world:
        pages = []
        for name in GETS:
            async with visited(world.url, meeting, name) as (_, page):
                pages.append(page)
        urls = {page["film"]["url"] for page in pages}
        async with meeting.past.visit(world.url, EVA) as visit:
            assert (await fetch(visit, world.url + urls.copy().pop()))[1] == 404

    assert len(urls) == 1
    path = meeting.film_of(pages[0])
    assert (shown(path), heard(path)) == of(0, 1, 2)


async def test_who_erases_their_part_is_in_nobodys_film_any_more(
    config: Config,
) -> None:
    meeting = await held(config)
    async with start(config) as world:
        async with visited(world.url, meeting, ANA) as (visit, before):
            assert await visit.post("recording/erase") == 202
            await visit.until("your_part", "erased")
            _, status, _ = await fetch(visit, world.url + before["film"]["url"])
            after = await visit.until("film", "ready")
        found = {ANA: after}
        for name in (MARA, TOM):
            async with visited(world.url, meeting, name) as (_, page):
                found[name] = page

    assert status == 404  # what an open page still offers is not another film's bytes
    assert after["film"]["url"] != before["film"]["url"]
    for name, own in ((MARA, (0, 2)), (TOM, (0, 2)), (ANA, (2,))):
        path = meeting.film_of(found[name])
        assert (shown(path), heard(path)) == of(*own), name
        people = {who for c in found[name]["film"]["chapters"] for who in c["people"]}
        assert meeting.ids[ANA] not in people


async def test_what_cannot_be_played_is_said_to_those_who_may_see_it(
    config: Config,
) -> None:
    meeting = await held(config)
    (broken,) = meeting.data.rglob(f"{meeting.ids[ANA]}-camera.1.webm")
    broken.write_bytes(b"no film")
    async with start(config) as world:
        said = {}
        for name in GETS:
            async with visited(world.url, meeting, name) as (_, page):
                said[name] = page["film"]["left_out"]

    told = [{"participant": meeting.ids[ANA], "source": "camera", "opening": FIRST}]
    assert said == {MARA: told, ANA: told, TOM: []}
