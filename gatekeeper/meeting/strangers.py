"""
Strangers: people whom an engine of somebody else's has in the room, and the gate not.

Rule 1: each counts as a participant who has not answered, so that every gate is closed
as long as one is there (design.md, rule 1).
Rule 2: who makes themselves known takes their own place; who goes without that has
left, and rule 13 holds.
Rule 3: where an engine is to tell who is there, its silence keeps every gate closed.
"""

import asyncio
from collections.abc import Collection
from typing import Any

from gatekeeper.consent.types import ParticipantId
from gatekeeper.gating.shell import GateShell

GOOD_FOR = 15.0
"""Seconds that a report holds."""


class Strangers:
    """One room's."""

    def __init__(self, gates: GateShell[Any], *, told: bool) -> None:
        """`told`: whether an engine is to tell who is there."""
        self._gates = gates
        self._told = told
        self._there: frozenset[str] = frozenset()
        """Whom the engine has, by what it calls them."""
        self._known: dict[ParticipantId, str] = {}
        """What the engine calls those who are in the room, or have been."""
        self._seated: set[ParticipantId] = set()
        self._counted: dict[str, ParticipantId] = {}
        self._silence: asyncio.TimerHandle | None = None
        if told:
            gates.see(all_present=False)

    def report(self, people: Collection[str]) -> None:
        """The engine has exactly `people`; gates are closed on return if need be."""
        self._there = frozenset(people)
        self._settle()
        if self._told:
            if self._silence is not None:
                self._silence.cancel()
            loop = asyncio.get_running_loop()
            self._silence = loop.call_later(GOOD_FOR, self._fell_silent)
            self._gates.see(all_present=True)

    def arrives(
        self, participant: ParticipantId, ref: str | None, *, again: bool
    ) -> ParticipantId | None:
        """
        Somebody is given a seat: as whom they were counted until now, if at all.

        `again`: they have one already; `settled` is to follow.
        """
        if ref is not None:
            self._known[participant] = ref
        self._seated.add(participant)
        own = self._known.get(participant)
        return None if again or own is None else self._counted.pop(own, None)

    def departs(self, participant: ParticipantId) -> None:
        """Somebody has given up their seat; the engine may have them still."""
        self._seated.discard(participant)
        self._settle()

    def settled(self) -> None:
        """All that `arrives` has led to has been done."""
        self._settle()

    def end(self) -> None:
        """Nothing is waited for any more. Idempotent."""
        if self._silence is not None:
            self._silence.cancel()

    def _settle(self) -> None:
        """Count whom the engine has and the room has not, and nobody else."""
        here = {self._known[who] for who in self._seated if who in self._known}
        strangers = self._there - here
        for ref in sorted(strangers - self._counted.keys()):
            self._counted[ref] = who = ParticipantId(f"stranger:{ref}")
            self._gates.join(who, {}, host=False)
        for ref in sorted(self._counted.keys() - strangers):
            self._gates.leave(self._counted.pop(ref))

    def _fell_silent(self) -> None:
        self._gates.see(all_present=False)
