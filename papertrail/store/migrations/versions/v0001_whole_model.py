"""The whole model: papers, lineages, reading, notes, goals and the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table, and the one reader."""
    op.create_table(
        "lineage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lineage")),
        sa.UniqueConstraint("name", name=op.f("uq_lineage_name")),
    )
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("arxiv_id", sa.String(), nullable=True),
        sa.Column("doi", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("authors", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("abstract", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("updated", sa.String(), nullable=True),
        sa.Column("categories", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("journal_ref", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("urls", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("metadata_state", sa.String(), nullable=False),
        sa.Column("edited_fields", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("added_at", sa.String(), nullable=False),
        sa.CheckConstraint(
            "metadata_state IN ('seed', 'fetched', 'not-found', 'edited')",
            name=op.f("ck_paper_metadata_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("arxiv_id", name=op.f("uq_paper_arxiv_id")),
        sa.UniqueConstraint("key", name=op.f("uq_paper_key")),
    )
    op.create_index(op.f("ix_paper_position"), "paper", ["position"], unique=False)
    op.create_table(
        "reader",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader")),
        sa.UniqueConstraint("name", name=op.f("uq_reader_name")),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "builds_on",
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"], ["paper.id"], name=op.f("fk_builds_on_child_id_paper"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["paper.id"], name=op.f("fk_builds_on_parent_id_paper"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("child_id", "parent_id", name=op.f("pk_builds_on")),
    )
    op.create_index(op.f("ix_builds_on_parent_id"), "builds_on", ["parent_id"], unique=False)
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("start", sa.String(), nullable=False),
        sa.Column("end", sa.String(), nullable=False),
        sa.Column("counts", sa.String(), nullable=False),
        sa.Column("set_at", sa.String(), nullable=False),
        sa.CheckConstraint("counts IN ('noted', 'read')", name=op.f("ck_goal_counts")),
        sa.ForeignKeyConstraint(["reader_id"], ["reader.id"], name=op.f("fk_goal_reader_id_reader")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    op.create_index(op.f("ix_goal_reader_id"), "goal", ["reader_id"], unique=False)
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("local_date", sa.String(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=True),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["reader_id"], ["reader.id"], name=op.f("fk_journal_reader_id_reader")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_at"), "journal", ["at"], unique=False)
    op.create_index(op.f("ix_journal_local_date"), "journal", ["local_date"], unique=False)
    op.create_index(op.f("ix_journal_op"), "journal", ["op"], unique=False)
    op.create_index(op.f("ix_journal_paper"), "journal", ["paper"], unique=False)
    op.create_table(
        "lineage_paper",
        sa.Column("lineage_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lineage_id"],
            ["lineage.id"],
            name=op.f("fk_lineage_paper_lineage_id_lineage"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_lineage_paper_paper_id_paper"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("lineage_id", "paper_id", name=op.f("pk_lineage_paper")),
    )
    op.create_index(op.f("ix_lineage_paper_paper_id"), "lineage_paper", ["paper_id"], unique=False)
    op.create_table(
        "note",
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("sections", sa.String(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_note_paper_id_paper"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reader_id"], ["reader.id"], name=op.f("fk_note_reader_id_reader")),
        sa.PrimaryKeyConstraint("reader_id", "paper_id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_paper_id"), "note", ["paper_id"], unique=False)
    op.create_table(
        "reading",
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("queue_position", sa.Integer(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.String(), nullable=True),
        sa.Column("finished_at", sa.String(), nullable=True),
        sa.CheckConstraint(
            "status IN ('unread', 'queued', 'reading', 'read', 'dropped')", name=op.f("ck_reading_status")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_reading_paper_id_paper"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reader_id"], ["reader.id"], name=op.f("fk_reading_reader_id_reader")),
        sa.PrimaryKeyConstraint("reader_id", "paper_id", name=op.f("pk_reading")),
    )
    op.create_index(op.f("ix_reading_paper_id"), "reading", ["paper_id"], unique=False)
    op.create_index(op.f("ix_reading_status"), "reading", ["status"], unique=False)

    op.execute("INSERT INTO reader (id, name) VALUES (1, 'me')")
