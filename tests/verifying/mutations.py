"""
Every single change of every artefact: of each field of each layer of JSON in it.

A mutation says where it is, how, and who had to lend a key for it: nobody (what was
signed is changed and not signed again), or the gate or the log (the outer layer is
signed again, so that what is within has to be found out by itself).
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from tests.vectors.make import KEYS
from tests.vectors.papers import (
    AUDIT,
    RECEIPT,
    audit,
    encoded,
    entry,
    proof,
    proof_text,
    receipt,
)
from tests.vectors.parties import (
    ANN,
    BEN,
    GATE,
    LOG,
    OTHER_LOG,
    base64url,
    spelled,
    unbase64url,
)

SPELLING = ("space", "escape", "number", "turned", "twice")
"""The same content in other bytes."""


class Mutation(NamedTuple):
    """One change."""

    what: str
    path: str
    how: str
    lent: str
    files: dict[str, str]


class Change(NamedTuple):
    """Of a content, as other bytes."""

    path: str
    how: str
    raw: bytes


# ---- Of JSON -------------------------------------------------------------------------


def changes(said: Any) -> Iterator[Change]:
    """Each field, changed in each way."""
    for path in _paths(said):
        for how, other in _others(_at(said, path)):
            yield Change(_named(path), how, spelled(_put(said, path, other)))
        if path and isinstance(path[-1], str):
            yield from _of_member(said, path)
        yield from _spelled_otherwise(said, path)


def _paths(said: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = (
        said.items()
        if isinstance(said, dict)
        else enumerate(said)
        if isinstance(said, list)
        else ()
    )
    for name, each in inner:
        yield from _paths(each, (*path, name))


def _named(path: tuple[Any, ...]) -> str:
    return ".".join(map(str, path))


def _at(said: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        said = said[step]
    return said


def _put(said: Any, path: tuple[Any, ...], other: Any) -> Any:
    if not path:
        return other
    inner = _put(said[path[0]], path[1:], other)
    if isinstance(said, dict):
        return said | {path[0]: inner}
    return [*said[: path[0]], inner, *said[path[0] + 1 :]]


def _others(value: Any) -> Iterator[tuple[str, Any]]:
    """Other values, of the same type and of others."""
    if isinstance(value, bool):
        yield "other", not value
        yield "type", int(value)
    elif isinstance(value, int):
        yield "other", value + 1
        yield "type", str(value)
    elif isinstance(value, str):
        yield "other", f"{value[:-1]}{'A' if value[-1:] != 'A' else 'B'}"
        yield "longer", f"{value}A"
        yield "empty", ""
        yield "type", None
        if (digit := re.search("[0-9]", value)) is not None:
            at = digit.start()
            turned = "7" if value[at] != "7" else "8"
            yield "digit", f"{value[:at]}{turned}{value[at + 1 :]}"
        if value.swapcase() != value:
            yield "case", value.swapcase()
    elif value is None:
        yield "type", ""
    elif isinstance(value, list):
        yield "empty", []
        yield "added", [*value, value[0] if value else "A"]
        if len(value) > 1:
            yield "order", value[::-1]
            yield "removed", value[1:]
    else:
        yield "empty", {}
        yield "added", value | {"x": "A"}
        yield "type", list(value)


def _of_member(said: Any, path: tuple[Any, ...]) -> Iterator[Change]:
    *before, name = path
    whole = _at(said, tuple(before))
    rest = {key: value for key, value in whole.items() if key != name}
    for how, other in (
        ("removed", rest),
        ("renamed", rest | {name.swapcase(): whole[name]}),
    ):
        if other != whole:
            yield Change(_named(path), how, spelled(_put(said, tuple(before), other)))


def _spelled_otherwise(said: Any, path: tuple[Any, ...]) -> Iterator[Change]:
    """The same content in other bytes: what a reader of JSON alone would not see."""
    value, raw = _at(said, path), spelled(said).decode()
    own = spelled(value).decode()
    mark = "\x00here"
    around = spelled(_put(said, path, mark)).decode()
    escaped = json.dumps(mark)
    ways = {"space": f" {own}"}
    if isinstance(value, str) and value:
        ways["escape"] = f'"\\u{ord(value[0]):04x}{own[2:]}' if value[0] != '"' else ""
    if isinstance(value, int) and not isinstance(value, bool):
        ways["number"] = f"{own}.0"
    if isinstance(value, dict) and value:
        first = next(iter(sorted(value)))
        member = f"{json.dumps(first)}:{spelled(value[first]).decode()}"
        ways["twice"] = f"{{{member},{own[1:]}"
        if len(value) > 1:
            turned = [
                f"{json.dumps(key)}:{spelled(value[key]).decode()}"
                for key in sorted(value, reverse=True)
            ]
            ways["turned"] = f"{{{','.join(turned)}}}"
    for how, text in ways.items():
        other = around.replace(escaped, text) if path else text
        if text and other != raw:
            yield Change(_named(path), how, other.encode())


# ---- Of what is signed ---------------------------------------------------------------


def _signed(text: str) -> Iterator[tuple[Change, str]]:
    """Header, payload and signature of a compact JWS, changed and not signed again."""
    head, body, seal = text.split(".")
    for part, raw in (("header", head), ("payload", body)):
        for change in changes(json.loads(unbase64url(raw))):
            other = base64url(change.raw)
            parts = (other, body) if part == "header" else (head, other)
            path = f"{part} {change.path}"
            if other != raw:
                yield change._replace(path=path), f"{'.'.join(parts)}.{seal}"
    sealed = unbase64url(seal)
    for how, other in (
        ("other", base64url(sealed[:-1] + bytes([sealed[-1] ^ 1]))),
        ("shorter", base64url(sealed[:-1])),
        ("longer", base64url(sealed + b"\0")),
        ("padding", f"{seal}=="),
        ("spare bit", seal[:-1] + chr(ord(seal[-1]) + 1)),
        ("empty", ""),
        ("case", seal.swapcase()),
    ):
        yield Change("signature", how, b""), f"{head}.{body}.{other}"


def receipts() -> Iterator[Mutation]:
    """Of receipts; where they say that they stand, beside their proof and the keys."""
    held = {
        "a grant, Ed25519": receipt(ANN),
        "a withdrawal, Ed25519": receipt(ANN, "withdrawn"),
        "a grant, ES256": receipt(BEN, version=2),
    }
    for what, said in held.items():
        beside = {
            "p": proof_text(proof(said["position"]["hash"])),
            "log": LOG.vkey,
            "keys": json.dumps(KEYS),
        }

        of = partial(_of_receipt, what, beside)
        text = GATE.issues(said, RECEIPT)
        for change, other in _signed(text):
            yield of(change, "", other)
        for change in changes(said):
            yield of(change, "gate", GATE.issues(change.raw, RECEIPT))
        yield from _headers(what, said, RECEIPT, {})
        yield from _statements(said, of)


def _of_receipt(
    what: str, beside: dict[str, str], change: Change, lent: str, text: str
) -> Mutation:
    placed = beside if change.path.startswith("position") else {}
    return Mutation(what, change.path, change.how, lent, {"r": text} | placed)


def _headers(
    what: str, said: Any, typ: str, beside: dict[str, str]
) -> Iterator[Mutation]:
    """Headers that the gate itself has signed."""
    head = json.loads(unbase64url(GATE.issues(said, typ).split(".")[0]))
    for change in changes(head):
        text = GATE.states(said, change.raw)
        files = {"r": text} | beside
        yield Mutation(what, f"header {change.path}", change.how, "gate", files)


def _statements(
    said: dict[str, Any], of: Callable[[Change, str, str], Mutation]
) -> Iterator[Mutation]:
    """What the participant has signed, changed within what the gate signs again."""
    for name, path in (
        ("grant", ("grant", "statement")),
        ("withdrawal", ("withdrawal",)),
    ):
        text = _at(said, path)
        if text is None:
            continue
        for change, other in _signed(text):
            whole = GATE.issues(_put(said, path, other), RECEIPT)
            yield of(change._replace(path=f"{name} {change.path}"), "gate", whole)


def audits() -> Iterator[Mutation]:
    """Of an audit document, and of the file that it is exported as."""
    said = audit()
    text = GATE.issues(said, AUDIT)
    for change, other in _signed(text):
        yield Mutation("an audit", change.path, change.how, "", {"a": other})
    for change in changes(said):
        other = GATE.issues(change.raw, AUDIT)
        yield Mutation("an audit", change.path, change.how, "gate", {"a": other})
    yield from _headers("an audit", said, AUDIT, {})


def copies() -> Iterator[Mutation]:
    """Of what can be read beside what was signed."""
    for what, said, typ in (
        ("a copy of a receipt", receipt(ANN), RECEIPT),
        ("a copy of an audit", audit(), AUDIT),
    ):
        whole = said | {"signed": GATE.issues(said, typ)}
        for change in changes(whole):
            if change.how in SPELLING:
                continue  # it is for reading: how it is spelled is nobody's business
            text = change.raw.decode()
            yield Mutation(what, change.path, change.how, "", {"r": text})


# ---- Of the log ----------------------------------------------------------------------


def proofs() -> Iterator[Mutation]:
    """Of a proof beside its receipt."""
    said = receipt(ANN)
    parts = proof(entry(ANN, "granted"))
    seen = {"r": GATE.issues(said, RECEIPT), "log": LOG.vkey}
    what = "a proof"
    for change in changes(parts["extra"]):
        text = proof_text(parts | {"extra": {}}).replace(
            encoded(spelled({})), encoded(change.raw)
        )
        path = f"extra {change.path}"
        yield Mutation(what, path, change.how, "", {"p": text} | seen)
    text = proof_text(parts)
    for number, line in enumerate(text.split("\n")):
        for how, other in _lines(line):
            lines = text.split("\n")
            lines[number] = other
            path = f"line {number}"
            yield Mutation(what, path, how, "", {"p": "\n".join(lines)} | seen)
        for how, row in (("removed", ()), ("twice", (line, line))):
            lines = text.split("\n")
            lines[number : number + 1] = row
            changed = {"p": "\n".join(lines)} | seen
            yield Mutation(what, f"line {number}", how, "", changed)
    for how, note in _notes(parts["note"]):
        changed = {"p": proof_text(parts | {"note": note})} | seen
        yield Mutation(what, "note", how, "log", changed)


def _lines(line: str) -> Iterator[tuple[str, str]]:
    yield "longer", f"{line}A"
    yield "space", f"{line} "
    yield "return", f"{line}\r"
    if line:
        yield "other", f"{line[:-1]}{'A' if line[-1] != 'A' else 'B'}"
        yield "empty", ""
    if line.swapcase() != line:
        yield "case", line.swapcase()
    if line.endswith("="):
        yield "padding", line.rstrip("=")
        bits = chr(ord(line.rstrip("=")[-1]) + 1)
        yield "spare bit", line.rstrip("=")[:-1] + bits + "=" * line.count("=")


def _notes(note: str) -> Iterator[tuple[str, str]]:
    """Other checkpoints that the log itself has signed."""
    name, size, root = note.split("\n")[:3]
    for how, said in (
        ("origin", f"{OTHER_LOG.name}\n{size}\n{root}\n"),
        ("size", f"{name}\n{int(size) + 1}\n{root}\n"),
        ("zero", f"{name}\n0{size}\n{root}\n"),
        ("root", f"{name}\n{size}\n{encoded(bytes(32))}\n"),
        ("shorter", f"{name}\n{size}\n{encoded(bytes(31))}\n"),
        ("order", f"{size}\n{name}\n{root}\n"),
        ("extension", f"{name}\n{size}\n{root}\nmore\n"),
        ("empty", "\n"),
    ):
        yield how, LOG.notes(said)


def checkpoints() -> Iterator[Mutation]:
    """Of a checkpoint, beside the log's key."""
    note = LOG.notes(f"{LOG.name}\n3\n{encoded(bytes(32))}\n")
    for number, line in enumerate(note.split("\n")):
        for how, other in _lines(line):
            lines = note.split("\n")
            lines[number] = other
            changed = {"c": "\n".join(lines), "log": LOG.vkey}
            yield Mutation("a checkpoint", f"line {number}", how, "", changed)


def keys() -> Iterator[Mutation]:
    """Of keys, beside what they signed."""
    text = GATE.issues(receipt(ANN), RECEIPT)
    for change in changes(GATE.jwk):
        if change.how in SPELLING:
            continue
        changed = {"r": text, "keys": change.raw.decode()}
        yield Mutation("a key", change.path, change.how, "", changed)
    note = LOG.notes(f"{LOG.name}\n3\n{encoded(bytes(32))}\n")
    for part, said in enumerate(LOG.vkey.split("+", 2)):
        for how, other in _lines(said):
            if how in ("space", "return"):
                continue
            parts = LOG.vkey.split("+", 2)
            parts[part] = other
            changed = {"c": note, "log": "+".join(parts)}
            yield Mutation("a log key", f"part {part}", how, "", changed)


def every() -> list[Mutation]:
    """All of them."""
    kinds = (receipts, audits, copies, proofs, checkpoints, keys)
    return [mutation for kind in kinds for mutation in kind()]
