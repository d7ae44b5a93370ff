"""Notes about lineages."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table; no lineage has a note yet."""
    op.create_table(
        "lineage_note",
        sa.Column("lineage_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lineage_id"],
            ["lineage.id"],
            name=op.f("fk_lineage_note_lineage_id_lineage"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("lineage_id", name=op.f("pk_lineage_note")),
        sa.UniqueConstraint("file", name=op.f("uq_lineage_note_file")),
    )
