"""How a room's gates run, as the admin has set it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GateRules:
    """Times in seconds."""

    ask_again: float
    """The pause between two questions to everybody (rule 12)."""
    longest: float
    """After it what runs is closed (rule 18)."""
    ends_without_host: bool = True
    """Whether everything closes when the last host has left (rule 18)."""
