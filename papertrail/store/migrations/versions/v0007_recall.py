"""Questions, reviews, what is remembered; what was asked, guessed and told; words a section must have."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the eight tables, and the floor of words."""
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("lineage_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("asleep_since", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('pair', 'section', 'parent', 'lineage')", name=op.f("ck_question_kind")),
        sa.CheckConstraint("(paper_id IS NULL) <> (lineage_id IS NULL)", name=op.f("ck_question_asked_of")),
        _reader("question"),
        _of("question", "paper"),
        _of("question", "lineage"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("guid", name=op.f("uq_question_guid")),
        sqlite_autoincrement=True,
    )
    _indexed("question", "paper_id", "lineage_id")
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("local_date", sa.String(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.CheckConstraint("grade BETWEEN 1 AND 4", name=op.f("ck_review_grade")),
        _reader("review"),
        _of("review", "question"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sqlite_autoincrement=True,
    )
    _indexed("review", "question_id", "local_date")
    op.create_table(
        "memory",
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("stability", sa.Float(), nullable=False),
        sa.Column("difficulty", sa.Float(), nullable=False),
        sa.Column("due_on", sa.String(), nullable=False),
        sa.Column("last_on", sa.String(), nullable=False),
        _reader("memory"),
        _of("memory", "question"),
        sa.PrimaryKeyConstraint("reader_id", "question_id", name=op.f("pk_memory")),
    )
    _indexed("memory", "question_id", "due_on")
    op.create_table(
        "set_aside",
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.String(), nullable=True),
        _reader("set_aside"),
        _of("set_aside", "question"),
        sa.PrimaryKeyConstraint("reader_id", "question_id", name=op.f("pk_set_aside")),
    )
    _indexed("set_aside", "question_id")
    op.create_table(
        "asked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("local_date", sa.String(), nullable=False),
        sa.CheckConstraint("outcome IN ('failed', 'held')", name=op.f("ck_asked_outcome")),
        _reader("asked"),
        _of("asked", "paper"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked")),
        sqlite_autoincrement=True,
    )
    _indexed("asked", "paper_id", "local_date")
    op.create_table(
        "guess",
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("local_date", sa.String(), nullable=False),
        _reader("guess"),
        _of("guess", "paper"),
        sa.PrimaryKeyConstraint("reader_id", "paper_id", name=op.f("pk_guess")),
    )
    _indexed("guess", "paper_id")
    op.create_table(
        "telling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("lineage_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("local_date", sa.String(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        _reader("telling"),
        _of("telling", "lineage"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telling")),
        sqlite_autoincrement=True,
    )
    _indexed("telling", "lineage_id")
    op.create_table(
        "told_paper",
        sa.Column("telling_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.CheckConstraint("mark IN ('told', 'helped', 'missed')", name=op.f("ck_told_paper_mark")),
        _of("told_paper", "telling"),
        _of("told_paper", "paper"),
        sa.PrimaryKeyConstraint("telling_id", "paper_id", name=op.f("pk_told_paper")),
    )
    _indexed("told_paper", "paper_id")
    op.add_column("goal", sa.Column("words", sa.Integer(), server_default="0", nullable=False))


def _reader(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["reader_id"], ["reader.id"], name=op.f(f"fk_{table}_reader_id_reader"))


def _of(table: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{other}_id_{other}")
    return sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=name, ondelete="CASCADE")


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
