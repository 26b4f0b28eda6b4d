"""
A person's own copy: all that is held of them of one meeting, and of nobody else.

Rule 1: a film shows others, so it is not part of it; their own tracks are.
Rule 2: what is to be deleted is in no copy, from the moment it was asked for.
Rule 3: receipts are issued anew from the ledger, since none is kept here.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from gatekeeper.archive.catalogue import kept_on_record
from gatekeeper.archive.faults import MeetingUnknown
from gatekeeper.archive.kept import Kept
from gatekeeper.archive.own.entries import OwnChain, own_chain
from gatekeeper.archive.own.readme import readme
from gatekeeper.archive.own.subject import Subject, features_of
from gatekeeper.archive.own.words import as_json, own_items, own_lines
from gatekeeper.archive.own.zipped import Content, zipped
from gatekeeper.clock import moment
from gatekeeper.consent.types import FeatureId, ParticipantId
from gatekeeper.errors import ForgedStatement
from gatekeeper.evidence.history import Captured, Part
from gatekeeper.evidence.key import ParticipantKey
from gatekeeper.evidence.presence import Presence
from gatekeeper.evidence.receipt import Receipts
from gatekeeper.evidence.statement import SignedDecision, read_decision


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """What one person gets."""

    data: Path
    subject: Subject
    kept: Kept
    """What the database tells of the meeting."""
    receipts: Receipts
    at: datetime

    @classmethod
    def read(
        cls,
        data: Path,
        subject: Subject,
        receipts: Receipts,
        at: datetime,
        connection: Connection,
    ) -> "OwnCopy":
        """In one transaction. Raises `MeetingUnknown`, `EvidenceError`."""
        kept = kept_on_record(subject.room, connection)
        if not features_of(kept.history, subject.participant):
            raise MeetingUnknown
        return cls(data, subject, kept, receipts, at)

    @property
    def features(self) -> tuple[FeatureId, ...]:
        """Of which something is in it."""
        return features_of(self.kept.history, self.subject.participant)

    def chunks(self) -> Iterator[bytes]:
        """The archive, by and by. Blocks. Raises `OSError`, `EvidenceError`."""
        return zipped(self.members(), self.at)

    def members(self) -> Iterator[tuple[str, Content]]:
        """What is in it, by name. Blocks. Raises `OSError`, `EvidenceError`."""
        who = self.subject.participant
        chain = own_chain(self.kept.chain, who)
        yield "README.txt", self._readme().encode()
        yield "about-you.json", _json(_about(self.kept, who))
        yield "ledger.json", _json(chain.entries)
        for number, (name, receipt) in enumerate(self._receipts(chain), start=1):
            yield f"receipts/{number:03} {name}.jws", receipt.encode()
        for track in self._tracks():
            yield _name(track), self.data / track.place(self.kept.room).path
        lines = own_lines(self.data, self.kept, who)
        items = own_items(self.data, self.kept, who)
        if lines or items:
            said = {feature: as_json(theirs) for feature, theirs in lines.items()}
            yield "words.json", _json({"lines": said, "summary": items})

    def _readme(self) -> str:
        called = dict.fromkeys(
            names[self.subject.participant]
            for names in self.kept.names.values()
            if self.subject.participant in names
        )
        times = [part.began for part in self._parts()]
        ends = [part.ended for part in self._parts() if part.ended is not None]
        controller = self.receipts.controller
        return readme(
            self.subject.language,
            {
                "meeting": self.kept.room,
                "you": self.subject.participant,
                "called": ", ".join(called) or "-",
                "from": f"{min(times):%Y-%m-%d %H:%M}" if times else "-",
                "to": f"{max(ends):%Y-%m-%d %H:%M}" if ends else "-",
                "controller": ", ".join(
                    filter(
                        None, (controller.name, controller.place, controller.contact)
                    )
                )
                or "-",
                "made": f"{self.at:%Y-%m-%d %H:%M}",
            },
        )

    def _parts(self) -> list[Part]:
        mine = Presence(self.kept.history, self.subject.participant)
        features = features_of(self.kept.history, self.subject.participant)
        return [part for feature in features for part in mine.attended(feature)]

    def _tracks(self) -> list[Captured]:
        return [
            track
            for track in self.kept.history.captured
            if track.participant == self.subject.participant
            and not self.kept.goes(track.feature, track.participant, track.opening)
        ]

    def _receipts(self, chain: OwnChain) -> Iterator[tuple[str, str]]:
        for grant in chain.grants:
            issue = partial(
                self.receipts.granted, notice=grant.notice, written=grant.row
            )
            decision = grant.recorded.decision()
            yield f"{decision.feature} granted", issue(decision)
        for each in chain.withdrawals:
            decision = each.grant.recorded.decision()
            yield (
                f"{decision.feature} withdrawn",
                self.receipts.withdrawn(
                    decision,
                    withdrawal=_signed(each.statement, decision.key),
                    notice=each.grant.notice,
                    written=each.row,
                ),
            )


def _about(kept: Kept, who: ParticipantId) -> Mapping[str, Any]:
    mine = Presence(kept.history, who)
    features = features_of(kept.history, who)
    return {
        "meeting": kept.room,
        "you": who,
        "names": {f: names[who] for f, names in kept.names.items() if who in names},
        "stopped": sorted(f for f, people in kept.stopped.items() if who in people),
        "present": [
            {
                "feature": feature,
                "opening": part.opening,
                "part": part.number,
                "from": moment(part.began),
                "to": moment(part.ended) if part.ended else None,
            }
            for feature in features
            for part in mine.attended(feature)
        ],
        "fetched": [
            {
                "by": line.fetch.who or line.fetch.by,
                "feature": line.fetch.feature,
                "what": line.fetch.what,
                "whose": line.fetch.subject or None,
                "at": moment(line.at),
                "times": line.times,
            }
            for line in kept.seen_by(who).fetched
            if line.fetch.subject in ("", who)  # others' tracks are theirs
        ],
        "erased": {
            feature: moment(at)
            for feature in features
            if (at := kept.history.erased_at(feature, who)) is not None
        },
        "being_erased": sorted(d.feature for d in kept.going if d.subject == who),
        "time_is_over": {
            feature: moment(at)
            for feature, at in kept.history.over.items()
            if feature in features
        },
    }


def _name(track: Captured) -> str:
    """By when it was, so that a folder sorts by it."""
    when = f"{track.first:%Y-%m-%d %H.%M.%S}" if track.first else "-"
    part = f"{track.opening[:8]}.{track.part}"
    return f"media/{track.feature}/{when} {track.source} {part}.webm"


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _signed(statement: str | None, key: ParticipantKey) -> SignedDecision | None:
    if statement is None:
        return None
    try:
        return read_decision(statement, key=key)
    except ForgedStatement:
        return None  # of an earlier version, and of no use in a receipt
