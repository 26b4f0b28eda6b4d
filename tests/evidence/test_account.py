"""What of a chain can be told: the same whoever took something back, or nobody did."""

import re
from collections.abc import Sequence
from datetime import timedelta

import pytest

from gatekeeper.consent.types import OpeningId
from gatekeeper.errors import EvidenceError
from gatekeeper.evidence.account import Account, accounts
from gatekeeper.evidence.audit import leaf_of
from gatekeeper.evidence.entries import (
    Body,
    Erasure,
    MeetingSealed,
    RetentionEnded,
    decode,
)
from gatekeeper.evidence.ledger import Ledger
from gatekeeper.evidence.meeting_proof import Places, places_of
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.seal import root_from
from gatekeeper.evidence.sealing import accounted
from gatekeeper.evidence.tail import Head, Stamped, extend
from gatekeeper.evidence.tlog.note import decoded
from gatekeeper.evidence.tlog.tree import leaf_hash
from gatekeeper.storage.transactions import Transactions
from tests.evidence.people import (
    FIRST,
    NOON,
    RECORDING,
    ROOM,
    Signer,
    begins,
    captures,
    closes,
    opens,
    parts,
    whole_meeting,
    withdraws,
)

SECOND = OpeningId("second")


async def chain(writer: Transactions, bodies: Sequence[Body]) -> tuple[LedgerRow, ...]:
    """Written one a second."""
    ledger = Ledger(writer, clock=lambda: NOON)
    for number, body in enumerate(bodies):
        await ledger.append(ROOM, [body], at=NOON + timedelta(seconds=number))
    return await ledger.read(ROOM)


async def test_it_tells_each_part_as_its_people_saw_it(writer: Transactions) -> None:
    ana, ben = Signer(), Signer("ES256")
    bodies = [
        *begins(),
        opens(ana.decides(), ben.decides()),
        parts(1, ana),
        closes(),
        captures(ana),
        captures(ben),
        captures(ana, part=1),
        MeetingSealed(),
    ]
    rows = await chain(writer, bodies)

    first, second = accounted(rows)

    both = tuple(sorted((ana.key.thumbprint, ben.key.thumbprint)))
    assert first.people == both
    assert second.people == (ana.key.thumbprint,)
    assert (first.began, first.ended) == (
        NOON + timedelta(seconds=2),
        NOON + timedelta(seconds=3),
    )
    assert first.ended == second.began
    assert [file.subject for file in first.files] == list(both)
    assert [file.subject for file in second.files] == [ana.key.thumbprint]
    assert ben.key.thumbprint.encode() not in second.text()
    for each in (first, second):
        assert Account.read(each.text()) == each
        assert b'"at"' not in each.text()
        assert b"seq" not in each.text()


async def test_each_part_is_shown_to_be_in_the_meeting_s_tree_without_another(
    writer: Transactions,
) -> None:
    rows = await chain(writer, whole_meeting(Signer(), Signer()))
    [told] = accounted(rows)

    said = places_of(rows, [told.hash]).text()
    place = Places.read(said).entries[told.hash.hex()]

    root = root_from(told.hash, place.index, [decoded(each) for each in place.path])
    assert leaf_hash(root) == leaf_of(rows, len(rows) - 1)
    assert len(place.path) == 8


def plain(found: Sequence[Account], people: Sequence[Signer]) -> list[str]:
    """Without what is random in it, and times."""
    said = "\n".join(each.text().decode() for each in found)
    for number, who in enumerate(people):
        said = said.replace(who.key.thumbprint, f"person {number}")
        for value in who.key.jwk.values():
            said = said.replace(f'"{value}"', f'"key of {number}"')
    named = dict.fromkeys(re.findall(r'"statement":"([^"]+)"', said))
    for number, statement in enumerate(named):
        said = said.replace(statement, f"yes {number}")
    return sorted(re.sub(r"2026-\d\d-\d\dT[\d:.]+Z", "then", said).split("\n"))


async def test_who_has_taken_a_yes_back_and_given_another_is_not_told(
    writer: Transactions,
) -> None:
    ana, ben = sorted((Signer(), Signer()), key=lambda who: who.key.thumbprint)
    ours, again = (ana.decides(), ben.decides()), ben.decides()
    before: list[Body] = [*begins(), opens(*ours)]
    both = [captures(ana), captures(ben)]
    stopped = [
        *before,
        closes(),
        *both,
        opens(*ours, opening=SECOND),
        closes(SECOND),
        MeetingSealed(),
    ]
    taken_back = [
        *before,
        withdraws(ours[1], ben.decides("declined")),
        closes(),
        *both,
        opens(ours[0], again, opening=SECOND),
        closes(SECOND),
        MeetingSealed(),
    ]

    found = accounts(await chain(writer, stopped))
    other = accounts(await told_in(writer, taken_back))

    assert plain(found, (ana, ben)) == plain(other, (ana, ben))
    assert {len(each.grants) for each in other} == {2}
    # As all who were there have seen it, and not the other one.
    assert {grant for each in other for grant in each.grants} == {
        grant.proof for grant in ours
    }


async def told_in(writer: Transactions, bodies: Sequence[Body]) -> list[LedgerRow]:
    """The same chain, written into nothing: its rows alone."""

    stamped = [
        Stamped(body, "A" * 22, NOON + timedelta(seconds=number))
        for number, body in enumerate(bodies)
    ]
    return list(extend(ROOM, Head(0, bytes(32)), stamped, tuple)[0])


async def test_what_was_erased_or_had_its_time_is_in_the_next_seal_s_no_more(
    writer: Transactions,
) -> None:
    ana, ben = Signer(), Signer()
    rows = await chain(writer, whole_meeting(ana, ben))
    assert len(accounted(rows)[0].files) == 2
    ledger = Ledger(writer, clock=lambda: NOON + timedelta(hours=1))

    gone = Erasure(
        feature=RECORDING, subject=ana.key.thumbprint, files=1, openings=(FIRST,)
    )
    await ledger.append(ROOM, [gone])
    left = accounted(await ledger.read(ROOM))[0]
    assert [file.subject for file in left.files] == [ben.key.thumbprint]
    assert ana.key.thumbprint in left.people

    await ledger.append(ROOM, [RetentionEnded(feature=RECORDING, files=1)])
    rows = await ledger.read(ROOM)
    assert accounted(rows)[0].files == ()
    assert isinstance(decode(rows[-1].body).body, MeetingSealed)


async def test_an_account_that_does_not_follow_is_found(writer: Transactions) -> None:
    rows = await chain(writer, whole_meeting(Signer(), Signer()))
    short = [*rows[:5], *rows[6:]]

    with pytest.raises(EvidenceError, match="its account is another"):
        leaf_of(short, len(short) - 1)


async def test_a_yes_that_tells_when_it_was_given_is_in_no_account(
    writer: Transactions,
) -> None:
    ana = Signer()
    old = opens(ana.decides_earlier("v2"), Signer().decides())
    rows = await chain(writer, [*begins(), old, closes(), MeetingSealed()])

    assert accounted(rows) == ()
    assert b"account" not in rows[-1].body


async def test_a_damaged_chain_is_sealed_all_the_same(writer: Transactions) -> None:
    rows = await told_in(writer, [closes(), MeetingSealed()])

    assert b"account" not in rows[-1].body


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw + b" ",
        lambda raw: raw.replace(b'"part":0', b'"part":0.0'),
        lambda raw: raw.replace(b"{", b'{"note":1,', 1),
        lambda raw: raw.replace(b"account/v1", b"account/v2"),
    ],
)
async def test_an_account_has_one_spelling(
    writer: Transactions, change: object
) -> None:
    [told] = accounted(await chain(writer, whole_meeting(Signer())))

    with pytest.raises(EvidenceError):
        Account.read(change(told.text()))  # type: ignore[operator]
