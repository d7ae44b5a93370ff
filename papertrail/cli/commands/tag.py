"""`papertrail tag` and `rate`: the reader's own marks on papers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.query import QueryCommand
from papertrail.cli.trail import open_trail

if TYPE_CHECKING:
    from papertrail.domain.paper import PaperSummary
    from papertrail.domain.tags import Marked, TagCount


_TAKEN = ("-", "^")  # before a tag that is taken off; as in queries


@click.command("tag", cls=QueryCommand)
@click.argument("words", metavar="[KEY|+TAG|-TAG]...", nargs=-1)
@click.option(
    "--json", "as_json", is_flag=True, help="Write what is listed as one JSON object (docs/JSON.md)."
)
@click.pass_context
def tag(ctx: click.Context, words: tuple[str, ...], as_json: bool) -> None:
    """Give papers tags with +TAG, take them off with -TAG, all in one step.

    With KEYs alone their tags are listed, with nothing all tags and how many papers have each.
    A tag is what you like, up to 60 letters: +cnn, "+to show", +待读; commas part several.

    \b
    Example:
      papertrail tag faster-rcnn yolo +detection -later
    """
    from papertrail.domain.tags import tags_in

    signed = [word for word in words if word[:1] in ("+", *_TAKEN)]
    keys = [word for word in words if word not in signed]
    if signed and not keys:
        raise click.UsageError("say which papers: papertrail tag KEY +TAG", ctx)
    if signed and as_json:
        raise click.UsageError("--json goes with a list, not with a change", ctx)
    if empty := next((word for word in signed if not tags_in(word[1:])), None):
        raise click.UsageError(f"{empty} names no tag", ctx)
    add = [name for word in signed if word[0] == "+" for name in tags_in(word[1:])]
    remove = [name for word in signed if word[0] in _TAKEN for name in tags_in(word[1:])]
    with open_trail() as library:
        if not keys:
            _say_tags(library.tags.all(), as_json)
            return
        found = [library.papers.resolve(key) for key in keys]
        if signed:
            for one in library.tags.change(found, add=add, remove=remove):
                _say_marked(one)
        else:
            _say_papers([library.papers.get(key).summary for key in dict.fromkeys(found)], as_json)


@click.command("rate", context_settings={"ignore_unknown_options": True})  # `-1` is a rating that can be none
@click.argument("words", metavar="KEY... RATING", nargs=-1, required=True)
@click.pass_context
def rate(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Rate papers from 1 to 5; 0 or none takes the rating off.

    KEY is a key, the beginning of one, or an arXiv id or DOI in any form. All are found before
    any is changed.

    \b
    Example:
      papertrail rate faster-rcnn 5
    """
    from papertrail.domain.tags import rating_of

    *keys, said = words
    if not keys:
        raise click.UsageError("give one or more papers, and then the rating: papertrail rate KEY 5", ctx)
    rating = rating_of(said)
    with open_trail() as library:
        for one in library.tags.change([library.papers.resolve(key) for key in keys], rating=rating):
            _say_marked(one)


def _say_marked(one: "Marked") -> None:
    """Say what is new on a paper, and what it has now."""
    changes = [*(f"+{name}" for name in one.added), *(f"−{name}" for name in one.removed)]
    if one.rated:
        changes.append(f"rated {one.paper.rating}" if one.paper.rating else "no longer rated")
    what = " ".join(changes) or "as before"
    output.say(output.Tint(one.paper.key, "title"), f"  {what}", output.Tint(f"  {one.paper.marks}", "quiet"))


def _say_tags(tags: "Sequence[TagCount]", as_json: bool) -> None:
    if as_json:
        from papertrail.cli.documents import tags_object

        output.say_json(tags_object(tags))
    elif tags:
        rows = [(str(one.papers), output.Tint(one.name, "title")) for one in tags]
        output.say_table(rows, right=frozenset({0}))
    else:
        output.hint("nothing is tagged yet: papertrail tag KEY +TAG")


def _say_papers(papers: "Sequence[PaperSummary]", as_json: bool) -> None:
    if as_json:
        from papertrail.cli.documents import summary_object

        output.say_json_list("papers", map(summary_object, papers))
    else:
        output.say_table([[output.Tint(paper.key, "title"), paper.marks] for paper in papers])
