"""
What a recording costs: ours against Janus, an SFU written in C, in one run.

Both receive the same camera and microphone from the same sender, one after the other:
ours writes WebM files, a Janus videoroom with `record` writes its own .mjr files, which
`janus-pp-rec` has yet to turn into WebM. Each is divided by the seconds of pictures
that it really kept.

Janus does not use the loopback interface. So it runs with its sender in a network
namespace of their own that has a bridge, and in a process namespace, so that the kernel
ends all of it if this program ends early. That takes Linux, root and Debian's `janus`;
without them, this says so and measures nothing.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from statistics import median
from struct import unpack_from
from typing import Any

from tests.bench import process, record
from tests.bench.record import FPS

TURNS = 3
WARM_UP, MEASURED = record.WARM_UP, record.MEASURED
ADDRESS = "192.0.2.1"
"""From a block for documentation (RFC 5737); it exists in the namespace only."""
URL = "http://127.0.0.1:8088/janus"
ROOM = 1
APART = (
    "setpriv",
    "--pdeathsig",
    "KILL",
    "unshare",
    "--net",
    "--pid",
    "--fork",
    "--kill-child",
    "--mount-proc",
)
HOW = (
    "CPU of the whole process, all threads, while it receives and records one "
    "1280x720@30 VP8 camera at 1.5 Mbit/s and one Opus microphone of the same sender, "
    "per second of pictures in its files (Janus's are .mjr; turning them into WebM is "
    "not counted)"
)

_GENERAL = """
general: {{
    configs_folder = "{folder}"
    plugins_folder = "{library}/plugins"
    transports_folder = "{library}/transports"
    events_folder = "{library}/events"
    loggers_folder = "{library}/loggers"
    debug_level = 2
}}
media: {{ ipv6 = false }}
nat: {{ ice_enforce_list = "{address}", ignore_mdns = true }}
plugins: {{ disable = "{plugins}" }}
transports: {{ disable = "{transports}" }}
loggers: {{ disable = "libjanus_jsonlog.so" }}
"""
_VIDEOROOM = """
room-{room}: {{
    publishers = 1
    audiocodec = "opus"
    videocodec = "vp8"
    record = true
    rec_dir = "{folder}"
}}
"""
_HTTP = 'general: { http = true, port = 8088, ip = "127.0.0.1" }\n'


def run() -> dict[str, dict[str, Any]]:
    """Measure both; results by name, none if Janus cannot run here."""
    if why := missing():
        sys.stderr.write(f"record_vs_janus was skipped: {why}.\n")
        return {}
    pairs = []
    version = loop = ""
    with tempfile.TemporaryDirectory() as clips:
        record.encode(Path(clips))
        for _ in range(TURNS):
            with tempfile.TemporaryDirectory() as folder:
                shutil.copytree(clips, folder, dirs_exist_ok=True)
                ours = record.measure("send", "ours", Path(folder))
                theirs = measure(folder)
            pairs.append((100 * ours["share"], 100 * theirs["share"]))
            version, loop = theirs["version"], ours["loop"]
    a, b = (median(side) for side in zip(*pairs, strict=True))
    return {
        "record_vs_janus": {
            "value": round(median(a / b for a, b in pairs), 2),
            "unit": "x",
            "baseline": f"Janus {version}, videoroom with record on: "
            f"{b:.2f} % of a core",
            "how": f"ours, {a:.2f} % of a core on {loop}, over the baseline; {HOW}; "
            f"median of {TURNS} turns of {MEASURED:g} s",
        }
    }


def missing() -> str | None:
    """Why Janus cannot be measured here; None if it can."""
    if sys.platform != "linux":
        return "network namespaces need Linux"
    for program in ("janus", "setpriv", "unshare", "ip"):
        if shutil.which(program) is None:
            return f"there is no program {program} (apt-get install janus has Janus)"
    if os.geteuid() != 0:
        return "a network namespace for Janus needs root"
    if subprocess.run([*APART, "true"], capture_output=True, check=False).returncode:
        return "this system does not allow a network namespace"
    return None


def measure(folder: str) -> dict[str, Any]:
    """Janus's share of a core for what it kept, and its version."""
    with process.python("tests.bench.janus", "apart", folder, before=APART) as apart:
        try:
            found: dict[str, Any] = apart.hear()
            apart.process.wait(10)
        finally:
            apart.process.kill()  # `unshare` takes no other signal
    return found


# ---- In the namespaces ------------------------------------------------------------


def apart(folder: Path) -> None:
    """Make the network, run Janus and the sender, and tell what Janus has cost."""
    for command in (
        "link set lo up",
        "link add bench type bridge",
        f"address add {ADDRESS}/32 dev bench",
        "link set bench up",
    ):
        subprocess.run(["ip", *command.split()], check=True)  # noqa: S607
    kept = folder / "mjr"
    kept.mkdir()
    with (
        _janus(folder, kept) as (pid, version),
        process.python("tests.bench.record", "send", str(folder)) as sender,
    ):
        sender.tell(publish(sender.hear()))
        time.sleep(WARM_UP)
        try:
            (audio,) = kept.glob("*-audio-*.mjr")
            (video,) = kept.glob("*-video-*.mjr")
        except ValueError as exc:
            raise RuntimeError("Janus records nothing") from exc
        before = process.cpu(pid), video.stat().st_size, audio.stat().st_size
        time.sleep(MEASURED)
        after = process.cpu(pid), video.stat().st_size, audio.stat().st_size
        frames = pictures(video.read_bytes(), before[1], after[1])
    if after[2] <= before[2] or abs(frames / (FPS * MEASURED) - 1) > 0.02:
        raise RuntimeError(f"Janus has kept {frames} pictures in {MEASURED:g} s")
    share = (after[0] - before[0]) / (frames / FPS)
    sys.stdout.write(json.dumps({"share": share, "version": version}) + "\n")


@contextmanager
def _janus(folder: Path, kept: Path) -> Iterator[tuple[int, str]]:
    """A Janus that listens, with settings of its own."""
    etc = folder / "etc"
    etc.mkdir()
    (library,) = Path("/usr/lib").glob("*/janus")
    others = {
        kind: ",".join(
            file.name
            for file in sorted((library / kind).glob("*.so"))
            if file.name not in ("libjanus_videoroom.so", "libjanus_http.so")
        )
        for kind in ("plugins", "transports")
    }
    (etc / "janus.jcfg").write_text(
        _GENERAL.format(folder=etc, library=library, address=ADDRESS, **others)
    )
    (etc / "janus.plugin.videoroom.jcfg").write_text(
        _VIDEOROOM.format(room=ROOM, folder=kept)
    )
    (etc / "janus.transport.http.jcfg").write_text(_HTTP)
    log = (folder / "janus.log").open("w")
    with (
        log,
        subprocess.Popen(
            ["janus", "-F", str(etc), "--disable-colors"],  # noqa: S607
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
        ) as janus,
    ):
        try:
            yield janus.pid, _version(janus)
        finally:
            janus.kill()


def _version(janus: "subprocess.Popen[bytes]") -> str:
    """What Janus says that it is, once it listens."""
    until = time.monotonic() + 20
    while time.monotonic() < until and janus.poll() is None:
        try:
            return str(_ask("/info")["version_string"])
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("Janus does not start")


def publish(offer: str) -> str:
    """Bring an offer into the room; the answer."""
    session = f"/{_ask('', janus='create')['data']['id']}"
    plugin = "janus.plugin.videoroom"
    handle = _ask(session, janus="attach", plugin=plugin)["data"]["id"]
    join = {"request": "joinandconfigure", "ptype": "publisher", "room": ROOM}
    jsep = {"type": "offer", "sdp": offer}
    _ask(f"{session}/{handle}", janus="message", body=join, jsep=jsep)
    until = time.monotonic() + 20
    while time.monotonic() < until:
        event = _ask(session)
        if answer := event.get("jsep"):
            return str(answer["sdp"])
        if error := event.get("plugindata", {}).get("data", {}).get("error"):
            raise RuntimeError(f"Janus refuses: {error}")
    raise RuntimeError("Janus does not answer")


def _ask(path: str, **message: Any) -> Any:
    """What Janus says to a message; its next event, or on itself, without one."""
    data = json.dumps(message | {"transaction": token_hex(8)}).encode()
    request = urllib.request.Request(URL + path, data if message else None)  # noqa: S310
    with urllib.request.urlopen(request, timeout=40) as response:  # noqa: S310
        return json.load(response)


def pictures(mjr: bytes, start: int, end: int) -> int:
    """How many pictures' last packets lie between two sizes of a growing .mjr file."""
    count, at = 0, 10 + unpack_from("!H", mjr, 8)[0]
    if not mjr.startswith(b"MJR00002"):
        raise RuntimeError("Janus has changed its files")
    while at + 10 <= end:
        # "MEET", milliseconds, the packet's length, the packet.
        after = at + 10 + unpack_from("!H", mjr, at + 8)[0]
        if start < after <= end and mjr[at + 11] & 0x80:  # the marker ends a picture
            count += 1
        at = after
    return count


def main() -> None:
    """Measure Janus in the namespaces that we are in; without arguments, run."""
    if len(sys.argv) < 3:
        sys.stdout.write(json.dumps(run(), indent=2) + "\n")
        return
    apart(Path(sys.argv[2]))


if __name__ == "__main__":
    main()
