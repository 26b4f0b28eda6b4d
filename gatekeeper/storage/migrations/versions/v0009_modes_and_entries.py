"""Whose the media of a room are, whose key opened it, and who may come in once."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the columns and the table."""
    mode = sa.Column("mode", sa.String(16), nullable=False, server_default="meeting")
    op.add_column("rooms", mode)
    op.add_column("rooms", sa.Column("service", sa.String(64)))
    presence = sa.Column(
        "presence", sa.Boolean, nullable=False, server_default=sa.false()
    )
    op.add_column("rooms", presence)
    op.create_table(
        "entries",
        sa.Column("token_hash", sa.LargeBinary(32), primary_key=True),
        sa.Column("meeting", sa.String(64), nullable=False),
        sa.Column("ref", sa.String(128), nullable=False),
        sa.Column("host", sa.Boolean, nullable=False),
        sa.Column("expires", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(64)),
    )
