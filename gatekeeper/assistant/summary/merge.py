"""
Merging: what the chunks gave, as the sections of one summary.

Rule: nothing is written here, and no model asked: of two items that say the same of the
same line one is kept.
"""

from collections import defaultdict
from collections.abc import Sequence

from gatekeeper.assistant.summary.checks import Checked, same
from gatekeeper.assistant.summary.document import Section, SectionKind
from gatekeeper.assistant.transcript.lines import LineId

_ORDER: tuple[SectionKind, ...] = ("topics", "decisions", "todos", "questions")


def sections(found: Sequence[Checked]) -> tuple[Section, ...]:
    """The sections that have items; items in the order in which they came up."""
    kept = _distinct(found)
    made = []
    for kind in _ORDER:
        of_kind = [it.item for it in kept if it.kind == kind]
        of_kind.sort(key=lambda item: item.quotes[0].at)
        if of_kind:
            made.append(Section(kind=kind, items=tuple(of_kind)))
    return tuple(made)


def _distinct(found: Sequence[Checked]) -> list[Checked]:
    kept: dict[int, Checked] = {}
    citing: dict[LineId, list[int]] = defaultdict(list)
    for at, one in enumerate(found):
        rivals = dict.fromkeys(it for line in one.cited for it in citing[line])
        twin = next((it for it in rivals if same(kept[it], one)), None)
        if twin is not None:
            kept[twin] = _better(kept[twin], one)
            continue
        kept[at] = one
        for line in one.cited:
            citing[line].append(at)
    return list(kept.values())


def _better(one: Checked, other: Checked) -> Checked:
    """The one that says more of who and when; the earlier one, if both say as much."""

    def told(it: Checked) -> int:
        return (it.item.owner is not None) + (it.item.due is not None)

    return other if told(other) > told(one) else one
