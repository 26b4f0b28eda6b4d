"""Keys of services, what they were answered, and the rooms that each has opened."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Build the tables, and the index."""
    op.create_table(
        "service_keys",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("revoked_at", sa.String(32)),
        sa.Column("last_used_on", sa.String(10)),
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.LargeBinary(32), primary_key=True),
        sa.Column("service", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("request", sa.LargeBinary(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_index("answers_service", "answers", ["service", "at"])
    op.create_index("answers_at", "answers", ["at"])
    op.create_index("rooms_service", "rooms", ["service", "opened_at"])
