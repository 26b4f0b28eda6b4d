"""Whose pages may show the rooms of a service."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the column."""
    origins = sa.Column("origins", sa.JSON, nullable=False, server_default="[]")
    op.add_column("service_keys", origins)
