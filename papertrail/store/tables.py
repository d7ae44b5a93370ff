"""The schema, defined once: migrations are checked against it and the rich writes use it.

Moments are ISO 8601 text in UTC (sortable, and the same through both doors); values with several
entries are text with one entry a line. Everything that belongs to a person carries `reader_id`.
"""

from sqlalchemy import CheckConstraint, Index, false, true
from sqlmodel import Field, SQLModel, col

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA = SQLModel.metadata
METADATA.naming_convention = NAMING
_NEVER_TWICE = {"sqlite_autoincrement": True}
"""An id that was in use is never given again: a row taken back may come back under it."""


class PaperRow(SQLModel, table=True):
    """One work; `position` is its place in the trail's reading order, `folded` what searches see.

    `asked_at` is when arXiv was last asked for it, `absent_on` the reader's dates on which it left
    the paper out of a whole reply, `trouble` why its last answer could not be used.
    """

    __tablename__ = "paper"
    __table_args__ = (
        CheckConstraint(
            "metadata_state IN ('seed', 'waiting', 'fetched', 'not-found', 'failed', 'edited')",
            name="metadata_state",
        ),
        _NEVER_TWICE,
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    arxiv_id: str | None = Field(default=None, unique=True)
    doi: str | None = None
    title: str
    authors: str = ""
    year: int | None = Field(default=None, index=True)
    venue: str = ""
    abstract: str | None = None
    published: str | None = None
    updated: str | None = None
    categories: str = ""
    comment: str | None = None
    journal_ref: str | None = None
    version: int | None = None
    urls: str = ""
    source: str
    metadata_state: str
    edited_fields: str = ""
    position: int = Field(index=True)
    folded: str = ""
    added_at: str = Field(index=True)
    raw_title: str | None = None
    raw_authors: str | None = None
    asked_at: str | None = None
    absent_on: str = Field(default="", sa_column_kwargs={"server_default": ""})
    trouble: str = Field(default="", sa_column_kwargs={"server_default": ""})


class AliasRow(SQLModel, table=True):
    """A key that a paper had before, and still answers to."""

    __tablename__ = "alias"

    key: str = Field(primary_key=True)
    paper_id: int = Field(foreign_key="paper.id", ondelete="CASCADE", index=True)


class LineageRow(SQLModel, table=True):
    """A named, ordered line of papers; `position` orders the lineages, `active` ones are suggested from."""

    __tablename__ = "lineage"
    __table_args__ = _NEVER_TWICE

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    position: int
    active: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class LineagePaperRow(SQLModel, table=True):
    """A paper's place in a lineage."""

    __tablename__ = "lineage_paper"

    lineage_id: int = Field(foreign_key="lineage.id", primary_key=True, ondelete="CASCADE")
    paper_id: int = Field(foreign_key="paper.id", primary_key=True, ondelete="CASCADE", index=True)
    position: int


class CitedAsRow(SQLModel, table=True):
    """How another program's file cited a paper, as far as no other table has a place for it."""

    __tablename__ = "cited_as"

    paper_id: int = Field(foreign_key="paper.id", primary_key=True, ondelete="CASCADE")
    cite_key: str = Field(index=True)
    kind: str
    details: str


class LineageNoteRow(SQLModel, table=True):
    """Which file in `notes/lineages` is a lineage's own note, and the version of it that papertrail knows."""

    __tablename__ = "lineage_note"

    lineage_id: int = Field(foreign_key="lineage.id", primary_key=True, ondelete="CASCADE")
    file: str = Field(unique=True)
    sha256: str


class BuildsOnRow(SQLModel, table=True):
    """A link from a paper to one it builds on."""

    __tablename__ = "builds_on"

    child_id: int = Field(foreign_key="paper.id", primary_key=True, ondelete="CASCADE")
    parent_id: int = Field(foreign_key="paper.id", primary_key=True, ondelete="CASCADE", index=True)


class ReaderRow(SQLModel, table=True):
    """A person; one row, `me`, until a group shares a database."""

    __tablename__ = "reader"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)


class ReadingRow(SQLModel, table=True):
    """How far a reader is with a paper; no row means unread.

    `is_read` also holds for a paper that is read again, or queued for that. Moments come with the reader's
    date at that time. `counted_at` is when the paper first was read and its note complete; it stays until the
    reader says another day.
    """

    __tablename__ = "reading"
    __table_args__ = (
        CheckConstraint("status IN ('unread', 'queued', 'reading', 'read', 'dropped')", name="status"),
    )

    reader_id: int = Field(foreign_key="reader.id", primary_key=True)
    paper_id: int = Field(foreign_key="paper.id", primary_key=True, ondelete="CASCADE", index=True)
    status: str = Field(index=True)
    is_read: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    queue_position: int | None = None
    rating: int | None = None
    started_at: str | None = None
    finished_at: str | None = None
    finished_on: str | None = None
    counted_at: str | None = None
    counted_on: str | None = None


class TagRow(SQLModel, table=True):
    """A word that a reader put to a paper, as it was first written."""

    __tablename__ = "tag"

    reader_id: int = Field(foreign_key="reader.id", primary_key=True)
    paper_id: int = Field(foreign_key="paper.id", primary_key=True, ondelete="CASCADE", index=True)
    name: str = Field(primary_key=True, index=True)


class SavedViewRow(SQLModel, table=True):
    """A query that a reader gave a name; `position` orders the views."""

    __tablename__ = "saved_view"

    reader_id: int = Field(foreign_key="reader.id", primary_key=True)
    name: str = Field(primary_key=True)
    query: str
    position: int


class UnindexedRow(SQLModel, table=True):
    """A paper of which the index of words is not of today; there is none between two transactions."""

    __tablename__ = "unindexed"

    paper_id: int = Field(primary_key=True)


class NoteRow(SQLModel, table=True):
    """The index of one note file; the file is the truth and this can be rebuilt from it.

    `stamp` tells whether the file was touched since; `sections` has a line a section: three digits,
    required, filled and begun, then with blanks between them its words, those that the template wants and
    those that are wanted, how many of its questions are answered and how many it has, the name; then `!` and
    the number of a line where a merge conflict begins, and `?`, a heading that does not count, a tab, the
    section it may mean; and `[`, what a `[[…]]` leads to, a tab, the number of its line.
    """

    __tablename__ = "note"

    reader_id: int = Field(foreign_key="reader.id", primary_key=True)
    paper_id: int = Field(foreign_key="paper.id", primary_key=True, ondelete="CASCADE", index=True)
    path: str
    sha256: str
    stamp: str
    sections: str
    complete: bool
    words: int
    text: str


class GoalRow(SQLModel, table=True):
    """So many papers between two dates; the newest row of a reader is the goal in force, unless dropped.

    One entry a line: `rest_days` are numbers, Monday is 0; `pauses` are `first/end` dates, the end not in it;
    `waypoints` are `date papers`. `words` are what each required section must have at least.
    """

    __tablename__ = "goal"
    __table_args__ = (CheckConstraint("counts IN ('noted', 'read')", name="counts"), _NEVER_TWICE)

    id: int | None = Field(default=None, primary_key=True)
    reader_id: int = Field(foreign_key="reader.id", index=True)
    target: int
    start: str
    end: str
    counts: str
    set_at: str
    rest_days: str = Field(default="", sa_column_kwargs={"server_default": ""})
    pauses: str = Field(default="", sa_column_kwargs={"server_default": ""})
    waypoints: str = Field(default="", sa_column_kwargs={"server_default": ""})
    dropped: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    words: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class OperationRow(SQLModel, table=True):
    """One use case that wrote; what it did to rows stands in `change`, what that means in `journal`.

    `program` is where it came from: `cli`, `tui`, `outside` for a note another program wrote, `papertrail`
    for what happens by itself, `schema-2` for what was before changes were recorded. An undo names in
    `undoes` what it took back, and a redo the undo; both name in `root` the use case itself. While it runs,
    `recording` is 1 for whole rows, 2 for their keys alone, of what nothing can take back.
    """

    __tablename__ = "operation"
    __table_args__ = _NEVER_TWICE

    id: int | None = Field(default=None, primary_key=True)
    op: str = Field(unique=True)
    at: str
    local_date: str
    reader_id: int = Field(foreign_key="reader.id")
    verb: str
    program: str
    undoes: str | None = None
    root: str | None = None
    undone_by: str | None = None
    recording: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class ChangeRow(SQLModel, table=True):
    """One row that an operation changed, whole as JSON before and after; null where there was none.

    Written by the triggers of `store.recording`; `row_key` is the primary key, its columns joined by commas.
    """

    __tablename__ = "change"

    id: int | None = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id", index=True)
    table_name: str
    row_key: str
    before: str | None = None
    after: str | None = None


Index("ix_change_row", col(ChangeRow.table_name), col(ChangeRow.row_key))


class JournalRow(SQLModel, table=True):
    """What changed, append-only; rows of one use case share `op`, before and after are JSON."""

    __tablename__ = "journal"

    id: int | None = Field(default=None, primary_key=True)
    op: str = Field(index=True)
    at: str = Field(index=True)
    local_date: str = Field(index=True)
    reader_id: int = Field(foreign_key="reader.id")
    verb: str
    paper: str | None = Field(default=None, index=True)
    before: str | None = None
    after: str | None = None
    undone_by: str | None = None


class AnnouncedRow(SQLModel, table=True):
    """One paper as arXiv's feeds announce it; `announced_on` is arXiv's date, `first_seen_on` the reader's.

    Once it has waited for too long only its id is kept, all text empty, so that it does not come again.
    """

    __tablename__ = "announced"
    __table_args__ = (
        CheckConstraint(
            "announce_type IN ('new', 'cross', 'replace', 'replace-cross')", name="announce_type"
        ),
    )

    arxiv_id: str = Field(primary_key=True)
    version: int
    title: str
    authors: str
    abstract: str
    categories: str
    announce_type: str
    announced_on: str
    first_seen_at: str
    first_seen_on: str = Field(index=True)
    doi: str | None = None
    journal_ref: str | None = None
    feeds: str


class TriageRow(SQLModel, table=True):
    """What a reader thought of an announcement, of which version; no row means that it waits."""

    __tablename__ = "triage"
    __table_args__ = (CheckConstraint("state IN ('taken', 'skipped')", name="state"),)

    reader_id: int = Field(foreign_key="reader.id", primary_key=True)
    arxiv_id: str = Field(primary_key=True)
    state: str
    version: int
    at: str


class WatchRow(SQLModel, table=True):
    """A category, or a query, whose announcements a reader wants to see."""

    __tablename__ = "watch"
    __table_args__ = (CheckConstraint("kind IN ('category', 'query')", name="kind"),)

    reader_id: int = Field(foreign_key="reader.id", primary_key=True)
    kind: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    at: str


class MuteRow(SQLModel, table=True):
    """What a reader does not want to see in the inbox."""

    __tablename__ = "mute"
    __table_args__ = (CheckConstraint("kind IN ('word', 'author', 'category')", name="kind"),)

    reader_id: int = Field(foreign_key="reader.id", primary_key=True)
    kind: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    at: str


class QuestionRow(SQLModel, table=True):
    """A question that a note asks, or a lineage; it stays the same one while its words change.

    `wording` is how it is shown and `answer` how its answer begins: by these it is known again. `place` is
    where it stands among those of its note, `asleep_since` the reader's date since which no note asks it.
    """

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint("kind IN ('pair', 'section', 'parent', 'lineage')", name="kind"),
        CheckConstraint("(paper_id IS NULL) <> (lineage_id IS NULL)", name="asked_of"),
        _NEVER_TWICE,
    )

    id: int | None = Field(default=None, primary_key=True)
    guid: str = Field(unique=True)
    reader_id: int = Field(foreign_key="reader.id")
    paper_id: int | None = Field(default=None, foreign_key="paper.id", ondelete="CASCADE", index=True)
    lineage_id: int | None = Field(default=None, foreign_key="lineage.id", ondelete="CASCADE", index=True)
    kind: str
    section: str
    wording: str
    answer: str
    place: int
    asleep_since: str | None = None


class ReviewRow(SQLModel, table=True):
    """One answer to a question, graded by the reader: 1 again, 2 hard, 3 good, 4 easy.

    The truth of the schedule: `memory` can be worked out from it. `seconds` are those from question to grade.
    """

    __tablename__ = "review"
    __table_args__ = (CheckConstraint("grade BETWEEN 1 AND 4", name="grade"), _NEVER_TWICE)

    id: int | None = Field(default=None, primary_key=True)
    reader_id: int = Field(foreign_key="reader.id")
    question_id: int = Field(foreign_key="question.id", ondelete="CASCADE", index=True)
    grade: int
    at: str
    local_date: str = Field(index=True)
    seconds: int | None = None


class MemoryRow(SQLModel, table=True):
    """How well a question is remembered, after FSRS; no row means that it was never graded.

    `stability` is in days, `difficulty` from 1 to 10; dates are the reader's.
    """

    __tablename__ = "memory"

    reader_id: int = Field(foreign_key="reader.id", primary_key=True)
    question_id: int = Field(foreign_key="question.id", primary_key=True, ondelete="CASCADE", index=True)
    stability: float
    difficulty: float
    due_on: str = Field(index=True)
    last_on: str


class SetAsideRow(SQLModel, table=True):
    """A question that is not asked until a date; being a bad one, until it is worded otherwise."""

    __tablename__ = "set_aside"

    reader_id: int = Field(foreign_key="reader.id", primary_key=True)
    question_id: int = Field(foreign_key="question.id", primary_key=True, ondelete="CASCADE", index=True)
    until: str | None = None


class AskedRow(SQLModel, table=True):
    """A question that somebody really asked about a paper, which stands in its note; and how that went."""

    __tablename__ = "asked"
    __table_args__ = (CheckConstraint("outcome IN ('failed', 'held')", name="outcome"), _NEVER_TWICE)

    id: int | None = Field(default=None, primary_key=True)
    reader_id: int = Field(foreign_key="reader.id")
    paper_id: int = Field(foreign_key="paper.id", ondelete="CASCADE", index=True)
    wording: str
    occasion: str
    outcome: str | None = None
    at: str
    local_date: str = Field(index=True)


class GuessRow(SQLModel, table=True):
    """That a reader was asked for a guess before reading, which is done once a paper."""

    __tablename__ = "guess"

    reader_id: int = Field(foreign_key="reader.id", primary_key=True)
    paper_id: int = Field(foreign_key="paper.id", primary_key=True, ondelete="CASCADE", index=True)
    local_date: str


class TellingRow(SQLModel, table=True):
    """A lineage told from memory; its text is a file in `.papertrail/tellings`, none for a spoken one."""

    __tablename__ = "telling"
    __table_args__ = _NEVER_TWICE

    id: int | None = Field(default=None, primary_key=True)
    reader_id: int = Field(foreign_key="reader.id")
    lineage_id: int = Field(foreign_key="lineage.id", ondelete="CASCADE", index=True)
    at: str
    local_date: str
    seconds: int
    words: int
    file: str


class ToldPaperRow(SQLModel, table=True):
    """How a paper fared in a telling."""

    __tablename__ = "told_paper"
    __table_args__ = (CheckConstraint("mark IN ('told', 'helped', 'missed')", name="mark"),)

    telling_id: int = Field(foreign_key="telling.id", primary_key=True, ondelete="CASCADE")
    paper_id: int = Field(foreign_key="paper.id", primary_key=True, ondelete="CASCADE", index=True)
    mark: str


class SettingRow(SQLModel, table=True):
    """What the library remembers about itself, such as the seeds file it has loaded."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True)
    value: str


class DigestRow(SQLModel, table=True):
    """What a row was when papertrail last wrote it, so that a byte that changed since is found.

    A digest is the CRC-32 of its columns; of an operation, of its rows in `journal` and `change` as well.
    """

    __tablename__ = "digest"
    __table_args__ = {"sqlite_with_rowid": False}

    table_name: str = Field(primary_key=True)
    row_key: str = Field(primary_key=True)
    digest: int
