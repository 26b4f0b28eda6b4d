"""
Every leaf of the log of seals has its place, be it of no meeting any more.

What was taken back is told to anybody; who fetched something, to those who are in it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Give those a place that have none, and build the tables."""
    op.execute(
        "INSERT INTO log_places (meeting, seq, leaf) "
        "SELECT '', position, position FROM log_nodes WHERE level = 0 "
        "AND position NOT IN (SELECT leaf FROM log_places)"
    )
    op.create_table(
        "taken_back",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("day", sa.String(10), nullable=False),
    )
    op.create_table(
        "feed_pages",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "fetches",
        sa.Column("meeting", sa.String(64), primary_key=True),
        sa.Column("by", sa.String(16), primary_key=True),
        sa.Column("who", sa.String(64), primary_key=True),
        sa.Column("feature", sa.String(32), primary_key=True),
        sa.Column("what", sa.String(16), primary_key=True),
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("part", sa.String(80), primary_key=True),
        sa.Column("at", sa.String(32), primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
    )
