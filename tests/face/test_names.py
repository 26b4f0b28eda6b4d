"""The public names: they are what is promised, and loaded only when they are used."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import gatekeeper
from gatekeeper.clock import Clock
from gatekeeper.consent.types import FeatureId, OpeningId, RoomId
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.entries import Body
from gatekeeper.evidence.permit_token import PermitSigner
from gatekeeper.gating.permit import Mint
from tests.evidence.people import ROOM, Signer, begins, whole_meeting
from tests.evidence.test_chain import chain
from tests.evidence.test_receipt import GATE, GRANTED
from tests.face import usage

FACE = Path(gatekeeper.__file__)


def copied(bodies: list[Body]) -> list[bytes]:
    """The bytes of a chain's entries, without the ledger around them."""
    return [row.body for row in chain(bodies)]


def loaded(statement: str) -> set[str]:
    """What a fresh Python has loaded after it, apart from what it brings along."""
    script = f"import sys; before = set(sys.modules)\n{statement}\n" + (
        "print(*sorted({m.partition('.')[0] for m in set(sys.modules) - before}))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(told.stdout.split()) - sys.stdlib_module_names


def told_to_type_checkers() -> dict[str, str]:
    """The names that are imported for them, and from where."""
    tree = ast.parse(FACE.read_text("utf-8"))
    (block,) = (
        node
        for node in tree.body
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name)
    )
    return {
        alias.asname or alias.name: statement.module.removeprefix("gatekeeper.")
        for statement in block.body
        if isinstance(statement, ast.ImportFrom) and statement.module
        for alias in statement.names
    }


@pytest.mark.parametrize(
    "statement",
    [
        "import gatekeeper",
        "import gatekeeper.consent.gate",
        "from gatekeeper import Gate, Grant, Notice, Close, Decision, UnknownFeature",
        "from gatekeeper import Permit",
        "import gatekeeper; dir(gatekeeper), gatekeeper.__all__",
    ],
)
def test_the_gate_is_loaded_without_third_parties(statement: str) -> None:
    assert loaded(statement) == {"gatekeeper"}


def test_what_does_need_them_is_seen_to() -> None:
    assert loaded("from gatekeeper import create_app") >= {"aiohttp", "pydantic"}


def test_who_checks_types_is_told_the_names_that_there_are() -> None:
    assert told_to_type_checkers() == gatekeeper._WHERE
    assert sorted(gatekeeper._WHERE) == gatekeeper.__all__ == sorted(gatekeeper.__all__)


@pytest.mark.parametrize("name", gatekeeper.__all__)
def test_each_name_is_what_its_own_module_has(name: str) -> None:
    there = __import__(f"gatekeeper.{gatekeeper._WHERE[name]}", fromlist=[name])

    assert getattr(gatekeeper, name) is getattr(there, name)
    assert getattr(gatekeeper, name).__doc__
    assert name in dir(gatekeeper)


def test_all_of_them_can_be_had_at_once() -> None:
    names: dict[str, object] = {}
    exec("from gatekeeper import *", names)  # noqa: S102 - that is what is tested

    assert set(gatekeeper.__all__) <= set(names)


@pytest.mark.parametrize("name", ["no_such_name", "Mint", "__wrapped__", "app_"])
def test_what_is_not_there_is_an_attribute_error(name: str) -> None:
    with pytest.raises(AttributeError, match=f"'gatekeeper' has no attribute '{name}'"):
        getattr(gatekeeper, name)
    with pytest.raises(ImportError):
        exec(f"from gatekeeper import {name}")  # noqa: S102


# ---- The usage, run -----------------------------------------------------------------


def test_the_gate_as_others_use_it() -> None:
    assert usage.told(usage.a_meeting()) == [
        "admit alice",
        "admit bob",
        "ask everybody minutes",
        "record 2 grants of minutes",
        "open minutes",
        "close minutes",
        "record bob minutes",
    ]


def test_a_sink_of_ones_own_takes_nothing_when_its_permit_is_dead() -> None:
    mint = Mint()
    ids = FeatureId("minutes"), RoomId("room"), OpeningId("opening")
    counter = usage.Counter(mint.issue(*ids))
    counter.take(b"one")
    mint.revoke(counter.permit)
    counter.take(b"two")

    assert counter.frames == 1
    assert counter.of() == ("room", "minutes", "opening")


def test_a_receipt_is_checked_with_what_its_server_publishes() -> None:
    for keys in (GATE.published, GATE.jwk, GATE.published["keys"][0]):
        assert usage.what_a_receipt_says(GRANTED, dict(keys)) == (
            f"granted recording {ROOM}"
        )


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({}, "keys cannot be used"),
        ({"keys": []}, "did not sign it"),
        ({"keys": [Signer().key.jwk]}, "did not sign it"),
        ({"keys": "all of them"}, "keys cannot be used"),
        ({"keys": [{"kty": "oct", "k": "AAAA"}]}, "keys cannot be used"),
    ],
)
def test_keys_that_are_none_or_somebody_elses_are_said_to_be(
    keys: dict[str, object], why: str
) -> None:
    with pytest.raises(gatekeeper.EvidenceError, match=why):
        gatekeeper.verify_receipt(GRANTED, keys)


def test_a_permit_is_checked_with_what_its_gate_publishes() -> None:
    token = PermitSigner.of(GATE, Clock().now).sign(
        issuer="https://meet.example.org",
        room=ROOM,
        feature="minutes",
        opening="opening",
        lease="lease",
        people=["bob", "alice"],
        seconds=5.0,
    )

    assert usage.may_capture(token, GATE.published, ROOM) == ("alice", "bob")
    with pytest.raises(gatekeeper.EvidenceError, match="another room"):
        usage.may_capture(token, GATE.published, "elsewhere")


def test_a_copy_of_a_chain_is_checked_from_its_bytes_alone() -> None:
    bodies = copied(whole_meeting(Signer(), Signer()))

    assert usage.what_a_chain_proves(ROOM, bodies) == 1
    assert gatekeeper.verify_chain(ROOM, bodies, sealed=True).sealed


def test_a_copy_of_a_chain_that_was_changed_proves_nothing() -> None:
    bodies = copied(whole_meeting(Signer()))
    cut, empty = bodies[:-1], list[bytes]()
    other, swapped = [*bodies], [*bodies]
    other[3] = other[3].replace(b'"recording"', b'"minutes"')
    swapped[3], swapped[4] = swapped[4], swapped[3]
    for spoilt in (cut, empty, other, swapped, bodies[1:], [b"{}", *bodies]):
        with pytest.raises(EvidenceError, match=ROOM):
            gatekeeper.verify_chain(ROOM, spoilt, sealed=True)
    with pytest.raises(EvidenceError, match="elsewhere"):
        gatekeeper.verify_chain(RoomId("elsewhere"), bodies, sealed=True)
    with pytest.raises(EvidenceError, match="no entry"):
        gatekeeper.verify_chain(ROOM, empty, sealed=False)
    assert gatekeeper.verify_chain(ROOM, copied(begins()), sealed=False).entries == 2


def test_a_configuration_is_refused_with_the_key_that_is_wrong() -> None:
    assert "server.prot: there is no such key" in usage.refused()


def test_a_name_that_is_not_there_is_one_for_nobody() -> None:
    with pytest.raises(AttributeError):
        usage.mistaken()
