"""The document of the protocol, as somebody reads it who writes a client."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROOT = Path(__file__).parents[2]
PAPER = ROOT / "docs" / "protocol.md"
TEXT = PAPER.read_text("utf-8")
MARKS = re.compile(r"(<!-- generated: ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
PROSE = MARKS.sub("", TEXT)
"""What people wrote."""
FENCE = re.compile(r"^( *)```(\S*) ?(\S*)\n(.*?)\n\1```$", re.DOTALL | re.MULTILINE)

Json = dict[str, Any]


def examples(kind: str) -> list[str]:
    """The examples of a kind, as they stand in the document."""
    return [
        re.sub(rf"^{indent}", "", text, flags=re.MULTILINE)
        for indent, language, said, text in FENCE.findall(TEXT)
        if (said if language == "json" else language) == kind
    ]


def example(kind: str, type_: str = "") -> Json:
    """The first example of a kind, and of a type of message."""
    read: list[Json] = [json.loads(text) for text in examples(kind)]
    return next(each for each in read if not type_ or each["type"] == type_)


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def canonical(members: Json) -> str:
    """As the document says: alphabetical, without spaces, UTF-8."""
    return json.dumps(
        members, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def sha256(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def signed(private: Ed25519PrivateKey, statement: Json) -> str:
    header = canonical({"alg": "Ed25519"})
    body = f"{b64(header.encode())}.{b64(canonical(statement).encode())}"
    return f"{body}.{b64(private.sign(body.encode()))}"
