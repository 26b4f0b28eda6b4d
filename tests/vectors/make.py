"""
Makes `verify.json`: what can be handed out, good and bad, and what is to be found.

`python -m tests.vectors.make` writes it anew; `tests/verifying` holds that the same
bytes come of it, and that all verifiers find what it says.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.vectors.papers import (
    AUDIT,
    CONTROLLER,
    NOTICE,
    RECEIPT,
    audit,
    checkpoint,
    decides,
    digest,
    entry,
    issued,
    proof,
    proof_text,
    receipt,
    record,
)
from tests.vectors.parties import (
    ANN,
    BEN,
    GATE,
    LOG,
    OTHER_GATE,
    OTHER_LOG,
    seed,
)

FILE = Path(__file__).with_name("verify.json")
KEYS = {"keys": [GATE.jwk | {"kid": GATE.kid, "alg": "Ed25519", "use": "sig"}]}
OTHERS = {"keys": [OTHER_GATE.jwk]}
SUBTITLED = NOTICE | {"feature": "subtitles", "name": "Subtitles", "language": "de"}
SMALL = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
"""A key of order 1, with which a signature of zeros holds for everything."""

Case = dict[str, Any]


def case(name: str, files: dict[str, Any], *codes: str) -> Case:
    """`codes`: of the verdicts, in their order."""
    told = {
        file: said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        for file, said in files.items()
    }
    return {"name": name, "files": told, "codes": list(codes)}


def good() -> Iterator[Case]:
    for who, alg in ((ANN, "Ed25519"), (BEN, "ES256")):
        for version in (1, 2, 3):
            for event in ("granted", "withdrawn"):
                name = f"{event}, {alg}, decision/v{version}"
                yield case(name, {"r": issued(receipt(who, event, version))}, "good")
    unsigned = receipt(ANN, "withdrawn", signed=False)
    yield case("withdrawn without a signature", {"r": issued(unsigned)}, "good")
    counted = receipt(ANN)
    counted["position"] |= {"seq": 2}
    yield case(
        "of old: says how many entries stand before", {"r": issued(counted)}, "good"
    )
    old = issued(receipt(ANN), carried=False)
    yield case("of old: carries no key", {"r": old, "keys": KEYS}, "good", "good")
    other = receipt(ANN, notice=SUBTITLED)
    yield case("a feature that an admin made", {"r": issued(other)}, "good")
    copy = receipt(ANN) | {"signed": issued(receipt(ANN))}
    yield case("a copy to be read", {"r": json.dumps(copy, indent=1)}, "good")
    lines = f"{issued(receipt(ANN))}\n{issued(receipt(BEN, 'withdrawn'))}\n"
    yield case("two receipts", {"r": lines}, "good", "good")
    both = entry(ANN, "granted"), entry(ANN, "withdrawn")
    mine = f"{issued(receipt(ANN))}\n{issued(receipt(ANN, 'withdrawn'))}\n"
    all_of_it = {"r": mine, "p": proof_text(proof(*both)), "log": LOG.vkey}
    yield case("receipts with their proof", all_of_it, "good", "good", "good", "good")
    yield case(
        "receipts with their proof and all keys",
        all_of_it | {"keys": KEYS},
        *["good"] * 5,
    )
    yield case(
        "a proof by itself",
        {"p": proof_text(proof(*both)), "log": f"{OTHER_LOG.vkey}\n{LOG.vkey}\n"},
        *["good"] * 2,
    )
    yield case(
        "a checkpoint", {"c": checkpoint(seed("root")), "log": LOG.vkey}, "good", "good"
    )
    witness = OTHER_LOG.notes("x\n").split("\n\n")[1]
    yield case(
        "a checkpoint that somebody unknown has signed, too",
        {"c": checkpoint(seed("root")) + witness, "log": LOG.vkey},
        *["good"] * 2,
    )
    yield case("an audit document", {"a": GATE.issues(audit(), AUDIT)}, "good")
    file = audit() | {"signed": GATE.issues(audit(), AUDIT)}
    yield case("an audit document as it is exported", {"a": file}, "good")
    never = audit() | {"begun": False, "sealed": False, "head": None}
    never |= {"openings": [], "notices": {}, "deleted": []}
    yield case(
        "of a meeting in which nothing was on", {"a": GATE.issues(never, AUDIT)}, "good"
    )


def bad_signed() -> Iterator[Case]:
    """What is wrong from outside, of a receipt."""
    text = issued(receipt(ANN))
    head, body, _ = text.split(".")
    swapped = issued(receipt(BEN)).split(".")[2]
    for code, name, said in (
        ("jws-malformed", "two parts", f"{head}.{body}"),
        ("jws-malformed", "four parts", f"{text}.AAAA"),
        ("jws-malformed", "spare bits in the signature", text[:-1] + _next(text[-1])),
        ("jws-malformed", "padding", text + "=="),
        ("header-invalid", "another algorithm", issued(receipt(ANN), alg="ES256")),
        ("header-invalid", "alg none", issued(receipt(ANN), alg="none")),
        ("header-invalid", "crit", issued(receipt(ANN), crit=["b64"])),
        ("header-invalid", "of another kind", GATE.issues(receipt(ANN), "JWT")),
        ("header-invalid", "of a kind unknown", GATE.issues(receipt(ANN), "x+jws")),
        ("key-invalid", "names another key", issued(receipt(ANN), kid=ANN.kid)),
        (
            "signature-invalid",
            "another receipt's signature",
            f"{head}.{body}.{swapped}",
        ),
        ("signature-invalid", "no signature to speak of", f"{head}.{body}.AAAA"),
        ("json-invalid", "no JSON", issued(b"receipt")),
        ("json-invalid", "no UTF-8", issued(b'{"a":"\xff"}')),
        ("json-invalid", "a byte order mark", issued(b"\xef\xbb\xbf{}")),
        ("json-invalid", "not a number", issued(b'{"a":NaN}')),
        ("json-invalid", "too deep", issued(b"[" * 50 + b"]" * 50)),
        ("not-canonical", "spaces", issued(b'{"a": 1}')),
        ("not-canonical", "a member twice", issued(b'{"a":1,"a":1}')),
        ("not-canonical", "half a surrogate pair", issued(b'{"a":"\\ud800"}')),
        ("not-canonical", "a large number", issued(b'{"a":9007199254740993}')),
        ("not-canonical", "a number with a point", issued(b'{"a":1.0}')),
        ("member-invalid", "a list", issued([])),
        ("member-invalid", "one member", issued({"a": 1.5})),
        ("member-invalid", "one too many", issued(receipt(ANN) | {"name": "Ann"})),
        ("too-large", "too large", head + "." + "A" * (1 << 18)),
    ):
        yield case(name, {"r": said}, code)
    small = GATE.issues(receipt(ANN), RECEIPT, jwk=GATE.jwk | {"x": SMALL})
    yield case("a key of small order", {"r": small}, "key-invalid")
    yield case(
        "no key at all", {"r": issued(receipt(ANN), carried=False)}, "key-needed"
    )
    yield case("another gate's", {"r": text, "keys": OTHERS}, "key-foreign", "good")


def _next(letter: str) -> str:
    return chr(ord(letter) + 1)


def bad_receipts() -> Iterator[Case]:
    """What is wrong within, although the gate has signed it."""
    said, mine = receipt(ANN), receipt(ANN, "withdrawn")

    def grant(text: str, of: dict[str, Any] = said) -> dict[str, Any]:
        return of | {"grant": {"statement": text, "key": ANN.jwk}}

    yes, no = decides(ANN), decides(ANN, "declined")
    unnamed = {name: said for name, said in no.items() if name != "nonce"}
    off = BEN.jwk | {"y": BEN.jwk["x"]}
    for code, name, changed in (
        ("participant-key-invalid", "a participant's key of small order",
         said | {"grant": said["grant"] | {"key": ANN.jwk | {"x": SMALL}}}),
        ("participant-key-invalid", "a participant's key beside its curve",
         said | {"grant": said["grant"] | {"key": off}}),
        ("grant-malformed", "a grant with another header",
         grant(ANN.states(yes, b'{"alg":"EdDSA"}'))),
        ("grant-malformed", "a grant that is not canonical",
         grant(ANN.states(json.dumps(yes).encode()))),
        ("grant-malformed", "a grant of a day that there is not",
         grant(ANN.states(decides(ANN, version=2) | {"at": "2026-02-29T12:00:00Z"}))),
        ("grant-malformed", "a grant of a version to come",
         grant(ANN.states(yes | {"type": "gatekeeper/decision/v4"}))),
        ("grant-signature-invalid", "a grant that somebody else has signed",
         grant(GATE.states(yes))),
        ("grant-subject-foreign", "a grant in another's name",
         grant(ANN.states(yes | {"subject": BEN.kid}))),
        ("grant-other", "a grant of another meeting",
         grant(ANN.states(yes | {"meeting": "elsewhere"}))),
        ("grant-other", "a grant of another feature",
         grant(ANN.states(yes | {"feature": "summary"}))),
        ("grant-other", "a no as a grant", grant(ANN.states(no))),
        ("wording-other", "a grant of another wording",
         grant(ANN.states(yes | {"notice": digest(SUBTITLED)}))),
        ("wording-other", "a grant of another language",
         grant(ANN.states(yes | {"language": "de"}))),
        ("wording-other", "other words than were agreed to",
         said | {"notice": NOTICE | {"retention": "For ever."}}),
        ("withdrawal-malformed", "a withdrawal without its nonce",
         mine | {"withdrawal": ANN.states(unnamed)}),
        ("withdrawal-signature-invalid", "a withdrawal that another has signed",
         mine | {"withdrawal": GATE.states(no)}),
        ("withdrawal-subject-foreign", "a withdrawal in another's name",
         mine | {"withdrawal": ANN.states(no | {"subject": BEN.kid})}),
        ("withdrawal-other", "a yes as a withdrawal",
         mine | {"withdrawal": ANN.states(yes)}),
        ("event-contradicted", "a grant with a withdrawal",
         said | {"withdrawal": mine["withdrawal"]}),
        ("record-contradicted", "a record of the other event",
         mine | {"event": "granted", "withdrawal": None}),
        ("record-contradicted", "another controller",
         said | {"controller": CONTROLLER | {"name": "Somebody"}}),
        ("record-contradicted", "a record of another person",
         said | {"dpv:hasRecordOfActivity": record(said, BEN.kid)}),
        ("record-contradicted", "another context", said | {"@context": {}}),
    ):  # fmt: skip
        yield case(name, {"r": issued(changed)}, code)
    copy = said | {"issued_at": mine["position"]["at"], "signed": issued(said)}
    yield case("a copy that says something else", {"r": copy}, "copy-differs")


def bad_logs() -> Iterator[Case]:
    """What is wrong with proofs and checkpoints."""
    parts = proof(entry(ANN, "granted"))
    text, keys = proof_text(parts), {"log": LOG.vkey}
    ((at, place),) = parts["extra"]["entries"].items()
    path = [parts["path"][0], parts["path"][0]]
    none = parts["extra"] | {"entries": {}}
    moved = parts["extra"] | {"entries": {at: place | {"index": place["index"] ^ 1}}}
    note = parts["note"]
    for code, name, said in (
        ("proof-malformed", "a proof of another version", text.replace("@v1", "@v2")),
        ("proof-malformed", "an index with a zero before it",
         text.replace("index 1", "index 01")),
        ("proof-malformed", "a hash of another length",
         proof_text(parts | {"path": ["AAAA", *parts["path"]]})),
        ("proof-empty", "a proof of nothing", proof_text(parts | {"extra": none})),
        ("places-malformed", "places of another kind",
         proof_text(parts | {"extra": parts["extra"] | {"type": "x"}})),
        ("inclusion-invalid", "another path", proof_text(parts | {"path": path})),
        ("inclusion-invalid", "a path too long",
         proof_text(parts | {"path": [*parts["path"], *path]})),
        ("inclusion-invalid", "a path too short",
         proof_text(parts | {"path": parts["path"][:1]})),
        ("inclusion-invalid", "another leaf", proof_text(parts | {"index": 0})),
        ("inclusion-invalid", "beyond the log", proof_text(parts | {"index": 3})),
        ("inclusion-invalid", "elsewhere in its meeting",
         proof_text(parts | {"extra": moved})),
        ("note-malformed", "a proof without a signature",
         proof_text(parts | {"note": note.split("\n\n")[0] + "\n"})),
        ("note-unsigned", "a log that is not known",
         proof_text(parts | {"note": OTHER_LOG.notes(note.split("\n\n")[0] + "\n")})),
        ("note-signature-invalid", "another size", text.replace("\n3\n", "\n4\n")),
    ):  # fmt: skip
        yield case(name, {"p": said} | keys, code, "good")
    seen = {"r": issued(receipt(ANN)), "p": text} | keys
    yield case("no key of the log", {"p": text}, "key-needed")
    elsewhere = parts | {"extra": parts["extra"] | {"meeting": "elsewhere"}}
    yield case(
        "a proof of another meeting",
        seen | {"p": proof_text(elsewhere)},
        *("meeting-other", "good", "good"),
    )
    yield case(
        "a proof of another entry",
        seen | {"p": proof_text(proof(entry(BEN, "granted")))},
        *("entry-other", "good", "good"),
    )
    name, root = LOG.name, checkpoint(seed("root"))
    for code, title, said in (
        ("checkpoint-malformed", "two lines", LOG.notes(f"{name}\n3\n")),
        ("checkpoint-malformed", "a root too short", LOG.notes(f"{name}\n3\nAAAA\n")),
        ("checkpoint-malformed", "an extension",
         LOG.notes(root.split("\n\n")[0] + "\nx\n")),
        ("checkpoint-foreign", "another log's name",
         LOG.notes(root.split("\n\n")[0].replace("0001", "0009") + "\n")),
        ("note-malformed", "a carriage return", root.replace("\n3\n", "\r\n3\n")),
    ):  # fmt: skip
        yield case(title, {"c": said} | keys, code, "good")
    other = {"c": root, "d": checkpoint(seed("another root"))} | keys
    yield case(
        "two roots of one size",
        other,
        *("checkpoints-contradict", "checkpoints-contradict", "good"),
    )
    small = f"log+00000000+AQ{'A' * 42}="
    yield case("a log key of small order", {"log": small}, "log-key-invalid")
    other_id = LOG.vkey.replace("+" + LOG.vkey.split("+")[1], "+00000000")
    yield case("a log key with another id", {"log": other_id}, "log-key-invalid")
    yield case("a JWK of small order", {"k": GATE.jwk | {"x": SMALL}}, "key-invalid")
    yield case("no kind that is known", {"x": "dear diary"}, "kind-unknown")
    yield case("JSON of no kind that is known", {"x": {"a": 1}}, "kind-unknown")


def bad_audits() -> Iterator[Case]:
    """What contradicts itself, although the gate has signed it."""
    said = audit()
    opening = said["openings"][0]

    def opened(**changed: Any) -> dict[str, Any]:
        return said | {"openings": [opening | changed]}

    words = {digest(NOTICE): NOTICE | {"retention": "For ever."}}
    for name, changed in (
        ("an end before the beginning",
         said | {"ended_at": "2026-11-22T10:00:00.000Z"}),
        ("a head of no chain", said | {"begun": False}),
        ("a chain without a head", said | {"head": None}),
        ("an opening twice", said | {"openings": [opening, opening]}),
        ("an opening that ends before it begins",
         opened(ended="2026-11-22T11:59:00.000Z")),
        ("more people than signers", opened(people=3)),
        ("signers out of order", opened(signers=opening["signers"][::-1])),
        ("a signer twice", opened(signers=[ANN.kid, ANN.kid])),
        ("a wording that is not there", said | {"notices": {}}),
        ("a wording of another feature", opened(feature="summary")),
        ("a wording that nobody signed", said | {"openings": []}),
        ("other words", said | {"notices": words}),
    ):  # fmt: skip
        yield case(name, {"a": GATE.issues(changed, AUDIT)}, "audit-contradicted")
    broken = said | {"sealed": False, "head": None, "fault": "entry 3: gone"}
    broken |= {"openings": [], "notices": {}, "deleted": []}
    yield case(
        "the chain does not verify", {"a": GATE.issues(broken, AUDIT)}, "audit-faulty"
    )
    extra = GATE.issues(said | {"declined": 1}, AUDIT)
    yield case("a member too many", {"a": extra}, "member-invalid")


def every() -> list[Case]:
    return [*good(), *bad_signed(), *bad_receipts(), *bad_logs(), *bad_audits()]


def written() -> str:
    return json.dumps({"cases": every()}, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), "utf-8")
