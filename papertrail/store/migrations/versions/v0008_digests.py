"""Digests of all rows, by which a byte that changed on the disk is found."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table; it is filled when the migration is done."""
    op.create_table(
        "digest",
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("digest", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_key", name=op.f("pk_digest")),
        sqlite_with_rowid=False,
    )
