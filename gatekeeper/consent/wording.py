"""
The built-in notices, in English and German.

Rule 1: present tense, plain words, no thanks, no plea (fair-consent W1 to W4).
Rule 2: what the configuration decides is a field in braces and filled from the
configuration in force, so that other settings make another digest.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from gatekeeper.consent.notice import Notice
from gatekeeper.consent.types import ContentKind, FeatureId, LanguageTag, SharedWith


@dataclass(frozen=True, slots=True)
class Wording:
    """A notice before the configuration has filled it in."""

    name: str
    object: str
    meaning: str
    captured: str
    purpose: str
    processor: str
    recipients: str
    retention: str
    withdrawal: str

    def fill(
        self, feature: FeatureId, language: LanguageTag, facts: Mapping[str, str]
    ) -> Notice:
        """The notice for `facts`. Raises `KeyError` for a field that is not there."""
        return Notice(
            feature=feature,
            language=language,
            name=self.name,
            object=self.object,
            meaning=self.meaning.format_map(facts),
            captured=self.captured.format_map(facts),
            purpose=self.purpose.format_map(facts),
            processor=self.processor.format_map(facts),
            recipients=self.recipients.format_map(facts),
            retention=self.retention.format_map(facts),
            withdrawal=self.withdrawal.format_map(facts),
        )


LANGUAGES = (LanguageTag("en"), LanguageTag("de"))
"""The languages that the built-in notices and the client are written in."""

_EN_WITHDRAWAL = "One click in the room, at any time"
_DE_WITHDRAWAL = "Ein Klick im Raum, jederzeit"
_EN_AFTERWARDS = "One click in the room, or on its page afterwards"
_DE_AFTERWARDS = "Ein Klick im Raum oder danach auf der Seite dazu"
_RECIPIENTS = "{recipients}"
"""Who gets it: as the feature's `shared_with` says (`recipients`)."""
_EN_WORDS_GO = "{kept}. The words it is made of: only until it is written"
_DE_WORDS_GO = "{kept}. Die Worte, aus denen sie entsteht: nur, bis sie fertig ist"

BUILT_IN: Mapping[str, Mapping[str, Wording]] = {
    "recording": {
        "en": Wording(
            name="Recording",
            object="recording",
            meaning="Films the meeting, so that it can be watched again.",
            captured="Your picture, your voice and any screen you share",
            purpose="Watching the meeting again",
            processor="This server{run_by}",
            recipients=_RECIPIENTS,
            retention="{kept}",
            withdrawal=_EN_AFTERWARDS,
        ),
        "de": Wording(
            name="Aufzeichnung",
            object="Aufzeichnung",
            meaning="Filmt die Besprechung, damit man sie noch einmal ansehen kann.",
            captured="Dein Bild, deine Stimme und jeder Bildschirm, den du teilst",
            purpose="Die Besprechung noch einmal ansehen",
            processor="Dieser Server{run_by}",
            recipients=_RECIPIENTS,
            retention="{kept}",
            withdrawal=_DE_AFTERWARDS,
        ),
    },
    "transcript": {
        "en": Wording(
            name="Transcript",
            object="transcript",
            meaning="Writes down what is said, with the speaker and the time.",
            captured="Your voice, turned into text",
            purpose="Minutes, and finding what was said",
            processor="{processor}",
            recipients=_RECIPIENTS,
            retention="{kept}",
            withdrawal=_EN_AFTERWARDS,
        ),
        "de": Wording(
            name="Mitschrift",
            object="Mitschrift",
            meaning="Schreibt auf, was gesagt wird, mit Person und Zeit.",
            captured="Deine Stimme, in Text verwandelt",
            purpose="Protokoll, und finden, was gesagt wurde",
            processor="{processor}",
            recipients=_RECIPIENTS,
            retention="{kept}",
            withdrawal=_DE_AFTERWARDS,
        ),
    },
    "summary": {
        "en": Wording(
            name="AI summary",
            object="AI summary",
            meaning="Turns the words spoken into decisions and tasks, with quotes.",
            captured="What you say, with your name",
            purpose="A one-page record of what was decided",
            processor="{processor}",
            recipients=_RECIPIENTS,
            retention=_EN_WORDS_GO,
            withdrawal=_EN_AFTERWARDS,
        ),
        "de": Wording(
            name="KI-Zusammenfassung",
            object="KI-Zusammenfassung",
            meaning="Macht aus dem Gesagten Beschlüsse und Aufgaben, mit Zitaten.",
            captured="Was du sagst, mit deinem Namen",
            purpose="Eine Seite darüber, was beschlossen wurde",
            processor="{processor}",
            recipients=_RECIPIENTS,
            retention=_DE_WORDS_GO,
            withdrawal=_DE_AFTERWARDS,
        ),
    },
    "compose": {
        "en": Wording(
            name="AI compose",
            object="AI compose",
            meaning="Reads the chat to draft a message for a person who asks for one.",
            captured="Chat messages you write while it is on",
            purpose="A draft that a person can edit and send",
            processor="{processor}",
            recipients="Only the person who asked for the draft",
            retention="Not kept: a draft goes when it is sent or closed",
            withdrawal=_EN_WITHDRAWAL,
        ),
        "de": Wording(
            name="KI-Entwurf",
            object="KI-Entwurf",
            meaning="Liest den Chat, um auf Wunsch eine Nachricht zu entwerfen.",
            captured="Chatnachrichten, die du schreibst, solange er an ist",
            purpose="Ein Entwurf, den ein Mensch ändern und senden kann",
            processor="{processor}",
            recipients="Nur wer um den Entwurf gebeten hat",
            retention="Nicht behalten: Ein Entwurf verschwindet mit dem Senden",
            withdrawal=_DE_WITHDRAWAL,
        ),
    },
}

BY_RULES: Mapping[str, Mapping[str, Wording]] = {
    "summary": {
        "en": Wording(
            name="Highlights",
            object="highlights",
            meaning="Picks quotes from what is said: possible decisions and tasks.",
            captured="What you say, with your name",
            purpose="A page of quotes to remember the meeting by",
            processor="{processor}",
            recipients=_RECIPIENTS,
            retention=_EN_WORDS_GO,
            withdrawal=_EN_AFTERWARDS,
        ),
        "de": Wording(
            name="Auszüge",
            object="Auszüge",
            meaning="Wählt Zitate aus dem Gesagten: mögliche Beschlüsse und Aufgaben.",
            captured="Was du sagst, mit deinem Namen",
            purpose="Eine Seite mit Zitaten, um sich zu erinnern",
            processor="{processor}",
            recipients=_RECIPIENTS,
            retention=_DE_WORDS_GO,
            withdrawal=_DE_AFTERWARDS,
        ),
    },
    "compose": {
        "en": Wording(
            name="Chat recap",
            object="chat recap",
            meaning="Reads the chat to pick quotes for a person who asks for them.",
            captured="Chat messages you write while it is on",
            purpose="Quotes that a person can edit and send",
            processor="{processor}",
            recipients="Only the person who asked for the recap",
            retention="Not kept: a recap goes when it is sent or closed",
            withdrawal=_EN_WITHDRAWAL,
        ),
        "de": Wording(
            name="Chat-Rückblick",
            object="Chat-Rückblick",
            meaning="Liest den Chat, um auf Wunsch Zitate daraus zu wählen.",
            captured="Chatnachrichten, die du schreibst, solange er an ist",
            purpose="Zitate, die ein Mensch ändern und senden kann",
            processor="{processor}",
            recipients="Nur wer um den Rückblick gebeten hat",
            retention="Nicht behalten: Ein Rückblick verschwindet mit dem Senden",
            withdrawal=_DE_WITHDRAWAL,
        ),
    },
}
"""The wording of what is done without a model, which is something else."""

BUILT_IN_KINDS: Mapping[str, tuple[ContentKind, ...]] = {
    "recording": (ContentKind.AUDIO, ContentKind.VIDEO, ContentKind.SCREEN),
    "transcript": (ContentKind.AUDIO,),
    "summary": (ContentKind.AUDIO,),
    "compose": (ContentKind.CHAT,),
}


def kept(hours: int, language: LanguageTag) -> str:
    """How long something is kept, as a notice says it."""
    count, unit = (hours, "hour") if hours % 24 else (hours // 24, "day")
    if language == "de":
        one, many = _DE_UNITS[unit]
        name = one if count == 1 else many
        return f"{count} {name} nach der Besprechung, dann gelöscht"
    name = unit if count == 1 else f"{unit}s"
    return f"{count} {name} after the meeting, then deleted"


_DE_UNITS = {"hour": ("Stunde", "Stunden"), "day": ("Tag", "Tage")}


def recipients(
    shared_with: SharedWith | None, language: LanguageTag, facts: Mapping[str, str]
) -> str:
    """
    Who gets what is kept (design.md, rule 19), with `facts` of `operator`.

    None: another program keeps it, and this one cannot say more than who is in it.
    """
    return _GETS[shared_with][language].format_map(facts)


_GETS: Mapping[SharedWith | None, Mapping[str, str]] = {
    SharedWith.PRESENT: {
        "en": "You get what you were there for, and so does everybody else; "
        "all of it: {operator}",
        "de": "Du bekommst das, wobei du dabei warst; für die anderen gilt das auch; "
        "alles: {operator}",
    },
    SharedWith.MEETING: {
        "en": "All of it goes to everybody who was there for any part of it, "
        "and to {operator}",
        "de": "Alles bekommen alle, die irgendwann dabei waren, und {operator}",
    },
    None: {
        "en": "The people who are in it, and {operator}",
        "de": "Wer darin vorkommt, und {operator}",
    },
}


def operator(name: str, place: str, language: LanguageTag) -> dict[str, str]:
    """Who runs the server, as the fields `run_by` and `operator` of a notice."""
    where = f" ({place})" if place else ""
    if language == "de":
        by = f", betrieben von {name}{where}" if name else ""
        return {"run_by": by, "operator": name or "wer diesen Server betreibt"}
    by = f", run by {name}{where}" if name else ""
    return {"run_by": by, "operator": name or "the people who run this server"}
