"""Tags, saved views, and what the index of words is behind with."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the three tables, and indexes for what papers are asked by."""
    op.create_table(
        "tag",
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["reader_id"], ["reader.id"], name=op.f("fk_tag_reader_id_reader")),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_tag_paper_id_paper"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reader_id", "paper_id", "name", name=op.f("pk_tag")),
    )
    op.create_index(op.f("ix_tag_paper_id"), "tag", ["paper_id"])
    op.create_index(op.f("ix_tag_name"), "tag", ["name"])
    op.create_table(
        "saved_view",
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reader_id"], ["reader.id"], name=op.f("fk_saved_view_reader_id_reader")),
        sa.PrimaryKeyConstraint("reader_id", "name", name=op.f("pk_saved_view")),
    )
    op.create_table(
        "unindexed",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("paper_id", name=op.f("pk_unindexed")),
    )
    op.create_index(op.f("ix_paper_year"), "paper", ["year"])
    op.create_index(op.f("ix_paper_added_at"), "paper", ["added_at"])
