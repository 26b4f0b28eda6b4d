"""`gatekeeper verify` on whatever somebody holds: told by content, used together."""

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import rfc8785

from gatekeeper.app.cli import main
from gatekeeper.consent.types import RoomId
from gatekeeper.evidence.entries import MeetingSealed
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.meeting_proof import places_of
from gatekeeper.evidence.proof import signed
from gatekeeper.evidence.receipt import Receipts
from gatekeeper.evidence.tlog.log_key import LogKey
from gatekeeper.evidence.tlog.seal_log import SealLog
from gatekeeper.storage.directory import KEYS
from gatekeeper.storage.rooms import RoomStore
from gatekeeper.storage.transactions import Transactions
from tests.evidence.conftest import database, ledger, path, writer
from tests.evidence.people import NOON, NOTICE, ROOM, TEA, Signer, begins, closes, opens
from tests.evidence.test_receipt import CONTROLLER, GATE, content
from tests.verifying.three import in_browser

__all__ = ["database", "ledger", "path", "writer"]

Verify = Callable[..., tuple[int, str]]
ALICE = Signer()
DOCUMENT = {
    "meeting": ROOM,
    "opened_at": "2026-11-22T11:00:00.000Z",
    "ended_at": "2026-11-22T13:00:00.000Z",
    "checked_at": "2026-11-23T11:00:00.000Z",
    "begun": True,
    "sealed": True,
    "head": "0" * 64,
    "fault": None,
    "openings": [
        {
            "feature": "recording",
            "began": "2026-11-22T12:00:00.000Z",
            "ended": None,
            "people": 1,
            "notices": [NOTICE.digest],
            "opening": "first",
            "signers": [ALICE.key.thumbprint],
        }
    ],
    "notices": {NOTICE.digest: json.loads(NOTICE.canonical())},
    "deleted": [],
}


@pytest.fixture
def verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Verify:
    def run(*names: str) -> tuple[int, str]:
        code = main(["verify", *(str(tmp_path / name) for name in names)])
        out, err = capsys.readouterr()
        return code, out + err

    return run


@pytest.fixture
async def held(ledger: Ledger, writer: Transactions, path: Path, tmp_path: Path) -> str:
    """One sealed meeting, and all that anybody may hold of it; the receipt."""
    await RoomStore(writer).add(replace(TEA, ended_at=NOON))
    grant = ALICE.decides()
    rows = await ledger.append(
        ROOM, [*begins(), opens(grant), closes(), MeetingSealed()]
    )
    receipt = Receipts(GATE, CONTROLLER, clock=lambda: NOON).granted(
        grant, notice=NOTICE, written=rows[2]
    )
    log = SealLog(
        writer, LogKey.load(path.parent / KEYS, "meet.example"), path.parent, _nothing
    )
    proof = await log.proof(ROOM, places_of(rows, [rows[2].hash]).text())
    assert proof is not None
    (tmp_path / "a").write_text(receipt)
    (tmp_path / "b").write_text(proof.text())
    (tmp_path / "c").write_text(await log.checkpoint())
    (tmp_path / "d").write_text("".join(f"{key.text()}\n" for key in log.keys))
    (tmp_path / "e").write_text(json.dumps(GATE.published))
    (tmp_path / "f").write_text(
        json.dumps(DOCUMENT | {"signed": signed(DOCUMENT, GATE)}, indent=1)
    )
    return receipt


async def _nothing() -> None:
    """There is no roll outside."""


async def test_whatever_is_named_is_told_by_content_and_used_together(
    verify: Verify, held: str, path: Path
) -> None:
    code, said = verify("a", "b", "c", "d", "e", "f", str(path.parent))

    assert code == 0, said
    assert "a  good: recording allowed" in said
    assert ", in the log meet.example/log/" in said
    assert "b  good: 1 entries of a sealed meeting" in said
    assert "c  good: the log meet.example" in said
    assert f"e  good: keys {GATE.kid}" in said
    assert f"f  good: meeting {ROOM}, sealed, 1 openings" in said
    assert f"/{ROOM}  good: 5 entries, sealed" in said
    assert "goes on from every checkpoint" in said
    for kind in ("receipts", "proofs", "checkpoints", "audit documents"):
        assert f"1 {kind}, 0 that do not verify." in said
    assert said.count("This proves: ") == said.count("It does not prove: ") == 7
    assert "--key" not in said


async def test_a_copied_ledger_is_checked_under_any_name(
    verify: Verify, held: str, path: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(path, tmp_path / "copy")
    assert verify("copy")[0] == 0

    with closing(sqlite3.connect(tmp_path / "copy")) as database, database:
        database.execute(
            "UPDATE ledger SET body = CAST(body || ' ' AS BLOB) WHERE seq = 2"
        )
    code, said = verify("copy")

    assert code == 1
    assert "entry 2" in said
    assert "(chain-invalid)" in said


async def test_a_log_that_does_not_go_on_from_a_kept_checkpoint_is_found(
    verify: Verify, held: str, ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    key = LogKey.load(path.parent / KEYS, "meet.example").signer
    kept = key.sign(f"{key.name}\n9\n{'A' * 43}=\n")
    (tmp_path / "kept").write_text(kept)

    code, said = verify("kept", "d", str(path.parent))

    assert code == 1
    assert "the log has 1 leaves, and had 9" in said
    assert "(ledger-damaged)" in said


async def test_two_states_of_a_log_that_contradict_each_other_are_found(
    verify: Verify, held: str, path: Path, tmp_path: Path
) -> None:
    key = LogKey.load(path.parent / KEYS, "meet.example").signer
    (tmp_path / "told").write_text(key.sign(f"{key.name}\n1\n{'A' * 43}=\n"))

    code, said = verify("c", "told", "d")

    assert code == 1
    assert said.count("(checkpoints-contradict)") == 2


async def test_what_is_missing_to_check_with_is_said(verify: Verify, held: str) -> None:
    for names in (("b",), ("c",), ("a", "b")):
        code, said = verify(*names)
        assert code == 2
        assert "--log-key" in said


async def test_a_copy_to_be_read_says_what_was_signed_or_does_not_count(
    verify: Verify, held: str, tmp_path: Path
) -> None:
    changed = DOCUMENT | {"sealed": False, "signed": signed(DOCUMENT, GATE)}
    (tmp_path / "changed").write_text(json.dumps(changed))

    code, said = verify("changed")

    assert code == 1
    assert (
        "what can be read in it is not what was signed: sealed (copy-differs)" in said
    )


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"ended_at": "2026-11-22T10:00:00.000Z"}, "ended_at"),
        ({"head": None}, "head"),
        ({"begun": False}, "head"),
        ({"notices": {}}, "openings.0.notices"),
        ({"openings": []}, f"notices.{NOTICE.digest}"),
        ({"fault": "entry 3"}, "head"),
    ],
)
def test_an_audit_document_that_contradicts_itself_is_refused(
    verify: Verify, tmp_path: Path, changed: dict[str, object], where: str
) -> None:
    (tmp_path / "file").write_text(signed(DOCUMENT | changed, GATE))

    code, said = verify("file")

    assert code == 1
    assert f"contradicts itself: {where} (audit-contradicted)" in said


def own_copy(
    tmp_path: Path, receipt: str, media: bytes = b"film", **about: str
) -> None:
    who = rfc8785.dumps({"meeting": ROOM, "you": ALICE.key.thumbprint} | about)
    at = content(receipt)["position"]["hash"]
    film: dict[str, object] = {
        "type": "capture.finished",
        "feature": "recording",
        "bytes": 4,
    }
    film["sha256"] = hashlib.sha256(b"film").hexdigest()
    ledger = [{"sha256": at, "entry": {}}, {"sha256": "1" * 64, "entry": film}]
    with zipfile.ZipFile(tmp_path / "zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("about-you.json", who)
        archive.writestr("ledger.json", json.dumps(ledger))
        archive.writestr("receipts/001 recording granted.jws", receipt)
        archive.writestr("media/recording/2026-11-22 camera.webm", media)


async def test_an_own_copy_is_checked_with_all_that_is_in_it(
    verify: Verify, held: str, tmp_path: Path
) -> None:
    own_copy(tmp_path, held)
    code, said = verify("zip", "b", "d")

    assert code == 0, said
    assert "zip/receipts/001 recording granted.jws  good: recording allowed" in said
    assert "zip  good: 1 receipts, and 1 files" in said

    own_copy(tmp_path, held, b"cut!")
    assert "(archive-contradicted)" in verify("zip")[1]
    own_copy(tmp_path, held, meeting=RoomId("another"))
    assert "(archive-contradicted)" in verify("zip")[1]
    whole = (tmp_path / "zip").read_bytes()
    at = whole.index(b"about-you.json") + 20
    (tmp_path / "zip").write_bytes(whole[:at] + b"xxxx" + whole[at + 4 :])
    code, said = verify("zip")
    assert code == 1
    assert "(archive-invalid)" in said


async def test_an_own_copy_is_checked_by_the_page_alike(
    verify: Verify, held: str, tmp_path: Path
) -> None:
    cases: tuple[tuple[bytes, dict[str, str], str], ...] = (
        (b"film", {}, "good"),
        (b"cut!", {}, "archive-contradicted"),
        (b"film", {"meeting": "another"}, "archive-contradicted"),
        (b"film", {"you": "somebody"}, "archive-contradicted"),
    )
    for media, about, code in cases:
        own_copy(tmp_path, held, media, **about)
        found = in_browser(*(tmp_path / name for name in ("zip", "b", "d")))
        assert [each for each, _ in found] == ["good", code, "good", "good"]
        assert (verify("zip", "b", "d")[0] == 0) == (code == "good")
