"""Run by Alembic: migrate on the connection that `Database.open` hands over."""

from alembic import context

from gatekeeper.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata
)
context.run_migrations()
