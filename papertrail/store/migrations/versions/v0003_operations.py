"""Operations and the rows they changed; ids that are never given twice; papers read again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# What was done before stays readable, and cannot be taken back: its rows were not kept whole.
_EARLIER = """
INSERT INTO operation (op, at, local_date, reader_id, verb, program)
SELECT op, at, local_date, reader_id, verb, 'schema-2' FROM (
  SELECT op, at, local_date, reader_id, verb, min(id) AS first FROM journal GROUP BY op
) ORDER BY first
"""


def upgrade() -> None:
    """Make the tables, number the use cases there were, and let papers be read again."""
    op.create_table(
        "operation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("local_date", sa.String(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("undoes", sa.String(), nullable=True),
        sa.Column("root", sa.String(), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.Column("recording", sa.Integer(), nullable=False, server_default="0"),
        sa.ForeignKeyConstraint(["reader_id"], ["reader.id"], name=op.f("fk_operation_reader_id_reader")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
        sa.UniqueConstraint("op", name=op.f("uq_operation_op")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_change_operation_id_operation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_operation_id"), "change", ["operation_id"])
    op.create_index("ix_change_row", "change", ["table_name", "row_key"])
    for name in ("paper", "lineage", "goal"):
        with op.batch_alter_table(name, recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass
    op.add_column("reading", sa.Column("is_read", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE reading SET is_read = (status = 'read')")
    op.execute(_EARLIER)
