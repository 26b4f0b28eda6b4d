"""Who may come into a room: locked, knocking, and whom a host has removed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns and the table."""
    for name in ("locked", "knock"):
        column = sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())
        op.add_column("rooms", column)
    op.create_table(
        "removals",
        sa.Column("meeting", sa.String(64), primary_key=True),
        sa.Column("subject", sa.String(64), primary_key=True),
    )
