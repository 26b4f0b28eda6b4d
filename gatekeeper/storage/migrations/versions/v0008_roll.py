"""Every deletion that was asked for, in order; when the evidence of a meeting ended."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Build the tables."""
    op.create_table(
        "roll",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("meeting", sa.String(64)),
        sa.Column("line", sa.Text, nullable=False),
    )
    op.create_index("roll_meeting", "roll", ["meeting"])
    op.create_table(
        "ended_evidence",
        sa.Column("meeting", sa.String(64), primary_key=True),
        sa.Column("ended", sa.String(32), nullable=False),
    )
