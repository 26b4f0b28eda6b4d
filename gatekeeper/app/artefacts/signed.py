"""
What a gate has signed: receipts and audit documents, one a line, or a copy to be read.

A copy that can be read is a JSON object: all that was signed, and `signed`, the signed
text itself. It counts only if both say the same.
"""

from collections.abc import Iterator
from typing import Any

from gatekeeper.app.artefacts.beside import Beside
from gatekeeper.app.artefacts.held import Held
from gatekeeper.app.artefacts.verdict import Verdict
from gatekeeper.errors import EvidenceError, ReceiptUnreadable
from gatekeeper.evidence import audit_document
from gatekeeper.evidence.audit_document import AuditDocument, verify_document
from gatekeeper.evidence.canonical import difference
from gatekeeper.evidence.compact import Header, payload
from gatekeeper.evidence.faults import Fault, broken
from gatekeeper.evidence.receipt import Receipt, verify_receipt
from gatekeeper.evidence.receipt_file import ADDRESS


def is_receipt(held: Held) -> bool:
    """Whether it is lines of signed texts, or a copy of one."""
    return _texts(held) is not None and not is_audit(held)


def is_audit(held: Held) -> bool:
    """Whether what is signed in it is what an admin exports of a meeting."""
    texts = _texts(held)
    return texts is not None and _typ(texts[0]) == audit_document.MEDIA_TYPE


def verify(held: Held, beside: Beside) -> Iterator[Verdict]:
    """A verdict for each signed text in it. Raises `ReceiptUnreadable`."""
    texts = _texts(held) or ()
    copy = {name: v for name, v in held.members.items() if name != "signed"}
    for number, text in enumerate(texts, start=1):
        where = str(held.path) if len(texts) == 1 else f"{held.path}:{number}"
        yield judge(where, text, beside, copy or None)


def judge(
    where: str, text: str, beside: Beside, copy: dict[str, Any] | None = None
) -> Verdict:
    """What came of one signed text. Raises `ReceiptUnreadable`."""
    try:
        if _typ(text) == audit_document.MEDIA_TYPE:
            told = _audit(verify_document(text, beside.pinned))
        else:
            told = _receipt(verify_receipt(text, beside.pinned), beside)
        if copy is not None and (at := difference(copy, payload(text))) is not None:
            raise broken(Fault.COPY_DIFFERS, at)
    except EvidenceError as exc:
        if exc.code == Fault.KEY_NEEDED:
            raise ReceiptUnreadable(
                f"{where}: this receipt is of a time when they carried no key. Name "
                f"the gate's with --key; its server has it at {ADDRESS}.",
                code=Fault.KEY_NEEDED,
            ) from exc
        return Verdict.of(where, exc)
    kid = Header.read(text).kid if beside.keys is None else None
    return Verdict(where, "good", told, kid)


def _receipt(found: Receipt, beside: Beside) -> str:
    at = found.position
    said = "allowed" if found.event == "granted" else "taken back"
    told = (
        f"{found.notice.feature} {said} {at.at}, meeting {at.meeting}, entry {at.hash}"
    )
    try:
        place = beside.in_log(found)
    except EvidenceError as exc:
        why = f"is not shown to be in the log: {exc}"
        raise EvidenceError(why, code=exc.code) from exc
    return told if place is None else f"{told}, in the log {place}"


def _audit(found: AuditDocument) -> str:
    state = "sealed" if found.sealed else "open"
    return (
        f"meeting {found.meeting}, {state}, {len(found.openings)} openings, "
        f"checked {found.checked_at}"
    )


def _typ(text: str) -> str | None:
    try:
        return Header.read(text).typ
    except EvidenceError:
        return None


def _texts(held: Held) -> list[str] | None:
    """Signed texts, as far as one sees from outside; None if it holds none."""
    if held.text is None:
        return None
    within = held.members.get("signed")
    if isinstance(within, str):
        return [within]
    lines = held.text.split()
    seen = any(line.startswith("eyJ") and "." in line for line in lines)
    return lines if seen and held.text.isascii() else None
