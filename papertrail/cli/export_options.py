"""What the options of `papertrail export` mean together, and which of them do not go together."""

from typing import TYPE_CHECKING

from papertrail.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

REFERENCES = ("bibtex", "biblatex", "ris", "csl-json", "csv")
"""Formats of papers as one cites them."""


def refuse_what_does_not_go_together(
    to: str | None,
    *,
    of: "Sequence[str]",
    front_matter: bool,
    comments: bool,
    follow_links: bool,
    story: bool,
    tellings: bool,
    is_view: bool,
    is_query: bool,
    watch: bool,
    form: str | None,
) -> None:
    """Refuse options that say nothing together.

    Raises:
        BadInput: that is so.
    """
    is_story = (
        bool(of) and not tellings and form not in ("anki", "book", "obsidian", "jsonl", "ics", *REFERENCES)
    )
    is_whole = form in ("book", "obsidian") or (form == "html" and not of)
    for is_wrong, cause, remedy in (
        (to == "", "the name of the folder is empty", "name one, or leave --to out"),
        (len(of) > 1, "--lineage and --view exclude each other", "give one of them"),
        (front_matter and bool(of), "a story has no front matter", "leave --front-matter out"),
        (
            tellings
            and (
                is_view or is_query or front_matter or comments or follow_links or form in ("markdown", "md")
            ),
            "--tellings goes with --lineage and --to alone",
            "leave the other options out",
        ),
        (
            story and not is_story,
            "--short and --progress are about a story",
            "say of what: --lineage NAME",
        ),
        (
            form == "anki" and (is_query or front_matter or comments or tellings),
            f"--format {form} goes with --to, --lineage and --view",
            "leave the other options out",
        ),
        (
            form in REFERENCES and (front_matter or comments or follow_links or tellings),
            f"--format {form} goes with --to, --lineage, --view and --query",
            "leave the other options out",
        ),
        (
            form in ("jsonl", "ics")
            and bool(of or is_query or front_matter or comments or follow_links or tellings),
            f"--format {form} is about the whole trail, and goes with --to alone",
            "leave the other options out",
        ),
        (
            is_query and bool(of),
            "--query excludes --lineage and --view",
            "write lineage: into the query, or save a view of both",
        ),
        (
            is_whole and (front_matter or tellings),
            f"--format {form} goes with --to, --query, --comments and --follow-links",
            "leave the other options out",
        ),
        (
            form == "obsidian" and to == "-",
            "a vault is a folder",
            "name it: papertrail export --format obsidian --to ~/vault/papers",
        ),
        (watch and form != "obsidian", "--watch keeps a vault", "give --format obsidian with it"),
        (
            form == "anki" and to is None,
            "cards go into a file",
            f"name it: papertrail export --format {form} --to cards.txt",
        ),
    ):
        if is_wrong:
            raise BadInput(cause, remedy)


def refuse_list_of_nothing(target: "Path | None", *, is_list: bool, goes_out: bool) -> None:
    """Refuse to list files where what is exported goes to standard output.

    Raises:
        BadInput: that is so.
    """
    if is_list and (str(target) == "-" or (target is None and goes_out)):
        raise BadInput(
            "--dry-run and --json tell of files, and this goes to standard output", "name one: --to FILE"
        )
