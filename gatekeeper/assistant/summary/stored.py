"""A room's summary as a file, and what people said is wrong in it."""

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from gatekeeper.assistant.summary.document import Item, SectionKind, Summary
from gatekeeper.assistant.transcript.lines import LineId
from gatekeeper.errors import EvidenceError

NAME = "summary.json"


class Wrong(BaseModel):
    """An item that somebody said is wrong; it does not come back."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: SectionKind
    lines: frozenset[LineId]
    """The lines that it rested on."""


class Stored(BaseModel):
    """One room's summary."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    summary: Summary | None = None
    """None: nothing was said."""
    heard: frozenset[LineId] = frozenset()
    """The lines that it was made of; their words may be gone."""
    wrong: tuple[Wrong, ...] = ()
    fault: str | None = None
    """The code of the fault for which the model did not write it; quotes picked by
    rules stand in then."""

    def corrected(self, summary: Summary) -> Summary:
        """`summary` without what is known to be wrong."""
        known = {(wrong.kind, wrong.lines) for wrong in self.wrong}
        sections = (
            section.model_copy(
                update={
                    "items": tuple(
                        item
                        for item in section.items
                        if (section.kind, _rests_on(item)) not in known
                    )
                }
            )
            for section in summary.sections
        )
        left = tuple(section for section in sections if section.items)
        return summary.model_copy(update={"sections": left})

    def without(self, item_id: str) -> "Stored | None":
        """Without an item, for good; None if there is none of that id."""
        if self.summary is None:
            return None
        for section in self.summary.sections:
            for item in section.items:
                if item.id == item_id:
                    wrong = Wrong(kind=section.kind, lines=_rests_on(item))
                    rest = self.summary.without(lambda it: it.id != item_id)
                    return self.model_copy(
                        update={"summary": rest, "wrong": (*self.wrong, wrong)}
                    )
        return None


def load(folder: Path) -> Stored | None:
    """What is in a folder; None if nothing. Raises `OSError`, `EvidenceError`."""
    try:
        text = (folder / NAME).read_text("utf-8")
    except FileNotFoundError:
        return None
    try:
        return Stored.model_validate_json(text)
    except ValidationError as exc:
        raise EvidenceError("the summary's file cannot be read") from exc


def save(folder: Path, stored: Stored) -> None:
    """Put it there, whole or not at all. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{NAME}.new"
    plain = stored.model_dump(mode="json")
    fresh.write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
    fresh.replace(folder / NAME)


def remove(folder: Path) -> bool:
    """Delete it; whether it was there. Raises `OSError`."""
    there = (folder / NAME).exists()
    for name in (NAME, f"{NAME}.new"):
        (folder / name).unlink(missing_ok=True)
    return there


def _rests_on(item: Item) -> frozenset[LineId]:
    return frozenset(quote.line for quote in item.quotes)
