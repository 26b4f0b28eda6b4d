"""Where services have themselves told what happens, and what waits to be told there."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Build the tables."""
    op.create_table(
        "webhooks",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("service", sa.String(64), nullable=False),
        sa.Column("url", sa.String(2048), nullable=False),
        sa.Column("kinds", sa.JSON, nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("former", sa.String(64)),
        sa.Column("former_until", sa.String(32)),
        sa.Column("made_at", sa.String(32), nullable=False),
    )
    op.create_index("webhooks_service", "webhooks", ["service"])
    op.create_table(
        "deliveries",
        sa.Column("webhook", sa.String(64), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("due", sa.String(32)),
        sa.Column("said", sa.String(32), nullable=False),
    )
    op.create_index("deliveries_n", "deliveries", ["n"])
