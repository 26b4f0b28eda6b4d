"""
The tables, as SQLAlchemy sees them.

Rule 1: what is here is what the migrations build; a test compares the two.
Rule 2: nothing here is SQLite's alone.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData()


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime. Kept as text, since SQLite has no time zones."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return None if value is None else value.astimezone(UTC).isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


ledger = Table(
    "ledger",
    metadata,
    # A process that no longer owns the room collides here, and must fail closed.
    Column("meeting", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("prev", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("body", LargeBinary, nullable=False),
)

rooms = Table(
    "rooms",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("title", String(100), nullable=False),
    Column("language", String(35), nullable=False),
    Column("features", JSON, nullable=False),
    Column("host_hash", LargeBinary(32), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("ended_at", Instant),
    # Written in the transaction of `meeting.sealed`: the chain must end in its seal.
    Column("sealed", Boolean, nullable=False, server_default=false()),
    Column("locked", Boolean, nullable=False, server_default=false()),
    Column("knock", Boolean, nullable=False, server_default=false()),
    # "meeting": people see and hear each other here; "gate": somewhere else.
    Column("mode", String(16), nullable=False, server_default="meeting"),
    # The key of the service that has opened it; null: a person has.
    Column("service", String(64)),
    # Whether its engine tells who is there, and nothing runs where it does not.
    Column("presence", Boolean, nullable=False, server_default=false()),
    Index("rooms_service", "service", "opened_at"),
)

# Programs that may call the HTTP API; of a key's secret there is the digest alone.
service_keys = Table(
    "service_keys",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("secret_hash", LargeBinary(32), nullable=False),
    Column("scopes", JSON, nullable=False),
    # Whose pages may show its rooms.
    Column("origins", JSON, nullable=False, server_default="[]"),
    Column("made_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    # A day, such as 2026-11-29: when exactly is nobody's business.
    Column("last_used_on", String(10)),
)

# What services were answered, for those who ask again with the same idempotency key.
# Sealed with what only the caller has; neither key nor request can be read here.
answers = Table(
    "answers",
    metadata,
    Column("id", LargeBinary(32), primary_key=True),
    Column("service", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("request", LargeBinary(32), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("answers_service", "service", "at"),
    Index("answers_at", "at"),
)

# What services are told of the rooms that they have opened, and nothing of a person.
events = Table(
    "events",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("id", String(32), nullable=False),
    Column("service", String(64), nullable=False),
    Column("meeting", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("feature", String(32)),
    Column("at", Instant, nullable=False),
    Index("events_service", "service", "n"),
    Index("events_at", "at"),
)

# Where services have themselves told of it. What signs has to be kept as it is.
webhooks = Table(
    "webhooks",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("service", String(64), nullable=False),
    Column("url", String(2048), nullable=False),
    # Empty: of all kinds.
    Column("kinds", JSON, nullable=False),
    Column("secret", String(64), nullable=False),
    # The one before, which signs too until then.
    Column("former", String(64)),
    Column("former_until", Instant),
    Column("made_at", Instant, nullable=False),
    Index("webhooks_service", "service"),
)

# What a webhook has not taken yet; gone once it has.
deliveries = Table(
    "deliveries",
    metadata,
    Column("webhook", String(64), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("tries", Integer, nullable=False),
    # Null: it is parked, and tried again when somebody says so.
    Column("due", Instant),
    # What came of the last try, such as "500" or "timeout".
    Column("said", String(32), nullable=False),
    Index("deliveries_n", "n"),
)

# Who may come in once, as a service has said; what a token is bound to.
entries = Table(
    "entries",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("meeting", String(64), nullable=False),
    # What the service calls whoever comes by it; of no meaning here.
    Column("ref", String(128), nullable=False),
    Column("host", Boolean, nullable=False),
    Column("expires", Instant, nullable=False),
    # Who has come by it; null: nobody yet.
    Column("subject", String(64)),
)

# Whom a host has removed, as long as the meeting goes on: they must knock.
removals = Table(
    "removals",
    metadata,
    Column("meeting", String(64), primary_key=True),
    Column("subject", String(64), primary_key=True),
)

# Of people whom a gate was open for, so that films can be captioned. Apart from the
# ledger, and deletable: a name is in no entry (design.md, section 5).
names = Table(
    "names",
    metadata,
    Column("meeting", String(64), primary_key=True),
    Column("feature", String(32), primary_key=True),
    Column("subject", String(64), primary_key=True),
    Column("name", String(100), nullable=False),
)

# What is to be deleted, until it is confirmed that it is gone.
deletions = Table(
    "deletions",
    metadata,
    Column("meeting", String(64), primary_key=True),
    Column("feature", String(32), primary_key=True),
    # Empty: all of the feature, since its time is over.
    Column("subject", String(64), primary_key=True),
    # Null: all of them.
    Column("openings", JSON(none_as_null=True)),
)

# Who wants nothing new to be made of their part.
stops = Table(
    "stops",
    metadata,
    Column("meeting", String(64), primary_key=True),
    Column("feature", String(32), primary_key=True),
    Column("subject", String(64), primary_key=True),
)

# Whose links to a page afterwards were taken back, and how often.
page_links = Table(
    "page_links",
    metadata,
    Column("meeting", String(64), primary_key=True),
    Column("subject", String(64), primary_key=True),
    Column("generation", Integer, nullable=False),
)

# Who is signed in, to open rooms; of no meeting. Only the browser that is can tell who:
# what is kept of a person is sealed with what its cookie holds.
sign_ins = Table(
    "sign_ins",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("began", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

# What an admin has switched off everywhere; of no meeting. Without a row it is on.
switches = Table(
    "switches",
    metadata,
    Column("feature", String(32), primary_key=True),
    Column("since", Instant, nullable=False),
)

# Every wording that was ever in force on this server, counted from 1; the last is. A
# meeting's chain holds those that were agreed to in it, by itself.
wordings = Table(
    "wordings",
    metadata,
    Column("feature", String(32), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("since", Instant, nullable=False),
    Column("digest", String(43), nullable=False),
    # As it was shown: the texts of a notice.
    Column("wording", JSON, nullable=False),
    # As an admin has put it, with fields in braces; null: it was the file's.
    Column("given", JSON(none_as_null=True)),
)

# Every deletion that was asked for, in order: `storage.roll`.
roll = Table(
    "roll",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    # None: about no meeting.
    Column("meeting", String(64)),
    Column("line", Text, nullable=False),
    Index("roll_meeting", "meeting"),
)

# Of which meetings the evidence is gone, since its time was over, and when.
ended_evidence = Table(
    "ended_evidence",
    metadata,
    Column("meeting", String(64), primary_key=True),
    Column("ended", Instant, nullable=False),
)

# The log of seals: the hash of every perfect subtree that is whole, of leaves (level 0)
# and up. None ever changes.
log_nodes = Table(
    "log_nodes",
    metadata,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary(32), nullable=False),
)

# Which entry each leaf is; none, where there is nothing to prove any more.
log_places = Table(
    "log_places",
    metadata,
    Column("meeting", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("leaf", Integer, nullable=False),
)

# Of files that were erased, or had their time; of no meeting. Until their day is over.
taken_back = Table(
    "taken_back",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    # Such as 2026-11-29: when exactly is nobody's business.
    Column("day", String(10), nullable=False),
)

# What is said of them to anybody, a page a day: `evidence.feed`.
feed_pages = Table(
    "feed_pages",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("day", String(10), nullable=False),
    Column("text", Text, nullable=False),
)

# Who fetched what of a meeting; a line for an hour, and who, and what.
fetches = Table(
    "fetches",
    metadata,
    Column("meeting", String(64), primary_key=True),
    # "participant", with their id as who, or "console".
    Column("by", String(16), primary_key=True),
    Column("who", String(64), primary_key=True),
    Column("feature", String(32), primary_key=True),
    Column("what", String(16), primary_key=True),
    # Whose track or own copy, and of which part; else empty.
    Column("subject", String(64), primary_key=True),
    Column("part", String(80), primary_key=True),
    Column("at", Instant, primary_key=True),
    Column("times", Integer, nullable=False),
)

pulse = Table(
    "pulse",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("beats", Integer, nullable=False),
)
