"""
Six people in one room, one of them at a phone with a bad line: what it costs there.

Real Chromium: the phone has one to itself, the five others share a second one. The
phone is what Chromium's own emulation makes of it: a small screen, a main thread that
is four times slower (`Emulation.setCPUThrottlingRate` reaches no other thread: what
encodes and decodes is as fast as ever), and 2 Mbit/s each way, WebRTC included
(`Network.emulateNetworkConditionsByRule` with an empty pattern; the older
`emulateNetworkConditions` is none of WebRTC's business). Everybody's camera is `clip`.
One of the others speaks all the time, who else is in the room is muted, so that it is
known who has the floor.

Each way of being there is a meeting of its own, one after the other. "Before" is the
client of a commit, served by the same server: both sides are of one run.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.async_api import Browser, Page

import hatch_build
from tests.bench import clip, ours
from tests.bench.table import Result
from tests.bench.visit import room
from tests.browser.chromium import chromium

BEFORE = "d11c19e9"
"""The last commit without any of it."""
PEOPLE = 6
WARM, SECONDS = 8.0, 12.0
"""Until the bit rates have settled; and how long is measured then."""
TURNS = 1
SLOWER = 4
LINE = {"latency": 40, "downloadThroughput": 250_000, "uploadThroughput": 250_000}
"""Milliseconds, and bytes a second: 2 Mbit/s each way."""
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESK = {"viewport": {"width": 1024, "height": 640}}
KEPT = "gatekeeper.prefer.save-data"
WAYS: Mapping[str, str | None] = {
    "after": "off",
    "speaker": "speaker",
    "audio": "audio",
}
"""What the phone prefers, by what the way is called here."""

CONNECTIONS = """
(() => {
  const all = (window.connections = [])
  const Native = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Native {
    constructor(...given) {
      super(...given)
      all.push(this)
    }
  }
  window.late = []
  let due = performance.now() + 50
  setInterval(() => {
    const now = performance.now()
    window.late.push(Math.max(0, now - due))
    due = now + 50
  }, 50)
})()
"""
SO_FAR = """
async () => {
  const sums = {received: 0, sent: 0, frames: 0, freezes: 0, concealed: 0, samples: 0}
  for (const connection of window.connections) {
    if (connection.connectionState !== 'connected') continue
    for (const stat of (await connection.getStats()).values()) {
      if (stat.type === 'transport') {
        sums.received += stat.bytesReceived
        sums.sent += stat.bytesSent
      }
      if (stat.type !== 'inbound-rtp') continue
      sums.frames += stat.framesDecoded ?? 0
      sums.freezes += stat.freezeCount ?? 0
      sums.concealed += stat.concealedSamples ?? 0
      sums.samples += stat.totalSamplesReceived ?? 0
    }
  }
  const late = window.late.splice(0).sort((a, b) => a - b)
  return {...sums, late: late[Math.floor(0.95 * late.length)] ?? 0}
}
"""
CONNECTED = """
count => window.connections.filter(each => each.connectionState === 'connected')
  .length >= count
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of the phone, a second."""

    cpu: float
    """Seconds of its renderer and GPU processes."""
    received: float
    sent: float
    """Bytes, of all connections."""
    frames: float
    """Pictures decoded."""
    freezes: float
    """A minute."""
    concealed: float
    """Percent of the sound that was made up, since nothing had come in time."""
    late: float
    """Milliseconds that a timer of the page is late, p95."""

    @property
    def bytes(self) -> float:
        return self.received + self.sent

    def __str__(self) -> str:
        return (
            f"{self.cpu:.2f} s CPU, {self.received / 1000:.0f} kB/s in, "
            f"{self.sent / 1000:.0f} kB/s out, {self.frames:.0f} pictures/s, "
            f"{self.freezes:.0f} freezes/min, {self.concealed:.1f} % of the sound made "
            f"up, timers {self.late:.0f} ms late"
        )


def run() -> dict[str, Result]:
    """CPU seconds and bytes a second of the phone, in each way of being there."""
    return results(asyncio.run(_run(["before", *WAYS])))


def results(costs: Mapping[str, Cost]) -> dict[str, Result]:
    """As rows."""
    before, after = costs["before"], costs["after"]
    rows = {
        "client_cpu_six": _row(round(after.cpu, 2), "s", f"before: {before}", after),
        "client_bytes_six": _row(
            round(after.bytes / 1000),
            "kB",
            f"before: {before.bytes / 1000:.0f} kB",
            after,
        ),
    }
    for way in ("speaker", "audio"):
        cost = costs[way]
        for name, a, b in (
            ("cpu", cost.cpu, before.cpu),
            ("bytes", cost.bytes, before.bytes),
            ("received", cost.received, before.received),
        ):
            percent = round(100 * a / b)
            rows[f"client_{name}_six_{way}"] = _row(percent, "%", "before: 100 %", cost)
    return rows


def _row(value: float, unit: str, baseline: str, cost: Cost) -> Result:
    how = f"six people, a phone with a bad line: {cost}; the middle of {TURNS}"
    return {"value": value, "unit": unit, "baseline": baseline, "how": how}


async def _run(ways: list[str], turns: int = TURNS) -> dict[str, Cost]:
    tool = hatch_build.esbuild()
    if tool is None:
        raise SystemExit("There is no esbuild: npm ci --prefix tests/js brings it.")
    found: dict[str, list[Cost]] = {way: [] for way in ways}
    with _clients(tool) as clients, TemporaryDirectory() as folder:
        camera = Path(folder) / "camera.y4m"
        clip.write(camera)
        for turn in range(turns):
            for way in ways:
                client = clients["before" if way == "before" else "after"]
                cost = await _meeting(client, camera, WAYS.get(way))
                found[way].append(cost)
                sys.stderr.write(f"  {turn + 1} {way}: {cost}\n")
    return {way: _middle(costs) for way, costs in found.items()}


def _middle(costs: list[Cost]) -> Cost:
    names = [field.name for field in fields(Cost)]
    return Cost(*(median(getattr(cost, name) for cost in costs) for name in names))


# ---- The clients -----------------------------------------------------------------


@contextmanager
def _clients(tool: str) -> Iterator[dict[str, Path]]:
    """The client as it is, and as it was."""
    with TemporaryDirectory() as now, TemporaryDirectory() as then:
        hatch_build.bundle(tool, Path(now))
        archive = subprocess.run(
            ["git", "archive", BEFORE, "static"],  # noqa: S607
            cwd=hatch_build.ROOT,
            capture_output=True,
            check=True,
        )
        subprocess.run(
            ["tar", "--extract", "--directory", then],  # noqa: S607
            input=archive.stdout,
            check=True,
        )
        earlier = Path(then) / "static"
        _speak(earlier)
        yield {"after": Path(now), "before": earlier}


def _speak(client: Path) -> None:
    """Have the earlier client say what the protocol asks for since."""
    file = client / "rtc" / "call.js"
    said, missing = file.read_text("utf-8"), "screen: !!screen"
    assert said.count(missing) == 1
    more = f"{missing}, screen_audio: false"
    file.write_text(said.replace(missing, more), "utf-8")


# ---- A meeting ---------------------------------------------------------------------


async def _meeting(client: Path, camera: Path, preferred: str | None) -> Cost:
    async with AsyncExitStack() as stack:
        server = stack.enter_context(ours.serving(60.0, client))
        address = f"{server.url}/m/{room(server.url)}"
        see = f"--use-file-for-fake-video-capture={camera}"
        desks = await stack.enter_async_context(chromium(see))
        phone = await stack.enter_async_context(chromium(see))
        others = [
            await _joined(desks, address, f"P{n}", DESK) for n in range(1, PEOPLE)
        ]
        for other in others[1:]:
            await other.keyboard.press("m")
        own = await _joined(phone, address, "Phone", PHONE, preferred)
        await own.keyboard.press("m")
        for page in (*others, own):
            await page.wait_for_function(CONNECTED, arg=PEOPLE - 1, timeout=60_000)
        await asyncio.sleep(WARM)
        return await _cost(phone, own)


async def _joined(
    browser: Browser,
    address: str,
    name: str,
    window: dict[str, Any],
    preferred: str | None = None,
) -> Page:
    context = await browser.new_context(
        locale="en-GB", permissions=["camera", "microphone"], **window
    )
    await context.add_init_script(CONNECTIONS)
    if preferred is not None:
        await context.add_init_script(f"localStorage['{KEPT}'] = '{preferred}'")
    page = await context.new_page()
    await page.goto(address)
    await page.locator(".ready-form input").first.fill(name)
    if window is PHONE:  # what is connected already would stay as it is
        await _hamper(page)
    await page.keyboard.press("Enter")
    await page.wait_for_selector("main [data-you][data-camera=on]", timeout=60_000)
    return page


async def _hamper(page: Page) -> None:
    control = await page.context.new_cdp_session(page)
    await control.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await control.send("Network.enable")
    rule = {"urlPattern": "", "offline": False, **LINE}
    await control.send(
        "Network.emulateNetworkConditionsByRule",
        {"matchedNetworkConditions": [rule]},
    )


async def _cost(browser: Browser, page: Page) -> Cost:
    loop = asyncio.get_running_loop()
    before, cpu, began = await page.evaluate(SO_FAR), await _cpu(browser), loop.time()
    await asyncio.sleep(SECONDS)
    after, used = await page.evaluate(SO_FAR), await _cpu(browser) - cpu
    took = loop.time() - began
    of = {name: after[name] - before[name] for name in before}
    return Cost(
        cpu=used / took,
        received=of["received"] / took,
        sent=of["sent"] / took,
        frames=of["frames"] / took,
        freezes=60 * of["freezes"] / took,
        concealed=100 * of["concealed"] / max(1, of["samples"]),
        late=after["late"],
    )


async def _cpu(browser: Browser) -> float:
    """Seconds so far of the processes that draw, encode and decode."""
    control = await browser.new_browser_cdp_session()
    found = (await control.send("SystemInfo.getProcessInfo"))["processInfo"]
    await control.detach()
    return sum(
        _used(each["id"], each["type"])
        for each in found
        if each["type"] in ("renderer", "GPU")
    )


def _used(pid: int, kind: str) -> float:
    """
    User and system time of a process, threads that have ended among them.

    A main thread that is made slower waits in a loop, which is no work of the page's.
    """
    whole, main = (_times(Path(f"/proc/{pid}/{of}stat")) for of in ("", f"task/{pid}/"))
    return whole - main * (1 - 1 / SLOWER) if kind == "renderer" else whole


def _times(file: Path) -> float:
    stat = file.read_text("ascii").rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / 100
