"""Alembic's entry: runs on the connection and inside the transaction that `store.migrate` has begun."""

from alembic import context

from papertrail.store import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
