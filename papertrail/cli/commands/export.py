"""`papertrail export`: notes, lineages and an index as Markdown, one lineage as a story, or cards."""

from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.export_options import (
    REFERENCES,
    refuse_list_of_nothing,
    refuse_what_does_not_go_together,
)
from papertrail.cli.trail import lineage_to_read, open_trail, view_to_read
from papertrail.domain.errors import BadInput, PapertrailError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from papertrail.domain.exported import ExportReport
    from papertrail.domain.story import StoryForm
    from papertrail.domain.views import SavedView
    from papertrail.library import Library
    from papertrail.library.publications import Chosen


WATCH_SECONDS = 0.5


@click.command("export")
@click.option("--to", metavar="DIR", help="Where to; a story: DIR, FILE.md or .html, -.")
@click.option("--lineage", "-l", metavar="NAME", help="The story of a lineage.")
@click.option("--view", metavar="NAME", help="The same of this saved view.")
@click.option("--query", "-q", metavar="QUERY", help="Only the papers that it finds.")
@click.option("--front-matter", is_flag=True, help="Status, rating, tags above each page.")
@click.option("--comments", is_flag=True, help="Comments in the notes, too.")
@click.option("--follow-links", is_flag=True, help="Notes, too, that are links out of the trail.")
@click.option("--short", is_flag=True, help="A story that fits on one page.")
@click.option("--progress", is_flag=True, help="What is counted and owed in it, too.")
@click.option("--dry-run", is_flag=True, help="Tell what would become of which file; write none.")
@click.option("--json", "as_json", is_flag=True, help="What became of each file as JSON.")
@click.option("--watch", is_flag=True, help="Keep a vault in step until ctrl+c.")
@click.option("--tellings", is_flag=True, help="Only what you told from memory.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "md", "html", "book", "obsidian", "anki", *REFERENCES, "jsonl", "ics"]),
    metavar="FORM",
    help="markdown (or md), html, book, obsidian, anki, bibtex, biblatex, ris, csl-json, csv, ics, jsonl.",
)
def command(
    to: str | None,
    lineage: str | None,
    view: str | None,
    query: str | None,
    front_matter: bool,
    comments: bool,
    follow_links: bool,
    short: bool,
    progress: bool,
    dry_run: bool,
    as_json: bool,
    watch: bool,
    tellings: bool,
    form: str | None,
) -> None:
    """Write the notes, the lineages as stories and an index as Markdown files.

    Only what changed is written. What you wrote or changed is left alone.

    \b
    Example:
      papertrail export --to ~/vault/papers
      papertrail export -l r-cnn --format html --to story.html
      papertrail export --format bibtex --query 'tag:thesis' --to thesis.bib
    """
    from pathlib import Path

    from papertrail.domain.story import StoryForm
    from papertrail.library.publications import Chosen

    refuse_what_does_not_go_together(
        to,
        of=[name for name in (lineage, view) if name is not None],
        front_matter=front_matter,
        comments=comments,
        follow_links=follow_links,
        story=short or progress,
        tellings=tellings,
        is_view=view is not None,
        is_query=query is not None,
        watch=watch,
        form=form,
    )
    target = None if to is None else Path(to).expanduser()
    goes_out = tellings or form in (*REFERENCES, "jsonl", "ics") or (form != "book" and bool(lineage or view))
    refuse_list_of_nothing(target, is_list=dry_run or as_json, goes_out=goes_out)
    with open_trail() as library:
        library.exports.outgoing.is_rehearsal = dry_run
        told = StoryForm(short, progress, comments, follow_links)
        if form in REFERENCES:
            _export_references(library, form, target, lineage, view, query)
        elif form in ("book", "obsidian") or (form == "html" and lineage is None and view is None):
            keys = _chosen(library, lineage, view, query)
            asked = view or query or (lineage and lineage_to_read(library, lineage))
            chosen = Chosen(keys, asked or "", comments, follow_links)
            if form == "obsidian":
                _export_vault(library, target or _vault_of(library), chosen, watch=watch)
            else:
                _export_document(library, form, target, chosen)
        elif form == "jsonl":
            _export_trail(library, target)
        elif form == "ics":
            _export_calendar(library, target)
        elif form == "anki" and target is not None:
            _export_cards(library, target, lineage, view, follow_links)
        elif tellings:
            _export_tellings(library, None if lineage is None else lineage_to_read(library, lineage), target)
        elif lineage is not None:
            name = lineage_to_read(library, lineage)
            _export_story(library, name, library.lineages.members()[name], target, told, page=form == "html")
        elif view is not None:
            saved = view_to_read(library, view)
            keys = library.views.as_lineage(saved)[1]
            _export_story(library, saved, keys, target, told, page=form == "html")
        else:
            keys = _chosen(library, None, None, query)
            report = library.exports.write(
                target,
                comments=comments,
                front_matter=front_matter,
                follow_links=follow_links,
                keys=None if keys is None else set(keys),
                asked=query or "",
            )
            _tell_of_files(library, report, "move it away to have it again")


def _is_list() -> bool:
    """Tell whether each file is listed, in place of a line about all."""
    said = click.get_current_context().params
    return bool(said["dry_run"] or said["as_json"])


def _say_file(library: "Library", path: "Path | None", counts: str = "") -> None:
    """Say that a file was written, or was as it would have been."""
    from papertrail.domain.exported import Becomes

    files = library.exports.outgoing.files
    is_as_it_was = bool(files) and all(file.becomes is Becomes.UNCHANGED for file in files)
    _say(library, f"{counts}{'unchanged' if is_as_it_was else 'written'}: {path}")


def _say(library: "Library", line: str) -> None:
    """Say what was written, or list it."""
    from papertrail.domain.exported import Becomes

    outgoing = library.exports.outgoing
    if not _is_list():
        output.say(line)
    elif click.get_current_context().params["as_json"]:
        files = [{"path": str(file.path), "becomes": file.becomes.value} for file in outgoing.files]
        output.say_json({"is_done": not outgoing.is_rehearsal, "files": files})
    else:
        for becomes in Becomes:
            for file in outgoing.files:
                if file.becomes is becomes:
                    output.say(f"{becomes.value:<10}  {file.path}")


def _export_story(
    library: "Library",
    of: "str | SavedView",
    keys: "Sequence[str]",
    target: "Path | None",
    form: "StoryForm",
    *,
    page: bool,
) -> None:
    """Write the story of a lineage or a view, and name the notes that are not as they should be in it."""
    if target is None or str(target) == "-":
        output.say_raw(library.exports.story(of, form, page=page).encode("utf-8", "replace"))
    else:
        _say_file(library, library.exports.save_story(of, target, form, page=page))
    readable, unreadable = library.notes.texts(keys)
    in_conflict = [key for key in readable if library.papers.get(key).summary.in_conflict]
    outside = set[str]() if form.follow_links else library.notes.leading_out()
    _tell_of_notes(unreadable, in_conflict, [key for key in readable if key in outside])


def _export_tellings(library: "Library", lineage: str | None, target: "Path | None") -> None:
    """Write what was told of a lineage, or of all."""
    if target is None or str(target) == "-":
        output.say_raw(library.tellings.document(lineage).encode("utf-8", "replace"))
    else:
        _say_file(library, library.tellings.export(target, lineage))


def _export_cards(
    library: "Library", target: "Path", lineage: str | None, view: str | None, follow_links: bool
) -> None:
    """Write the questions as cards, and say which are not among them.

    Raises:
        PapertrailError: some are not.
    """
    from papertrail.cli.describe import number_of

    name = None if lineage is None else lineage_to_read(library, lineage)
    keys = None if view is None else library.views.as_lineage(view_to_read(library, view))[1]
    if str(target) == "-":
        report = library.cards.document(lineage=name, keys=keys, follow_links=follow_links)
        output.say_raw(report.text.encode("utf-8", "replace"))
    else:
        report = library.cards.save(target, lineage=name, keys=keys, follow_links=follow_links)
        counts = f"{number_of(report.cards, 'card')} in {number_of(report.decks, 'deck')}"
        _say_file(library, report.path, f"{counts} ")
    if report.troubles:
        raise PapertrailError(f"left out: {'; '.join(report.troubles)}", "everything else is written")


def _export_references(
    library: "Library",
    form: str,
    target: "Path | None",
    lineage: str | None,
    view: str | None,
    query: str | None,
) -> None:
    """Write papers as references: all of them, or those of a lineage, a view or a query."""
    from papertrail.domain.bibliography import BibliographyForm

    keys = _chosen(library, lineage, view, query)
    wanted = BibliographyForm(form)
    if target is None or str(target) == "-":
        output.say_raw(library.bibliographies.document(wanted, keys).encode("utf-8", "replace"))
    else:
        _say_file(library, library.bibliographies.save(target, wanted, keys))


def _chosen(
    library: "Library", lineage: str | None, view: str | None, query: str | None
) -> "list[str] | None":
    """Return the keys of the papers that are wanted; None for all."""
    if lineage is not None:
        return library.lineages.members()[lineage_to_read(library, lineage)]
    if view is not None:
        return library.views.as_lineage(view_to_read(library, view))[1]
    if query is not None:
        from papertrail.domain.query.understood import understood

        keys = [paper.key for paper in library.search.find(understood(query))]
        if not keys:
            output.warn(f"no paper fits {query}: what is written holds none")
        return keys
    return None


def _export_document(library: "Library", form: str, target: "Path | None", chosen: "Chosen") -> None:
    """Write everything as one page or one document."""
    from papertrail.cli.progress_bar import progress_bar

    is_page = form == "html"
    if target is not None and str(target) == "-":
        made = library.publications.page(chosen) if is_page else library.publications.book(chosen)
        output.say_raw(made.text.encode("utf-8", "replace"))
    else:
        with progress_bar(form) as told:
            path, made = library.publications.save(target, chosen, page=is_page, on_progress=told)
        _say_file(library, path)
    _tell_of_notes(made.unreadable, made.in_conflict, made.leading_out)


def _export_trail(library: "Library", target: "Path | None") -> None:
    """Write everything there is in the trail.

    Raises:
        PapertrailError: a file of it cannot be read.
    """
    if target is None or str(target) == "-":
        text, left_out = library.whole_trails.document()
        output.say_raw(text.encode("utf-8", "surrogatepass"))
    else:
        path, left_out = library.whole_trails.save(target)
        _say_file(library, path)
    if left_out:
        raise PapertrailError(f"cannot be read: {', '.join(left_out)}", "everything else is written")


def _export_calendar(library: "Library", target: "Path | None") -> None:
    """Write the plan and the reviews as a calendar."""
    if target is None or str(target) == "-":
        output.say_raw(library.calendars.document().encode("utf-8", "replace"))
    else:
        _say_file(library, library.calendars.save(target))


def _tell_of_notes(
    unreadable: "Sequence[str]", in_conflict: "Sequence[str]", leading_out: "Sequence[str]"
) -> None:
    """Name the notes that are not, or not as they should be, in what was written.

    Raises:
        PapertrailError: some are not.
    """
    if in_conflict:
        output.warn(f"merge conflict in {', '.join(in_conflict)}: both sides are written")
    if leading_out:
        output.warn(
            f"left out, as the notes are links out of the trail: {', '.join(leading_out)}; "
            "--follow-links writes them, too"
        )
    if unreadable:
        one = "a note that cannot be read" if len(unreadable) == 1 else "notes that cannot be read"
        raise PapertrailError(f"{one} left out: {', '.join(unreadable)}", "everything else is written")


def _vault_of(library: "Library") -> "Path":
    """Return the vault that the trail's setting names.

    Raises:
        BadInput: there is none.
    """
    folder = library.vaults.folder()
    if folder is None:
        raise BadInput("a vault is a folder", "name it: --to DIR, or papertrail set export-obsidian DIR")
    return folder


def _export_vault(library: "Library", folder: "Path", chosen: "Chosen", *, watch: bool) -> None:
    """Write the vault; watching, after each change until it is interrupted."""
    from time import sleep

    remedy = "take back what you wrote between papertrail's marks, or move the file away"
    _tell_of_files(library, library.vaults.write(folder, chosen), remedy)
    library.watch()
    while watch and not library.exports.outgoing.is_rehearsal:
        sleep(WATCH_SECONDS)
        try:
            if library.changed_elsewhere():
                _tell_of_files(library, library.vaults.write(folder, chosen), remedy)
                library.watch()
        except PapertrailError as error:  # the next change tries again
            output.warn(str(error))


def _tell_of_files(library: "Library", report: "ExportReport", remedy: str) -> None:
    """Say what became of the files of a folder, and name the notes that are not as they should be in them."""
    from papertrail.cli.describe import number_of

    for name in () if _is_list() else report.kept:
        output.warn(f"{name} was changed by somebody else: left as it is; {remedy}")
    for name in () if _is_list() else report.outlived:
        output.warn(
            f"{name} stays for what you wrote in it: what it was about is gone, or is called otherwise"
        )
    counts = f"{number_of(len(report.written), 'file')} written, {len(report.unchanged)} unchanged"
    if report.removed:
        counts += f", {len(report.removed)} removed"
    _say(library, f"{counts}: {report.folder}")
    _tell_of_notes(report.unreadable, report.in_conflict, report.leading_out)
