"""What arXiv announces, what is watched and muted, and what the reader thought of each.

What searches look through has the authors as arXiv gives them too, and plain letters for those such as ł.
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the four tables, and fold once more what is searched."""
    _fold_again()
    op.create_table(
        "announced",
        sa.Column("arxiv_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("authors", sa.String(), nullable=False),
        sa.Column("abstract", sa.String(), nullable=False),
        sa.Column("categories", sa.String(), nullable=False),
        sa.Column("announce_type", sa.String(), nullable=False),
        sa.Column("announced_on", sa.String(), nullable=False),
        sa.Column("first_seen_at", sa.String(), nullable=False),
        sa.Column("first_seen_on", sa.String(), nullable=False),
        sa.Column("doi", sa.String(), nullable=True),
        sa.Column("journal_ref", sa.String(), nullable=True),
        sa.Column("feeds", sa.String(), nullable=False),
        sa.CheckConstraint(
            sa.column("announce_type").in_(("new", "cross", "replace", "replace-cross")),
            name=op.f("ck_announced_announce_type"),
        ),
        sa.PrimaryKeyConstraint("arxiv_id", name=op.f("pk_announced")),
    )
    op.create_index(op.f("ix_announced_first_seen_on"), "announced", ["first_seen_on"])
    op.create_table(
        "triage",
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("arxiv_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.CheckConstraint(sa.column("state").in_(("taken", "skipped")), name=op.f("ck_triage_state")),
        sa.ForeignKeyConstraint(["reader_id"], ["reader.id"], name=op.f("fk_triage_reader_id_reader")),
        sa.PrimaryKeyConstraint("reader_id", "arxiv_id", name=op.f("pk_triage")),
    )
    for table, kinds in (("watch", ("category", "query")), ("mute", ("word", "author", "category"))):
        op.create_table(
            table,
            sa.Column("reader_id", sa.Integer(), nullable=False),
            sa.Column("kind", sa.String(), nullable=False),
            sa.Column("name", sa.String(), nullable=False),
            sa.Column("at", sa.String(), nullable=False),
            sa.CheckConstraint(sa.column("kind").in_(kinds), name=op.f(f"ck_{table}_kind")),
            sa.ForeignKeyConstraint(["reader_id"], ["reader.id"], name=op.f(f"fk_{table}_reader_id_reader")),
            sa.PrimaryKeyConstraint("reader_id", "kind", "name", name=op.f(f"pk_{table}")),
        )


_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


def _fold_again() -> None:
    connection = op.get_bind()
    told = connection.exec_driver_sql("SELECT id, folded, raw_authors FROM paper").all()
    for paper, folded, raw_authors in told:
        letters = unicodedata.normalize("NFKD", f"{folded} {raw_authors or ''}")
        plain = "".join(c for c in letters if not unicodedata.combining(c)).casefold().translate(_PLAIN)
        if (again := " ".join(plain.split())) != folded:
            connection.exec_driver_sql("UPDATE paper SET folded = ? WHERE id = ?", (again, paper))
