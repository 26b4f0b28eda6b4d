"""What an admin has switched off, and every wording that was ever in force."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Build the two tables."""
    op.create_table(
        "switches",
        sa.Column("feature", sa.String(32), primary_key=True),
        sa.Column("since", sa.String(32), nullable=False),
    )
    op.create_table(
        "wordings",
        sa.Column("feature", sa.String(32), primary_key=True),
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("since", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(43), nullable=False),
        sa.Column("wording", sa.JSON, nullable=False),
        sa.Column("given", sa.JSON(none_as_null=True)),
    )
