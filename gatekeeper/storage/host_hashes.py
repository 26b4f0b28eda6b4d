"""The hash of each room's host capability, as its register has it."""

from sqlalchemy import Connection, update

from gatekeeper.consent.types import RoomId
from gatekeeper.storage import tables
from gatekeeper.storage.roll import HostMade
from gatekeeper.storage.taken_back import TakenBack


def put_host(room: RoomId, host_hash: bytes, connection: Connection) -> None:
    """Another host capability is good, in this transaction."""
    table = tables.rooms
    connection.execute(
        update(table).where(table.c.id == room).values(host_hash=host_hash)
    )


def set_host(
    room: RoomId, host_hash: bytes, noted: TakenBack | None, connection: Connection
) -> None:
    """The same, noted for restores."""
    put_host(room, host_hash, connection)
    _note(room, host_hash, noted, connection)


def _note(
    room: RoomId, host_hash: bytes, noted: TakenBack | None, connection: Connection
) -> None:
    if noted is not None:
        noted.note(HostMade(room=room, host_hash=host_hash.hex()), connection)


def replace_host(
    room: RoomId,
    old: bytes,
    new: bytes,
    noted: TakenBack | None,
    connection: Connection,
) -> bool:
    """The same, unless the old one is another one by now; whether it was."""
    table = tables.rooms
    whose = (table.c.id == room) & (table.c.host_hash == old)
    changed = connection.execute(update(table).where(whose).values(host_hash=new))
    if changed.rowcount != 1:
        return False
    _note(room, new, noted, connection)
    return True
