"""How other programs' files cite papers."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table; nothing was brought in yet."""
    op.create_table(
        "cited_as",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("cite_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("details", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_cited_as_paper_id_paper"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("paper_id", name=op.f("pk_cited_as")),
    )
    op.create_index(op.f("ix_cited_as_cite_key"), "cited_as", ["cite_key"])
