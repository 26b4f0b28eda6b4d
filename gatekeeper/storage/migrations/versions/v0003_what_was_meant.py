"""Deletions name the openings that they cover; who has stopped their part."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column and the table."""
    op.add_column("deletions", sa.Column("openings", sa.JSON(none_as_null=True)))
    op.create_table(
        "stops",
        sa.Column("meeting", sa.String(64), primary_key=True),
        sa.Column("feature", sa.String(32), primary_key=True),
        sa.Column("subject", sa.String(64), primary_key=True),
    )
