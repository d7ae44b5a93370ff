"""Papers with all that is known of them: one, or all of the trail at once."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from sqlite3 import Connection, Row
from typing import Any

from papertrail.domain.note import NoteState, SectionState
from papertrail.domain.paper import PaperSummary
from papertrail.domain.whole_paper import Days, LineagePlace, Paper, PaperRef
from papertrail.store.queries import lineages, notes, papers


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
    rows = papers.whole(connection, only, with_days=day_of is not None)
    every = rows if only is None else papers.names(connection)
    known = {
        row["key"]: PaperRef(row["key"], row["title"], row["year"], row["status"], bool(row["is_read"]))
        for row in every
    }
    links = (
        papers.all_links(connection)
        if only is None
        else papers.links_at(connection, [row["id"] for row in rows])
    )
    parents, children = _around(list(known.values()), [row["id"] for row in every], links)
    named_in = _named_in(every, known, papers.linked_of_all(connection))
    places = _places(lineages.all_members(connection), known, only)
    no_note = NoteState(folder, False, missing, 0)
    found = []
    for row in rows:
        key, name = row["key"], row["note_path"]
        own = tuple(places.get(key, ()))
        within = tuple([place.lineage for place in own])
        found.append(
            whole_paper(
                row,
                papers.summary_of(row, within, explained=row["id"] in explained),
                builds_on=tuple(parents.get(row["id"], ())),
                built_on_by=tuple(children.get(row["id"], ())),
                named_in=tuple(named_in.get(key, ())),
                places=own,
                days=Days() if day_of is None else days_of(row, day_of),
                note=no_note
                if name is None
                else notes.state(folder / f"{key}.md", row["note_sections"], row["note_words"]),
            )
        )
    return found


def _around(
    refs: Sequence[PaperRef], ids: Sequence[int], links: Iterable[tuple[int, int]]
) -> tuple[dict[int, list[PaperRef]], dict[int, list[PaperRef]]]:
    """Return by a paper's id what it builds on, and what builds on it, in reading order.

    Args:
        refs: all papers, in reading order.
        ids: theirs.
        links: the ids of children and parents.
    """
    place = {id_: at for at, id_ in enumerate(ids)}
    parents: dict[int, list[PaperRef]] = {}
    children: dict[int, list[PaperRef]] = {}
    for child, parent in sorted([(place[child], place[parent]) for child, parent in links]):
        parents.setdefault(ids[child], []).append(refs[parent])
        children.setdefault(ids[parent], []).append(refs[child])
    return parents, children


def names_in(connection: Connection, keys: Collection[str], known: Collection[str]) -> dict[str, set[str]]:
    """Return the keys that the notes of some papers link to, as far as these are papers of today or were.

    Args:
        connection: to the database.
        keys: of the papers.
        known: the keys of all papers.
    """
    aliases = papers.linked_of_all(connection)
    rows = papers.whole(connection, keys)
    return {row["key"]: {key for key in _targets(row, aliases) if key in known} for row in rows}


def _targets(row: Row | Mapping[str, Any], aliases: Mapping[str, str]) -> set[str]:
    found = {aliases.get(link.target, link.target) for link in notes.links(row["note_sections"])}
    return found - {row["key"]}


def _named_in(
    rows: Iterable[Row | Mapping[str, Any]], known: Mapping[str, PaperRef], aliases: Mapping[str, str]
) -> dict[str, list[PaperRef]]:
    """Return for each paper those whose notes link to it."""
    named: dict[str, list[PaperRef]] = {}
    for row in rows:
        if row["note_sections"] is None:
            continue
        for target in _targets(row, aliases):
            if target in known:
                named.setdefault(target, []).append(known[row["key"]])
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
    row: Row | Mapping[str, Any],
    summary: PaperSummary,
    *,
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
    if row["urls"]:
        from papertrail.domain.facts import link_in

        lines = papers.lines(row["urls"])
        urls = tuple(line for line in lines if link_in(line) is None)
        links = tuple(link for line in lines if (link := link_in(line)))
    return Paper(
        summary=summary,
        venue=row["venue"],
        abstract=row["abstract"],
        published=row["published"],
        updated=row["updated"],
        categories=papers.lines(row["categories"]),
        comment=row["comment"],
        journal_ref=row["journal_ref"],
        version=row["version"],
        urls=urls,
        links=links,
        metadata_state=row["metadata_state"],
        absent_on=papers.lines(row["absent_on"]) if row["absent_on"] else (),
        trouble=row["trouble"],
        builds_on=builds_on,
        built_on_by=built_on_by,
        named_in=named_in,
        places=places,
        note=note,
        days=days,
    )


def days_of(row: Row | Mapping[str, Any], day_of: Callable[[str], str]) -> Days:
    """Return the reader's dates of a paper, by the journal where it tells them."""
    added, started = row["added_at"], row["started_at"]
    reviewed, _, reviews = (row["reviewed"] or "").partition(" ")
    return Days(
        added=row["added_on"] or (day_of(added) if added else None),
        started=(row["started_on"] or day_of(started)) if started else None,
        read=row["read_on"],
        counted=row["counted_on"],
        reviewed=reviewed or None,
        reviews=int(reviews or 0),
    )
