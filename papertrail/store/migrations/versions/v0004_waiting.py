"""Papers whose metadata has not come yet, what arXiv left out and when, and keys that papers had before."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_STATES = ("seed", "waiting", "fetched", "not-found", "failed", "edited")


def upgrade() -> None:
    """Add the states and what belongs to them; make the table of former keys."""
    with op.batch_alter_table(
        "paper", recreate="always", table_kwargs={"sqlite_autoincrement": True}
    ) as paper:
        paper.drop_constraint(op.f("ck_paper_metadata_state"), type_="check")
        paper.create_check_constraint(
            op.f("ck_paper_metadata_state"), sa.column("metadata_state").in_(_STATES)
        )
        paper.add_column(sa.Column("raw_title", sa.String(), nullable=True))
        paper.add_column(sa.Column("raw_authors", sa.String(), nullable=True))
        paper.add_column(sa.Column("asked_at", sa.String(), nullable=True))
        paper.add_column(sa.Column("absent_on", sa.String(), nullable=False, server_default=""))
        paper.add_column(sa.Column("trouble", sa.String(), nullable=False, server_default=""))
    # When that was is not known: it is asked again by the next fetch.
    op.execute("UPDATE paper SET asked_at = '' WHERE metadata_state = 'not-found'")
    op.create_table(
        "alias",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_alias_paper_id_paper"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_alias")),
    )
    op.create_index(op.f("ix_alias_paper_id"), "alias", ["paper_id"])
