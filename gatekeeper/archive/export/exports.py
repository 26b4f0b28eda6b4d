"""
Exports: gathered for one person, from what is kept just now.

Rule: of a meeting that is not sealed, or was before there were accounts, there is none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from gatekeeper.archive.catalogue import Catalogue
from gatekeeper.archive.export.export import Export, Filmed
from gatekeeper.archive.kept import Kept, KeptView
from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import NoticeDigest, ParticipantId
from gatekeeper.errors import EvidenceError, LedgerUnavailable
from gatekeeper.evidence.account import Account
from gatekeeper.evidence.entries import NoticePublished, decode
from gatekeeper.evidence.gate_key import GateKey
from gatekeeper.evidence.history import Captured
from gatekeeper.evidence.meeting_proof import check_entries, places_of
from gatekeeper.evidence.row import LedgerRow
from gatekeeper.evidence.sealing import accounted
from gatekeeper.evidence.tlog.seal_log import SealLog
from gatekeeper.media.film.films import Films
from gatekeeper.storage.in_thread import in_thread
from gatekeeper.storage.rooms import RoomRecord

TRIES = 3
"""Times that it is begun again, if the meeting is sealed anew meanwhile."""


@dataclass(frozen=True, slots=True)
class Exports:
    """Makes them."""

    data: Path
    catalogue: Catalogue
    films: Films
    log: SealLog
    key: GateKey
    clock: Callable[[], datetime]

    async def of(
        self, record: RoomRecord, viewer: ParticipantId, language: str
    ) -> Export | None:
        """
        What somebody may have; None if there is nothing to prove to them.

        Raises `LedgerUnavailable`, `OSError`.
        """
        return await self._proved(record, partial(self._seen, viewer, language))

    async def proof_of(self, record: RoomRecord, language: str) -> Export | None:
        """The same of the whole meeting, without a file or a name."""
        return await self._proved(record, partial(self._answered_for, language))

    async def _proved(
        self, record: RoomRecord, choose: Callable[[Kept], "_Chosen"]
    ) -> Export | None:
        if not record.sealed:
            return None
        for _ in range(TRIES):
            kept = await self.catalogue.kept(record)
            chosen = await in_thread(choose, kept)
            if not chosen.told:
                return None
            proof = await self._proof(kept, chosen.told)
            if proof is not None:
                return self._export(kept, chosen, proof)
        raise LedgerUnavailable

    async def _proof(self, kept: Kept, told: Sequence[Account]) -> str | None:
        """None if the meeting has been sealed anew since it was read."""
        hashes = [each.hash for each in told]
        places = await in_thread(places_of, kept.chain, hashes)
        proof = await self.log.proof(kept.room, places.text())
        if proof is None:
            return None
        try:
            check_entries(proof, self.log.keys)
        except EvidenceError:
            return None
        return proof.text()

    def _seen(self, viewer: ParticipantId, language: str, kept: Kept) -> "_Chosen":
        """Of what there is what somebody may see."""
        view = kept.seen_by(viewer)
        told = _told(view)
        features = dict.fromkeys(each.feature for each in told)
        return _Chosen(
            told,
            language,
            {who: n for f in features for who, n in view.names(f).items()},
            [track for f in features for track in view.tracks(f)],
            [
                Filmed(feature, film, self.films.folder(kept.room, feature) / film.name)
                for feature in features
                if (film := view.film(feature)) is not None
            ],
        )

    def _answered_for(self, language: str, kept: Kept) -> "_Chosen":
        """Of what there is what tells of it."""
        told = accounted(kept.chain)
        features = dict.fromkeys(each.feature for each in told)
        films = [
            Filmed(feature, film, None)
            for feature in features
            if (index := kept.film(feature).films) is not None
            for film in index.films
        ]
        return _Chosen(told, language, {}, [], films)

    def _export(self, kept: Kept, chosen: "_Chosen", proof: str) -> Export:
        named = {digest for each in chosen.told for digest in each.notices}
        return Export(
            data=self.data,
            room=kept.room,
            people=chosen.people,
            language=chosen.language,
            accounts=chosen.told,
            notices={
                digest: notice
                for digest, notice in _wordings(kept.chain).items()
                if digest in named
            },
            tracks=chosen.tracks,
            films=chosen.films,
            proof=proof,
            key=self.key,
            log_keys=self.log.keys,
            at=self.clock(),
        )


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What of a meeting is to be exported."""

    told: Sequence[Account]
    language: str
    people: Mapping[ParticipantId, str]
    tracks: Sequence[Captured]
    films: Sequence[Filmed]


def _told(view: KeptView) -> tuple[Account, ...]:
    """The accounts of the parts that somebody may see."""
    seen = {
        part
        for feature in {s.feature for s in view.kept.history.stretches}
        for part in view.parts(feature)
    }
    return tuple(
        each for each in accounted(view.kept.chain) if (each.opening, each.part) in seen
    )


def _wordings(rows: Sequence[LedgerRow]) -> dict[NoticeDigest, Notice]:
    bodies = (decode(row.body).body for row in rows)
    return {b.digest: b.wording for b in bodies if isinstance(b, NoticePublished)}
