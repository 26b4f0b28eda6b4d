"""Receipts as files, and `gatekeeper verify` on them, without any server."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import OKPKey

from gatekeeper.app.cli import main
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.receipt import MEDIA_TYPE, Receipts
from gatekeeper.evidence.receipt_file import MOST
from tests.evidence.people import NOON, NOTICE, opens, withdraws
from tests.evidence.test_receipt import (
    ALICE,
    CONTROLLER,
    GATE,
    GRANT,
    GRANTED,
    NO,
    OPENED,
    content,
    signed_anew,
    withdrawn,
    written,
)

OTHER = GateKey(OKPKey.generate_key("Ed25519"))
FORGED = Receipts(OTHER, CONTROLLER, clock=lambda: NOON).granted(
    GRANT, notice=NOTICE, written=OPENED
)
OLD = signed_anew(content(GRANTED))
"""As they were signed when none carried the key."""

Verify = Callable[..., tuple[int, str]]


@pytest.fixture
def verify(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Verify:
    """Run the command on a file that holds `text`; its code, and all it says."""
    monkeypatch.chdir(tmp_path)

    def run(text: str | bytes, key: object = None) -> tuple[int, str]:
        file = tmp_path / "mine.jws"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        pin = tmp_path / "keys.json"
        pin.write_text(key if isinstance(key, str) else json.dumps(key))
        code = main(["verify", str(file), *(["--key", str(pin)] if key else [])])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out + err

    return run


def test_a_receipt_is_checked_with_the_key_it_carries(verify: Verify) -> None:
    code, said = verify(GRANTED)

    assert code == 0
    assert "good: recording allowed 2026-11-22T12:00:00.000000Z" in said
    assert OPENED.hash.hex() in said
    assert f"{GATE.kid} signed them" in said
    assert "/.well-known/gatekeeper-keys.json" in said


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_receipt_of_a_statement_in_an_earlier_version_is_good(
    verify: Verify, version: str
) -> None:
    grant = ALICE.decides_earlier(version)
    no = ALICE.decides_earlier(version, "declined")
    receipts = Receipts(GATE, CONTROLLER, clock=lambda: NOON)
    given = receipts.granted(grant, notice=NOTICE, written=written(opens(grant)))
    taken = receipts.withdrawn(
        grant,
        withdrawal=no,
        notice=NOTICE,
        written=written(opens(grant), withdraws(grant, no)),
    )

    code, said = verify(f"{given}\n{taken}\n")

    assert code == 0
    assert said.count("good: ") == 2


@pytest.mark.parametrize(
    "key",
    [
        GATE.jwk,
        GATE.published,
        {"keys": [*OTHER.published["keys"], *GATE.published["keys"]]},
    ],
)
@pytest.mark.parametrize("receipt", [GRANTED, OLD])
def test_a_receipt_is_checked_with_the_gates_key(
    verify: Verify, receipt: str, key: object
) -> None:
    code, said = verify(receipt, key)

    assert code == 0
    assert "1 receipts, 0 that do not verify." in said
    assert "well-known" not in said


def test_a_stranger_who_signs_the_same_is_found_with_the_gates_key(
    verify: Verify,
) -> None:
    assert verify(FORGED)[0] == 0
    code, said = verify(FORGED, GATE.published)

    assert code == 1
    assert "does not verify: this gate's key did not sign it" in said


def test_all_of_ones_receipts_in_one_file_are_checked_line_by_line(
    verify: Verify,
) -> None:
    code, said = verify(f"{GRANTED}\n{FORGED}\n{withdrawn(NO)}\n", GATE.jwk)

    assert code == 1
    assert "mine.jws:1  good" in said
    assert "mine.jws:2  does not verify" in said
    assert "mine.jws:3  good: recording taken back" in said
    assert "3 receipts, 1 that do not verify." in said


def test_an_old_receipt_asks_for_the_gates_key(verify: Verify) -> None:
    code, said = verify(OLD)

    assert code == 2
    assert "--key" in said


@pytest.mark.parametrize(
    "text", [b"", b" \n", b"\xff\xfe", "Beleg für dich", b"a" * (MOST + 1)]
)
def test_what_is_no_file_of_receipts_is_said(verify: Verify, text: str | bytes) -> None:
    code, said = verify(text)

    assert code == 2
    assert "mine.jws" in said


@pytest.mark.parametrize(
    "key",
    ["nonsense", "[]", "{}", {"keys": "none"}, {**GATE.jwk, "x": "short"}, "[" * 5000],
)
def test_what_is_no_key_is_said(verify: Verify, key: object) -> None:
    code, said = verify(GRANTED, key)

    assert code == 2
    assert "keys.json is no JWK" in said


def test_files_that_are_not_there_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = str(tmp_path / "gone")

    assert main(["verify", gone]) == 2
    assert main(["verify", str(tmp_path)]) == 2
    assert main(["verify", gone, "--key", gone]) == 2
    assert main(["verify", "--key", gone]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 4
    assert "gone: No such file" in said[0]


@pytest.mark.parametrize(
    "record",
    [{"a": 2**60}, {"\x1b[2Jgood": "x"}, {"a": 1e400}, {"a": {"b": [[[[]]]]}}],
)
def test_what_somebody_signed_themselves_is_judged_all_the_same(
    verify: Verify, record: dict[str, Any]
) -> None:
    """A receipt brings its own key, so all of it is a stranger's."""
    members = content(GRANTED) | {"dpv:hasRecordOfActivity": record}
    header = {"alg": "Ed25519", "jwk": OTHER.jwk, "kid": OTHER.kid, "typ": MEDIA_TYPE}
    text = jws.serialize_compact(header, json.dumps(members), OTHER.jose, ["Ed25519"])
    code, said = verify(text)

    assert code == 1
    assert "\x1b" not in said


def test_no_byte_can_be_changed_and_nothing_breaks(verify: Verify) -> None:
    chance = random.Random(8)  # noqa: S311 - to choose, not to hide
    changed = []
    for _ in range(300):
        at = chance.randrange(len(GRANTED) - 1)
        other = chance.choice("AZaz09-_.=!\x1b\0".replace(GRANTED[at], ""))
        changed.append(GRANTED[:at] + other + GRANTED[at + 1 :])
    code, said = verify("\n".join(changed), GATE.jwk)

    assert code == 1
    assert f"{len(changed)} receipts, {len(changed)} that do not verify." in said
    assert "\x1b" not in said


def test_a_receipt_of_before_a_rotation_is_checked_with_the_published_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = GateKey.load(tmp_path / "keys", first=True)
    text = Receipts(before, CONTROLLER, clock=lambda: NOON).granted(
        GRANT, notice=NOTICE, written=OPENED
    )
    after = GateKey.rotate(tmp_path / "keys")
    receipt, keys = tmp_path / "receipt.jws", tmp_path / "keys.json"
    receipt.write_text(text)
    keys.write_text(json.dumps(after.published))

    assert after.kid != before.kid
    assert main(["verify", str(receipt), "--key", str(keys)]) == 0
    assert "1 receipts, 0 that do not verify" in capsys.readouterr().out
