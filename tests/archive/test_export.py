"""A meeting as one archive: what each may have of it, and its proof."""

import asyncio
import base64
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from itertools import count, islice
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import rfc8785
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gatekeeper.app.cli import main
from gatekeeper.archive.own.readme import readme
from gatekeeper.config.locales import locales
from gatekeeper.errors import EvidenceError, RateLimited
from gatekeeper.evidence.account import Account
from gatekeeper.evidence.base64url import decoded, encoded
from gatekeeper.evidence.canonical import difference
from gatekeeper.evidence.compact import payload
from gatekeeper.evidence.export.bundle import opened
from gatekeeper.evidence.export.check import Checked, check
from gatekeeper.evidence.export.documents import (
    MANIFEST,
    TYPES,
    EditList,
    Manifest,
    read,
)
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.key import published
from gatekeeper.evidence.proof import signed
from gatekeeper.evidence.standalone import verify as verify_alone
from gatekeeper.evidence.standalone import verify_export
from gatekeeper.media.film import films
from gatekeeper.web.limits import Once
from tests.archive.past import RECORDING, lay, meeting, notice
from tests.archive.taped import Taped, taped
from tests.archive.test_own import ALL, members, no_films
from tests.archive.test_own import unpacked as unpacked_texts
from tests.archive.test_proof import page
from tests.media.tracks import pictures, write
from tests.meeting.conftest import configured, start
from tests.verifying import three

__all__ = ["no_films"]


@dataclass
class Exported:
    """What the page afterwards gave to two people of one meeting."""

    past: Taped
    whole: Path
    """Of somebody who was there all the time."""
    early: Path
    """Of somebody who left."""
    after: Path
    """Of them again, once somebody's part was erased."""


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exported]:
    folder = tmp_path_factory.mktemp("export")
    patch = pytest.MonkeyPatch()
    small = (sys.executable, "-m", "tests.media.film.small")
    patch.setattr(films, "WORKER", small)
    yield asyncio.run(export(folder))
    patch.undo()


async def export(folder: Path) -> Exported:
    config = configured(folder / "data", features=ALL)
    past = taped(config.data.directory, ("q1ana", "q2ben", "q3cid"))
    await lay(past)
    found = []
    async with start(config) as world:
        for who in past.people[1:]:
            async with await page(world, past, who) as http:
                await filmed(http, past)
                path = folder / f"{who.mark}.zip"
                async with http.get("export?language=de") as answer:
                    assert answer.status == 200
                    path.write_bytes(await answer.read())
            found.append(path)
        async with (
            await page(world, past, past.people[1]) as http,
            http.post("recording/erase") as answer,
        ):
            assert answer.status == 202
        async with await page(world, past, past.people[2]) as http:
            path = folder / "after.zip"
            async with asyncio.timeout(60):
                while not path.exists() or len(checked(path).tracks) > 2:
                    async with http.get("export") as answer:
                        path.write_bytes(await answer.read())
            found.append(path)
    return Exported(past, *found)


async def filmed(http: aiohttp.ClientSession, past: Taped) -> None:
    """Once there is a film."""
    async with asyncio.timeout(120):
        while True:
            async with http.get(f"/api/rooms/{past.room}/after") as answer:
                told = await answer.json()
            film = {each["id"]: each["film"] for each in told["features"]}["recording"]
            if film["state"] == "ready":
                assert told["export"] == f"/api/rooms/{past.room}/after/export"
                return
            assert film["state"] in ("waiting", "making"), film
            await asyncio.sleep(0.05)


def checked(path: Path) -> Checked:
    with opened(path) as bundle:
        return check(bundle)


def test_it_holds_what_its_person_may_have_and_proves_it(exported: Exported) -> None:
    found = checked(exported.whole)

    past = exported.past
    everybody = {who.id for who in past.people}
    parts = [a for a in found.accounts.values() if a.feature == "recording"]
    assert [set(part.people) for part in parts] == [
        everybody,
        everybody - {past.people[2].id},
    ]
    assert {file.subject for part in parts for file in part.files} == everybody
    assert len(found.leaves) == 3
    [film] = found.edits.values()
    # Who has stopped their part is in no film.
    assert {e.subject for part in film.parts for e in part.edits} == everybody - {
        past.people[0].id
    }


def test_R19_who_left_gets_what_they_were_there_for(exported: Exported) -> None:
    found = checked(exported.early)

    assert {part for _, part in found.accounts} == {0}
    assert len(found.tracks) == 3


@pytest.mark.parametrize("tag", locales())
def test_every_language_has_its_own_word_on_it(exported: Exported, tag: str) -> None:
    fields = {name: f"<{name}>" for name in ("meeting", "made", "tracks", "films")}
    said = readme(tag, fields, "gatekeeper.archive.export")

    assert [said.count(field) for field in fields.values()] == [1] * len(fields)
    with zipfile.ZipFile(exported.whole) as held:
        for name in held.namelist():
            shown = name.split("/")[0] + "/" * ("/" in name)
            assert shown in said or name == "README.txt"
        german = held.read("README.txt").decode()
    assert german.startswith("Eine Besprechung mit ihrem Nachweis")


def test_what_is_erased_is_in_no_later_export_and_its_yes_is(
    exported: Exported,
) -> None:
    before, after = checked(exported.early), checked(exported.after)
    gone = exported.past.people[1].id

    subjects = {file.subject for _, file in after.tracks.values()}
    assert subjects == {who.id for who in exported.past.people} - {gone}
    assert all(gone in account.people for account in after.accounts.values())
    assert after.leaf > before.leaf, "it was sealed again"
    assert before.digests - after.digests, "what may be used no more can be asked for"


# ---- A no is in none (design.md, rule 8) --------------------------------------------


async def test_R8_whether_somebody_took_something_back_is_in_no_export(
    tmp_path: Path, no_films: None
) -> None:
    config = configured(tmp_path / "data", features=ALL)
    one = meeting(config.data.directory, "q1ana", "q2ben", "q3cid")
    other = meeting(config.data.directory, "q4dia", "q5eva", "q6fin")
    other.takes_back = False
    await lay(one, other)
    found = []
    async with start(config) as world:
        for past in (one, other):
            for who in past.people:
                async with (
                    await page(world, past, who) as http,
                    http.get("export") as answer,
                ):
                    assert answer.status == 200
                    found.append(members(await answer.read()))
    assert one.taken_back is not None

    for held, with_other in zip(found[:3], found[3:], strict=True):
        assert shape(held) == shape(with_other)
        said = {name: each for name, each in held.items() if name[-3:] != ".py"}
        whole = b"".join([*said.values(), *unpacked_texts(said)])
        for mark in (one.taken_back.statement, one.taken_back.nonce, '"declined"'):
            assert mark.encode() not in whole
        assert b'"seq"' not in whole
        assert b'"at"' not in whole


def shape(held: dict[str, bytes]) -> list[Any]:
    """What is in an export, without ids, times, hashes, names and signatures."""
    # Sorted without what differs by chance: that would put them in an order of its own.
    return sorted(
        re.sub(rb"[A-Za-z0-9+/_=-]{8,}|[\d:.]+|q\d\w+", b"", name.encode() + content)
        for name, content in (
            (name.split("/")[0], laid_out(name, content))
            for name, content in held.items()
            if not name.startswith("verify")
        )
    )


def laid_out(name: str, content: bytes) -> bytes:
    if not name.endswith(".jws"):
        return content if not name.startswith("tracks/") else b""
    said = payload(content.decode())
    grants = [payload(grant["statement"]) for grant in said.get("grants", [])]
    files = sorted(name.split("/")[0] for name in said.pop("files", []) if "/" in name)
    return rfc8785.dumps([said, grants, files])


# ---- gatekeeper verify -------------------------------------------------------------


def verify(*paths: str | Path) -> tuple[int, str]:
    """What the command says, and its exit code."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = main(["verify", *map(str, paths)])
    return code, said.getvalue()


def unpacked(archive: Path, folder: str, to: Path) -> list[Path]:
    with zipfile.ZipFile(archive) as held:
        names = sorted(n for n in held.namelist() if n.startswith(folder))
        return [Path(held.extract(name, to)) for name in names]


def test_the_command_tells_what_was_on_when_and_in_which_words(
    exported: Exported, tmp_path: Path
) -> None:
    code, said = verify(exported.whole)
    assert code == 0, said
    assert (
        "each of 3 people had signed a yes to it, in the words "
        f'"{notice(RECORDING).meaning}"' in said
    )
    assert "Whether it was taken back since" in said

    [film] = unpacked(exported.whole, "films/", tmp_path)
    code, said = verify(film, "--export", exported.whole)
    assert code == 0, said
    assert "0:00.0 to 0:12" in said
    assert "2 tracks of 2 people, by the gate's signed word" in said

    shutil.copy(exported.whole, film.parent)
    assert verify(film)[0] == 0, "it is found in the same folder"

    track = unpacked(exported.whole, "tracks/", tmp_path)[0]
    code, said = verify(track, "--export", exported.whole)
    assert code == 0, said
    assert "rests on the signatures of the people themselves" in said


def test_of_another_meeting_nothing_is_shown(
    exported: Exported, tmp_path: Path
) -> None:
    other = write(tmp_path / "other.webm", pictures(2, mark=9), video=True)
    code, said = verify(other, "--export", exported.whole)
    assert code == 1
    assert "(film-unknown)" in said
    assert verify(other)[0] == 2

    [film] = unpacked(exported.whole, "films/", tmp_path)
    held = bytearray(film.read_bytes())
    held[len(held) // 2] ^= 1
    film.write_bytes(held)
    code, said = verify(film, "--export", exported.whole)
    assert code == 1
    assert "(film-unknown)" in said


def test_a_cut_proves_its_own_seconds_and_a_changed_one_none(
    exported: Exported, tmp_path: Path
) -> None:
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not here")
    track = unpacked(exported.whole, "tracks/", tmp_path)[0]
    copy = ["ffmpeg", "-v", "error", "-i", str(track), "-c", "copy"]
    good, first, last = (tmp_path / f"{name}.webm" for name in ("good", "a", "b"))
    subprocess.run([*copy, "-ss", "2.5", "-t", "7", good], check=True)
    code, said = verify(good, "--export", exported.whole)
    assert code == 0, said
    assert re.search(r"seconds \d to \d, and a part of second", said)

    subprocess.run([*copy, "-ss", "2", "-t", "2", first], check=True)
    subprocess.run([*copy, "-ss", "7", "-t", "2", last], check=True)
    both = tmp_path / "list.txt"
    both.write_text(f"file {last}\nfile {first}\n")
    swapped = tmp_path / "swapped.webm"
    concat = ["ffmpeg", "-v", "error", "-f", "concat", "-safe", "0", "-i", str(both)]
    subprocess.run([*concat, "-c", "copy", swapped], check=True)
    code, said = verify(swapped, "--export", exported.whole)
    assert code == 1
    assert re.search(r"after second \d of the track, comes second \d", said)
    assert "(excerpt-broken)" in said


# ---- As a vCon -----------------------------------------------------------------------


def test_it_is_a_vcon_whose_signature_holds(exported: Exported, key: GateKey) -> None:
    """What draft-ietf-vcon-vcon-core demands, in its own words where there are any."""
    with zipfile.ZipFile(exported.whole) as held:
        signed_form = json.loads(held.read("vcon.json"))
        assert set(signed_form) == {"payload", "signatures"}
        [signature] = signed_form["signatures"]
        certificate = x509.load_der_x509_certificate(
            base64.b64decode(signature["header"]["x5c"][0])
        )
        public = certificate.public_key()
        assert isinstance(public, Ed25519PublicKey)
        certificate.verify_directly_issued_by(certificate)
        assert encoded(public.public_bytes_raw()) == key.jwk["x"]
        text = f"{signature['protected']}.{signed_form['payload']}"
        public.verify(decoded(signature["signature"]), text.encode())
        assert json.loads(decoded(signature["protected"]))["alg"] == "Ed25519"

        said = json.loads(decoded(signed_form["payload"]))
        assert said["vcon"] == "0.4.0"
        assert said["extensions"] == ["lawful_basis"]
        assert uuid.UUID(said["uuid"]).version == 8
        assert signature["header"]["uuid"] == said["uuid"]
        assert [party["name"] for party in said["parties"]] == [
            next(who.name for who in exported.past.people if who.id == each)
            for each in sorted(who.id for who in exported.past.people)
        ]
        recordings = [d for d in said["dialog"] if d["type"] == "recording"]
        [whole] = [d for d in said["dialog"] if d["type"] == "recording-set"]
        assert [said["dialog"][n] for n in whole["recordings"]] == recordings
        events = [each["event"] for each in whole["party_history"]]
        assert events == ["join", "join", "join", "drop", "drop", "drop"]
        for each in recordings:
            assert said["dialog"][each["recording_set"]] == whole
            digest = hashlib.sha512(held.read(each["filename"])).digest()
            assert each["content_hash"] == f"sha512-{encoded(digest)}"
        for each in said["attachments"]:
            assert each["purpose"] == "lawful_basis"
            assert said["dialog"][each["dialog"]] == whole
            [grant] = each["body"]["purpose_grants"]
            assert grant["granted_at"] == each["start"], "when it was given is secret"
            [proof] = each["body"]["proof_mechanisms"]
            assert proof["proof_data"]["account"] in held.namelist()
    assert len(said["attachments"]) == 5


# ---- On a machine without the project ----------------------------------------------


def alone(folder: Path, *paths: Path) -> tuple[int, str]:
    """What the verifier that lies in the archive says, with no package beside it."""
    python = [sys._base_executable, "-S", "-E", "verify_export.py"]  # type: ignore[attr-defined]
    done = subprocess.run(
        [*python, *paths], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_it_is_checked_by_what_lies_in_it(exported: Exported, tmp_path: Path) -> None:
    unpacked(exported.whole, "verify", tmp_path)
    tracks = unpacked(exported.whole, "tracks/", tmp_path)
    [film] = unpacked(exported.whole, "films/", tmp_path)

    code, said = alone(tmp_path, exported.whole, film, tracks[0])
    assert code == 0, said
    assert "each of 3 people had signed a yes to it" in said
    assert re.search(r"0:00.0 to 0:12.\d, by the gate's signed word", said), said
    assert "all of a camera" in said

    # Of the largest, nearly all is pictures.
    large = max(tracks, key=lambda file: file.stat().st_size)
    held = bytearray(large.read_bytes())
    held[len(held) // 2] ^= 1
    large.write_bytes(held)
    code, said = alone(tmp_path, exported.whole, large)
    assert code == 1
    assert re.search(r"at 0:\d\d.\d is what none of the tracks has", said)

    code, said = alone(tmp_path, exported.early)
    assert code == 0, said


@pytest.mark.parametrize("tool", ["ffmpeg", "mkvmerge"])
def test_a_cut_is_checked_by_what_lies_in_it(
    exported: Exported, tmp_path: Path, tool: str
) -> None:
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not here")
    unpacked(exported.whole, "verify", tmp_path)
    track, to = unpacked(exported.whole, "tracks/", tmp_path)[0], tmp_path / "cut.webm"
    commands: dict[str, Sequence[str | Path]] = {
        "ffmpeg": ["-v", "error", "-ss", "2.5", "-i", track, "-t", "7", "-c", "copy"],
        "mkvmerge": ["-q", "--split", "parts:2s-9s", track, "-o"],
    }
    subprocess.run([tool, *commands[tool], to], check=True)

    code, said = alone(tmp_path, exported.whole, to)
    assert code == 0, said
    assert re.search(r"track \d: 0:0\d.\d to 0:\d\d.\d of the camera of", said)


# ---- Whatever is changed is found --------------------------------------------------


def changed(said: Any) -> Iterator[Any]:
    """The same with one thing else: each member, and each that is left out or more."""
    if isinstance(said, dict):
        for name in said:
            yield {n: v for n, v in said.items() if n != name}
            for other in changed(said[name]):
                yield said | {name: other}
        yield said | {"more": 1}
    elif isinstance(said, list):
        for at in range(len(said)):
            yield said[:at] + said[at + 1 :]
            for other in changed(said[at]):
                yield [*said[:at], other, *said[at + 1 :]]
        yield [*said, said[0] if said else 1]
    elif isinstance(said, bool) or said is None:
        yield not said
    elif isinstance(said, int):
        yield said + 7000
    else:
        yield said[:-1] + ("B" if said.endswith("A") else "A")


MEDIA = ("tracks/", "films/", "README", "verify")


def rewritten(
    archive: Path,
    to: Path,
    changes: Mapping[str, bytes],
    without: tuple[str, ...] = (),
) -> Path:
    """With other files in it."""
    with zipfile.ZipFile(archive) as held, zipfile.ZipFile(to, "w") as made:
        for name in held.namelist():
            if not (without and name.startswith(without)):
                made.writestr(name, changes.get(name) or held.read(name))
    return to


def documents(archive: Path) -> dict[str, Any]:
    """What the gate has signed in it, by name."""
    with zipfile.ZipFile(archive) as held:
        return {
            name: payload(held.read(name).decode())
            for name in held.namelist()
            if name.endswith(".jws")
        }


@pytest.fixture(scope="module", autouse=True)
def browsers() -> Iterator[None]:
    """The third verifier, while it is asked."""
    yield
    if _browsers.cache_info().currsize:
        _browsers().close()
        _browsers.cache_clear()


_TURNS = count()
"""The third takes longest: it is asked about some, and by `make proof` about all."""


@cache
def _browsers() -> three.Exports:
    return three.Exports()


def fault(path: Path, keys: GateKey) -> str:
    """What all three verifiers find, which share no code."""
    found = _fault(path, keys)
    assert _fault_alone(path, keys) == found
    if next(_TURNS) % three.STRIDE == 0:
        known = [key.model_dump() for key in published(keys.published)]
        assert _browsers().fault(path, known) == found
    return found


def _fault(path: Path, keys: GateKey) -> str:
    try:
        with opened(path) as bundle:
            check(bundle, published(keys.published))
    except EvidenceError as exc:
        return exc.code
    return "good"


def _fault_alone(path: Path, keys: GateKey) -> str:
    beside = verify_alone.Beside()
    beside.keys = verify_alone.gate_keys(keys.published)
    try:
        with zipfile.ZipFile(path) as held:
            verify_export.Export(verify_export.Archive(held), beside)
    except zipfile.BadZipFile:
        return "archive-invalid"
    except verify_alone.Fault as exc:
        return exc.code
    return "good"


@pytest.fixture(scope="module")
def key(exported: Exported) -> GateKey:
    return GateKey.load(exported.past.data / "keys", first=False)


def kind_of(name: str) -> type[Account] | type[EditList] | type[Manifest]:
    folders = {"account": Account, "edits": EditList}
    return folders.get(name.split("/")[0], Manifest)  # type: ignore[return-value]


def resigned(exported: Exported, to: Path, key: GateKey, name: str, said: Any) -> Path:
    """By a gate that signs whatever it likes: another document, and a list of it."""
    text = signed(said, key, TYPES[kind_of(name)]).encode()
    return relisted(exported, to, key, name, text)


def relisted(
    exported: Exported, to: Path, key: GateKey, name: str, content: bytes
) -> Path:
    """Another file, and a list that names it; without what takes long to read."""
    files = documents(exported.whole)[MANIFEST]
    listed = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    without = {n: v for n, v in files["files"].items() if not n.startswith(MEDIA)}
    files = files | {"files": without | {name: listed}}
    manifest = signed(files, key, TYPES[Manifest]).encode()
    changes = {name: content, MANIFEST: manifest}
    return rewritten(exported.whole, to, changes, without=MEDIA)


def test_every_single_change_of_what_was_signed_is_found(
    exported: Exported, key: GateKey
) -> None:
    """Without the gate's key: of each kind of document one."""
    found: dict[str, int] = {}
    with zipfile.ZipFile(exported.whole) as held:
        for name, said in documents(exported.whole).items():
            kind = kind_of(name)
            header, _, signature = held.read(name).decode().split(".")
            if kind.__name__ in found:
                continue
            for number, other in enumerate(changed(said)):
                text = f"{header}.{encoded(rfc8785.dumps(other))}.{signature}"
                with pytest.raises(EvidenceError) as caught:
                    read(kind, text, published(key.published))  # type: ignore[type-var]
                assert caught.value.code == "signature-invalid"
                found[kind.__name__] = number
    assert found.keys() == {"Account", "EditList", "Manifest"}
    assert min(found.values()) > 20


HARMLESS = {"film.format", "film.bytes"}
"""What a gate may say of a film that contradicts nothing else."""


def edits_of(said: Any) -> int:
    return str(said).count("'track'")


@pytest.mark.parametrize("folder", ["account/", "edits/"])
def test_a_gate_that_signs_something_else_contradicts_the_log_or_itself(
    exported: Exported, key: GateKey, tmp_path: Path, folder: str
) -> None:
    said = documents(exported.whole)
    name = next(
        name
        for name in sorted(said)
        if name.startswith(folder) and said[name].get("files", True)
    )
    harmless = set()
    tried, shown = 0, edits_of(said[name])
    # To sign and check each takes its time.
    for other in islice(changed(said[name]), 0, None, min(three.STRIDE, 2)):
        tried += 1
        path = resigned(exported, tmp_path / "other.zip", key, name, other)
        # That a film shows a track less than it does is told by nobody but the gate.
        if fault(path, key) == "good" and edits_of(other) >= shown:
            harmless.add(difference(said[name], other) or "")
    assert harmless <= (HARMLESS if folder == "edits/" else set())
    assert tried > 20


def test_seconds_wordings_and_the_proof_are_those_on_record(
    exported: Exported, key: GateKey, tmp_path: Path
) -> None:
    with zipfile.ZipFile(exported.whole) as held:
        for folder in ("leaves/", "notices/", "meeting.tlog-proof"):
            name = next(n for n in held.namelist() if n.startswith(folder))
            content = held.read(name)
            lines = content.splitlines(keepends=True)
            others = [
                *(content[:at] + b"A" + content[at:] for at in range(0, 900, 300)),
                *(b"".join(lines[:at] + lines[at + 1 :]) for at in range(len(lines))),
                b"".join([*lines[:-2], *reversed(lines[-2:])]),
                content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
                content.replace(b":", b": ", 1),
            ]
            for other in others:
                if other == content:
                    continue
                path = relisted(exported, tmp_path / "other.zip", key, name, other)
                assert fault(path, key) != "good", (name, other[:200])


def test_every_file_is_the_one_that_was_exported(
    exported: Exported, key: GateKey, tmp_path: Path
) -> None:
    with zipfile.ZipFile(exported.whole) as held:
        contents = {name: held.read(name) for name in held.namelist()}
    for name, content in contents.items():
        other = bytes([*content[:-1], content[-1] ^ 1])
        path = rewritten(exported.whole, tmp_path / "other.zip", {name: other})
        assert fault(path, key) != "good", name
        with zipfile.ZipFile(tmp_path / "less.zip", "w") as made:
            for each, whole in contents.items():
                if each != name:
                    made.writestr(each, whole)
        assert fault(tmp_path / "less.zip", key) != "good", name
    more = Path(shutil.copy(exported.whole, tmp_path / "more.zip"))
    with zipfile.ZipFile(more, "a") as made:
        made.writestr("tracks/more.webm", b"more")
    assert fault(more, key) == "export-unlisted"


def test_what_only_looks_like_one_is_none(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr(MANIFEST, "eyJ")
    code, said = verify(tmp_path / "a.zip")
    assert code == 1
    assert "does not verify" in said


def test_no_number_of_a_track_is_longer_than_numbers_are(tmp_path: Path) -> None:
    """RFC 8794, 7.2: 8 bytes. To reckon with one of megabytes would take hours."""
    block = b"\xa3\x85\x81\0\0\x80x"
    for length, found in ((8, 1), (9, 0)):
        scale = b"\x2a\xd7\xb1" + bytes([0x80 | length])
        scale += (1_000_000).to_bytes(length, "big")
        file = tmp_path / f"{length}.webm"
        file.write_bytes(b"\x1a\x45\xdf\xa3\x80" + scale + block)
        assert len(verify_export.webm(str(file))) == found


def test_each_has_one_made_at_a_time() -> None:
    once = Once()
    with once.by("ana"):
        with pytest.raises(RateLimited), once.by("ana"):
            raise AssertionError
        with once.by("ben"):
            pass
    with once.by("ana"):
        pass
