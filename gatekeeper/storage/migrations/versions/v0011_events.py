"""What services are told of the rooms that they have opened."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Build the table."""
    op.create_table(
        "events",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("service", sa.String(64), nullable=False),
        sa.Column("meeting", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("feature", sa.String(32)),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_index("events_service", "events", ["service", "n"])
    op.create_index("events_at", "events", ["at"])
