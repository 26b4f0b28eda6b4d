"""Every leaf of the log of seals has its place, be it of no meeting any more."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Give those a place that have none."""
    op.execute(
        "INSERT INTO log_places (meeting, seq, leaf) "
        "SELECT '', position, position FROM log_nodes WHERE level = 0 "
        "AND position NOT IN (SELECT leaf FROM log_places)"
    )
