"""Names that can be deleted, and what is to be deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Build the two tables."""
    op.create_table(
        "names",
        sa.Column("meeting", sa.String(64), primary_key=True),
        sa.Column("feature", sa.String(32), primary_key=True),
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(100), nullable=False),
    )
    op.create_table(
        "deletions",
        sa.Column("meeting", sa.String(64), primary_key=True),
        sa.Column("feature", sa.String(32), primary_key=True),
        sa.Column("subject", sa.String(64), primary_key=True),
    )
