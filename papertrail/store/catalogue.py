"""The rich writes, through SQLModel: adding papers, lineages, taking over fetched metadata."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlmodel import Session, col, func, select

from papertrail.domain.changes import Said, changes
from papertrail.domain.facts import link_in
from papertrail.domain.inbox.announcement import Announcement
from papertrail.domain.metadata import Metadata, MetadataBatch, title_of
from papertrail.store.queries import ME, papers
from papertrail.store.queries.operations import Operation
from papertrail.store.tables import AliasRow, JournalRow, LineagePaperRow, LineageRow, PaperRow


def add_papers(
    session: Session,
    found: Iterable[Metadata],
    make_key: Callable[[Metadata, Callable[[str], bool]], str],
    operation: Operation,
) -> list[str]:
    """Store papers that arXiv described, at the end of the reading order, and return their keys.

    A paper that somebody else added meanwhile keeps its key and is returned like the others, and so does one
    with the same DOI of which arXiv's id was not known.
    """
    appended = _Appended(session, operation)
    for metadata in found:
        key = partial(make_key, metadata)
        row = appended.join(metadata.arxiv_id, metadata.doi) or appended.put(
            metadata.arxiv_id, key, metadata.title, "fetched", metadata.published.year
        )
        if row is not None:
            row.asked_at = operation.at
            _take_over(row, metadata)
    return appended.keys


def add_waiting(
    session: Session,
    arxiv_ids: Iterable[str],
    make_key: Callable[[str, Callable[[str], bool]], str],
    operation: Operation,
) -> list[str]:
    """Store papers of which only the arXiv id is known, otherwise as `add_papers` does."""
    appended = _Appended(session, operation)
    for arxiv_id in arxiv_ids:
        appended.put(arxiv_id, partial(make_key, arxiv_id), title_of(arxiv_id), "waiting")
    return appended.keys


def add_announced(
    session: Session,
    announced: Iterable[Announcement],
    make_key: Callable[[Announcement, Callable[[str], bool]], str],
    operation: Operation,
) -> list[str]:
    """Store papers as a feed announced them, otherwise as `add_papers` does.

    What a feed does not tell, such as the date of the first version, comes with the next fetch.
    """
    appended = _Appended(session, operation)
    for one in announced:
        row = appended.put(one.arxiv_id, partial(make_key, one), one.title, "fetched", one.year)
        if row is not None:
            row.doi, row.version, row.abstract = one.doi, one.version, one.abstract
            row.authors, row.categories = "\n".join(one.authors), "\n".join(one.categories)
            row.venue, row.journal_ref = one.journal_ref or "", one.journal_ref
            row.folded = folded(row)
    return appended.keys


class _Appended:
    """Papers put at the end of the reading order, each unless it is there.

    Attributes:
        keys: of all that were asked for, in order.
    """

    def __init__(self, session: Session, operation: Operation) -> None:
        self._session = session
        self._operation = operation
        self._position = session.exec(select(func.max(PaperRow.position))).one() or 0
        self._taken = taken_keys(session)
        self.keys: list[str] = []

    def join(self, arxiv_id: str, doi: str | None) -> PaperRow | None:
        """Give the paper with this DOI and no arXiv id this one; return its row, None where there is none."""
        if not doi:
            return None
        with_doi = select(PaperRow).where(func.lower(PaperRow.doi) == doi.lower())
        row = self._session.exec(with_doi.where(col(PaperRow.arxiv_id).is_(None))).first()
        if row is None or self._session.exec(select(PaperRow).where(PaperRow.arxiv_id == arxiv_id)).first():
            return None
        row.arxiv_id = arxiv_id
        if row.metadata_state != "edited":
            row.metadata_state = "fetched"
        self._session.add(row)
        self.keys.append(row.key)
        before, after = {"arxiv_id": None}, {"arxiv_id": arxiv_id}
        append_journal(self._session, self._operation, "fetch", row.key, before, after)
        return row

    def put(
        self,
        arxiv_id: str,
        make_key: Callable[[Callable[[str], bool]], str],
        title: str,
        state: str,
        year: int | None = None,
    ) -> PaperRow | None:
        """Store one paper and return its row; None where it is there already."""
        known = self._session.exec(select(PaperRow).where(PaperRow.arxiv_id == arxiv_id)).first()
        if known is not None:
            self.keys.append(known.key)
            return None
        self._position += 1
        row = PaperRow(
            key=make_key(self._taken.__contains__),
            arxiv_id=arxiv_id,
            title=title,
            year=year,
            source="arxiv",
            metadata_state=state,
            position=self._position,
            added_at=self._operation.at,
        )
        row.folded = folded(row)
        self._session.add(row)
        self._taken.add(row.key)
        self.keys.append(row.key)
        told = {"arxiv_id": row.arxiv_id, "title": row.title}
        append_journal(self._session, self._operation, "add", row.key, None, told)
        return row


def taken_keys(session: Session) -> set[str]:
    """Return every key that a paper has or had."""
    return {*session.exec(select(PaperRow.key)).all(), *session.exec(select(AliasRow.key)).all()}


def put_in_lineage(session: Session, name: str, keys: Sequence[str], operation: Operation) -> bool:
    """Append papers to a lineage, which is made when there is none; return whether it is new."""
    lineage = session.exec(select(LineageRow).where(LineageRow.name == name)).first()
    is_new = lineage is None
    if lineage is None:
        last = session.exec(select(func.max(LineageRow.position))).one()
        lineage = LineageRow(name=name, position=(last or 0) + 1)
        session.add(lineage)
        session.flush()
        append_journal(session, operation, "lineage", None, None, {"lineage": name})
    assert lineage.id is not None
    members = session.exec(select(LineagePaperRow).where(LineagePaperRow.lineage_id == lineage.id)).all()
    present = {member.paper_id for member in members}
    position = max((member.position for member in members), default=0)
    for key in keys:
        paper = session.exec(select(PaperRow).where(PaperRow.key == key)).one()
        assert paper.id is not None
        if paper.id in present:
            continue
        position += 1
        present.add(paper.id)
        session.add(LineagePaperRow(lineage_id=lineage.id, paper_id=paper.id, position=position))
        append_journal(session, operation, "lineage", key, None, {"lineage": name})
    return is_new


@dataclass(slots=True)
class TakenOver:
    """What a reply did to papers that are here.

    Attributes:
        fetched: how many it told of.
        missing: keys of those it left out.
        changes: what it says that arXiv did not say before, a line a paper.
        named: keys of those that had no title before.
    """

    fetched: int = 0
    missing: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)


def take_over_metadata(
    session: Session,
    batch: MetadataBatch,
    key_for: Callable[[str, Metadata, Callable[[str], bool]], str],
    operation: Operation,
) -> TakenOver:
    """Store what arXiv says of papers already here, and what it does not say.

    Args:
        session: the operation's.
        batch: one reply.
        key_for: gives the key that a paper is to have which had none of its own yet.
        operation: the use case.
    """
    taken = TakenOver()
    for metadata in batch.found:
        row = session.exec(select(PaperRow).where(PaperRow.arxiv_id == metadata.arxiv_id)).first()
        if row is None:
            continue
        before = _state(row)
        said = _said(row, metadata.arxiv_id)
        if row.title == title_of(metadata.arxiv_id):
            _name(session, row, metadata, key_for)
            taken.named.append(row.key)
        _take_over(row, metadata)
        if row.metadata_state != "edited":
            row.metadata_state = "fetched"
        row.asked_at, row.absent_on, row.trouble = operation.at, "", ""
        session.add(row)
        taken.fetched += 1
        if news := changes(said, _said(row, metadata.arxiv_id)):
            taken.changes.append(f"{row.key}: {news}")
        append_journal(session, operation, "fetch", row.key, before, _state(row))
    for arxiv_id in batch.missing:
        row = session.exec(select(PaperRow).where(PaperRow.arxiv_id == arxiv_id)).first()
        if row is not None:
            taken.missing.append(row.key)
            if batch.is_whole and operation.local_date not in row.absent_on.split("\n"):
                row.absent_on = f"{row.absent_on}\n{operation.local_date}".lstrip("\n")
            _doubt(session, row, "not-found", "", operation)
    for odd in batch.odd:
        row = session.exec(select(PaperRow).where(PaperRow.arxiv_id == odd.arxiv_id)).first()
        if row is not None:
            _doubt(session, row, "failed", odd.reason, operation)
    return taken


def _said(row: PaperRow, arxiv_id: str) -> Said:
    """Return what arXiv has said of a paper's state so far."""
    updated = row.updated[:10] if row.updated else None
    return Said(arxiv_id, row.version, updated, row.comment, row.journal_ref)


def _doubt(session: Session, row: PaperRow, state: str, trouble: str, operation: Operation) -> None:
    """Keep that arXiv was asked in vain; what it said of the paper before stays."""
    before = {"metadata_state": row.metadata_state}
    if row.metadata_state not in ("fetched", "edited"):
        row.metadata_state = state
    row.asked_at, row.trouble = operation.at, trouble
    session.add(row)
    append_journal(session, operation, "fetch", row.key, before, {"metadata_state": state})


def _name(
    session: Session,
    row: PaperRow,
    metadata: Metadata,
    key_for: Callable[[str, Metadata, Callable[[str], bool]], str],
) -> None:
    """Give a paper that had only its arXiv id a title, a year and a key of its own."""
    row.title = metadata.title
    if "year" not in row.edited_fields.split():
        row.year = metadata.published.year
    key = key_for(row.key, metadata, taken_keys(session).__contains__)
    if key != row.key:
        assert row.id is not None
        session.add(AliasRow(key=row.key, paper_id=row.id))
        row.key = key


def _take_over(row: PaperRow, metadata: Metadata) -> None:
    """Copy what arXiv says into `row`, except fields the reader has edited.

    A seed's title, year and venue stay: they are those of the printed paper, and titles differ between
    versions.
    """
    fields: dict[str, Any] = {
        "authors": "\n".join(metadata.authors),
        "abstract": metadata.abstract,
        "published": metadata.published.isoformat(),
        "updated": metadata.updated.isoformat(),
        "categories": "\n".join(metadata.categories),
        "comment": metadata.comment,
        "journal_ref": metadata.journal_ref,
        "version": metadata.version,
        "urls": "\n".join([*metadata.urls, *(line for line in row.urls.split("\n") if link_in(line))]),
        "raw_title": metadata.raw_title,
        "raw_authors": None if metadata.raw_authors is None else "\n".join(metadata.raw_authors),
    }
    if metadata.journal_ref and not row.venue:
        fields["venue"] = metadata.journal_ref
    if metadata.doi and not row.doi:
        fields["doi"] = metadata.doi
    edited = set(row.edited_fields.split())
    for name, value in fields.items():
        if name not in edited:
            setattr(row, name, value)
    row.folded = folded(row)


def folded(row: PaperRow) -> str:
    """Return the text that searches look through."""
    return papers.folded(row.key, row.title, row.authors, row.year, row.venue, row.arxiv_id, row.raw_authors)


def _state(row: PaperRow) -> dict[str, object]:
    return {"metadata_state": row.metadata_state, "version": row.version, "title": row.title}


def append_journal(
    session: Session,
    operation: Operation,
    verb: str,
    paper: str | None,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
) -> None:
    """Add one journal row in this session; `before` and `after` become JSON."""
    session.add(
        JournalRow(
            op=operation.op,
            at=operation.at,
            local_date=operation.local_date,
            reader_id=ME,
            verb=verb,
            paper=paper,
            before=None if before is None else json.dumps(before, ensure_ascii=False),
            after=None if after is None else json.dumps(after, ensure_ascii=False),
        )
    )
