"""
Sealing: what a meeting's seal says, and what stands in its tree.

Rule: a seal names the account that goes with it (`evidence.account`), or none, as those
do that are from before there were any.
"""

from collections.abc import Callable, Sequence

from gatekeeper.errors import EvidenceError
from gatekeeper.evidence import account
from gatekeeper.evidence.entries import MeetingSealed, decode
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.seal import Seal


def seal_body(read: Callable[[], Sequence[LedgerRow]]) -> MeetingSealed:
    """What seals a chain that ends in the entries that `read` reads."""
    try:
        return MeetingSealed(account=account.digest(account.accounts(read())))
    except (EvidenceError, LookupError):
        # Damaged, which an audit tells of; it is over all the same.
        return MeetingSealed()


def seal_of(rows: Sequence[LedgerRow]) -> Seal:
    """
    The tree of a chain that ends in this seal.

    Raises `EvidenceError` if its account is not the one that the seal names.
    """
    own = [row.hash for row in rows]
    return Seal([*own, *(each.hash for each in accounted(rows))], rows[-1].body)


def accounted(rows: Sequence[LedgerRow]) -> Sequence[account.Account]:
    """
    The accounts that go with the seal at the end of a chain.

    Raises `EvidenceError` if they are not those that the seal names.
    """
    body = decode(rows[-1].body).body
    if not isinstance(body, MeetingSealed) or body.account is None:
        return ()
    found = account.accounts(rows)
    if account.digest(found) != body.account:
        raise EvidenceError("its account is another than that of the entries before it")
    return found
