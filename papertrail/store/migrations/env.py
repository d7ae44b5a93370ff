"""Alembic's entry: runs on the connection and inside the transaction that `store.migrate` has begun."""

from alembic import context
from sqlalchemy import Table, event
from sqlalchemy.util import set_creation_order

from papertrail.store import tables


def put_in_order(table: Table, *_: object, **__: object) -> None:
    """Have a table's constraints written by their names: of one that is rebuilt they come out of a set."""
    for constraint in sorted(table.constraints, key=lambda one: str(one.name)):
        set_creation_order(constraint)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
event.listen(Table, "before_create", put_in_order)
try:
    context.run_migrations()
finally:
    event.remove(Table, "before_create", put_in_order)
