"""Papers with all that is known of them: one, or all of the trail at once."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from sqlite3 import Connection

from papertrail.domain.note import NoteState, SectionState
from papertrail.domain.paper import PaperSummary
from papertrail.domain.whole_paper import Days, LineagePlace, Paper, PaperRef
from papertrail.store.queries import lineages, notes, papers, whole_rows
from papertrail.store.queries.whole_rows import Named, WholeRow


def whole_papers(
    connection: Connection,
    folder: Path,
    missing: tuple[SectionState, ...],
    explained: Collection[int],
    day_of: Callable[[str], str] | None,
    only: Collection[str] | None = None,
) -> list[Paper]:
    """Return every paper, in reading order.

    Args:
        connection: to the database.
        folder: of the notes.
        missing: the sections of a note that is not there.
        explained: ids of the papers that the reader can explain today.
        day_of: gives the date of a moment of which the journal tells none; None leaves all days out.
        only: keys of those that are wanted.
    """
    rows = whole_rows.whole(connection, only, with_days=day_of is not None)
    if only is None:
        every = [Named(row.id, row.ref, row.note_sections) for row in rows]
        links = whole_rows.all_links(connection)
    else:
        every = whole_rows.names(connection)
        links = whole_rows.links_at(connection, [row.id for row in rows])
    known = {one.ref.key: one.ref for one in every}
    parents, children = _around(every, links)
    named_in = _named_in(every, known, papers.linked_of_all(connection))
    places = _places(lineages.all_members(connection), known, only)
    no_note = NoteState(folder, False, missing, 0)
    found = []
    for row in rows:
        own = tuple(places.get(row.key, ()))
        summary = row.summary(tuple([place.lineage for place in own]), explained=row.id in explained)
        found.append(
            whole_paper(
                row,
                summary,
                tuple(parents.get(row.id, ())),
                tuple(children.get(row.id, ())),
                tuple(named_in.get(row.key, ())),
                own,
                no_note
                if row.note_path is None
                else notes.state(folder / f"{row.key}.md", row.note_sections, row.note_words),
                Days() if day_of is None else days_of(row, day_of),
            )
        )
    return found


def _around(
    every: Sequence[Named], links: Iterable[tuple[int, int]]
) -> tuple[dict[int, list[PaperRef]], dict[int, list[PaperRef]]]:
    """Return by a paper's id what it builds on, and what builds on it, in reading order.

    Args:
        every: all papers, in reading order.
        links: the ids of children and parents.
    """
    place = {one.id: at for at, one in enumerate(every)}
    parents: dict[int, list[PaperRef]] = {}
    children: dict[int, list[PaperRef]] = {}
    for child_at, parent_at in sorted([(place[child], place[parent]) for child, parent in links]):
        child, parent = every[child_at], every[parent_at]
        parents.setdefault(child.id, []).append(parent.ref)
        children.setdefault(parent.id, []).append(child.ref)
    return parents, children


def names_in(connection: Connection, keys: Collection[str], known: Collection[str]) -> dict[str, set[str]]:
    """Return the keys that the notes of some papers link to, as far as these are papers of today or were.

    Args:
        connection: to the database.
        keys: of the papers.
        known: the keys of all papers.
    """
    aliases = papers.linked_of_all(connection)
    rows = whole_rows.whole(connection, keys)
    return {
        row.key: {key for key in _targets(row.key, row.note_sections, aliases) if key in known}
        for row in rows
    }


def _targets(key: str, sections: str | None, aliases: Mapping[str, str]) -> set[str]:
    """Return what the note of a paper links to, by the column `sections`."""
    found = {aliases.get(link.target, link.target) for link in notes.links(sections)}
    return found - {key}


def _named_in(
    every: Iterable[Named], known: Mapping[str, PaperRef], aliases: Mapping[str, str]
) -> dict[str, list[PaperRef]]:
    """Return for each paper those whose notes link to it."""
    named: dict[str, list[PaperRef]] = {}
    for _, ref, sections in every:
        if sections is None:
            continue
        for target in _targets(ref.key, sections, aliases):
            if target in known:
                named.setdefault(target, []).append(ref)
    return named


def _places(
    members: Mapping[str, list[str]], known: Mapping[str, PaperRef], only: Collection[str] | None
) -> dict[str, list[LineagePlace]]:
    """Return for each paper, or some, where it stands in its lineages."""
    places: dict[str, list[LineagePlace]] = {}
    for name, keys in members.items():
        own = [None, *(known[key] for key in keys), None]
        for at, key in enumerate(keys):
            if only is not None and key not in only:
                continue
            places.setdefault(key, []).append(LineagePlace(name, at + 1, len(keys), own[at], own[at + 2]))
    return places


def whole_paper(
    row: WholeRow,
    summary: PaperSummary,
    builds_on: tuple[PaperRef, ...],
    built_on_by: tuple[PaperRef, ...],
    named_in: tuple[PaperRef, ...],
    places: tuple[LineagePlace, ...],
    note: NoteState,
    days: Days,
) -> Paper:
    """Return a paper of which `row` has all columns."""
    urls: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    if row.urls:
        from papertrail.domain.facts import link_in

        lines = papers.lines(row.urls)
        urls = tuple(line for line in lines if link_in(line) is None)
        links = tuple(link for line in lines if (link := link_in(line)))
    return Paper(  # by place, for by name ten thousand of them take twice as long
        summary,
        row.venue,
        row.abstract,
        row.published,
        row.updated,
        papers.lines(row.categories),
        row.comment,
        row.journal_ref,
        row.version,
        urls,
        row.metadata_state,
        builds_on,
        built_on_by,
        places,
        note,
        papers.lines(row.absent_on),
        row.trouble,
        links,
        days,
        named_in,
    )


def days_of(row: WholeRow, day_of: Callable[[str], str]) -> Days:
    """Return the reader's dates of a paper, by the journal where it tells them."""
    added, started = row.added_at, row.started_at
    reviewed, _, reviews = (row.reviewed or "").partition(" ")
    return Days(
        added=row.added_on or (day_of(added) if added else None),
        started=(row.started_on or day_of(started)) if started else None,
        read=row.read_on,
        counted=row.counted_on,
        reviewed=reviewed or None,
        reviews=int(reviews or 0),
    )
