"""`papertrail inbox`: what arXiv announces of what is watched, the closest first; taken, skipped, muted."""

import sys
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.group import TrailGroup
from papertrail.cli.trail import open_trail

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from papertrail.domain.inbox.announcement import Announcement
    from papertrail.domain.inbox.contents import Contents, Heard, Missed
    from papertrail.domain.inbox.ranking import Ranked

_SHOWN = 20
_NAMED = 3


class InboxGroup(TrailGroup):
    """Shows what waits where no subcommand is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `show` before options that are not the group's own."""
        place = 0
        while place < len(args) and args[place].startswith("--home"):
            place += 1 if "=" in args[place] else 2
        rest = args[place:]
        if not rest or (rest[0].startswith("-") and rest[0] not in ctx.help_option_names):
            args = [*args[:place], "show", *rest]
        return super().parse_args(ctx, args)


@click.group("inbox", cls=InboxGroup)
def command() -> None:
    """Show what arXiv announces of what you watch, the closest to what you read first; take it, or skip it.

    Without a subcommand: show. What is watched: papertrail watch.

    \b
    Example:
      papertrail inbox refresh
      papertrail inbox
      papertrail inbox take 2604.21952
    """


@command.command("refresh")
@click.option("--days", type=click.IntRange(1, 30), help="Ask for what the last days brought, up to 30, too.")
@click.option("--replacements", is_flag=True, help="Take in new versions of papers not in the trail as well.")
@click.option("--patient", is_flag=True, help="Wait for arXiv however long it takes, not for 30 s in all.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
@click.pass_context
def refresh(ctx: click.Context, days: int | None, replacements: bool, patient: bool, as_json: bool) -> None:
    """Ask arXiv what is new in all that is watched; nothing is announced on weekends and holidays.

    A feed holds one day. Where days lack since the last one, that is said, and --days asks for them: a
    request for every 100 papers, one every three seconds, 20 at most.

    \b
    Example:
      papertrail inbox refresh
      papertrail inbox refresh --days 7 --patient
    """
    from papertrail.cli.describe import number_of

    say = output.hint if output.is_terminal(sys.stderr) else _quiet
    with open_trail() as library:
        report = library.inbox.refresh(days=days or 0, replacements=replacements, patient=patient, say=say)
    if as_json:
        from papertrail.cli.documents import refresh_object

        output.say_json(refresh_object(report))
    else:
        good = [one for one in report.heard if not one.trouble]
        output.say_table([[output.Tint(one.watch.name, "title"), _heard_words(one)] for one in good])
        if report.new_versions:
            output.say(f"new versions of {number_of(report.new_versions, 'paper')} here: papertrail inbox")
        if report.missed:
            output.say(_missed_words(report.missed))
    for one in report.heard:
        if one.trouble:
            output.warn(f"{one.watch.name}: {one.trouble}")
        for odd in one.left_out[:_NAMED]:
            output.warn(f"left out of {one.watch.name}: {odd}")
        if len(one.left_out) > _NAMED:
            output.warn(f"and {len(one.left_out) - _NAMED} more odd entries of {one.watch.name}")
    if any(one.trouble for one in report.heard):
        ctx.exit(1)


def _quiet(_: str) -> None:
    """Say nothing: no one sits there who might wonder what is going on."""


def _missed_words(missed: "Missed") -> str:
    from papertrail.cli.describe import number_of

    days = number_of(missed.days, "day")
    since = _day(missed.since)
    return f"{days} may lack since {since}: papertrail inbox refresh --days {missed.ask}"


def _heard_words(one: "Heard") -> str:
    from papertrail.cli.describe import number_of

    older = f"; {one.older} older ones not asked for" if one.older else ""
    if not one.number:
        return "nothing is announced today" if one.watch.kind == "category" else "finds nothing of late"
    if not one.new:
        return f"nothing new; {number_of(one.number, 'paper')} seen before{older}"
    return f"{one.new} new of {one.number}{older}"


@command.command("show")
@click.argument("id_", metavar="[ID]", required=False)
@click.option("-n", "number", type=click.IntRange(1, 100_000), help=f"Show so many, not {_SHOWN}.")
@click.option("--by-date", is_flag=True, help="The newest first, as arXiv lists them.")
@click.option("--replacements", is_flag=True, help="New versions of papers not in the trail as well.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
@click.pass_context
def show(
    ctx: click.Context,
    id_: str | None,
    number: int | None,
    by_date: bool,
    replacements: bool,
    as_json: bool,
) -> None:
    """Show what waits, the closest to what you read first and why; or one announcement whole.

    \b
    Example:
      papertrail inbox show -n 50
      papertrail inbox show 2604.21952
    """
    if id_ is not None:
        if number is not None or by_date or replacements:
            raise click.UsageError("an ID stands alone, or with --json", ctx)
        _show_one(id_, as_json)
        return
    with open_trail() as library:
        contents = library.inbox.contents(by_date=by_date, replacements=replacements)
    if as_json:
        from papertrail.cli.documents import inbox_object

        output.say_json(inbox_object(contents, number))
        return
    shown = contents.waiting[: number or _SHOWN]
    if output.line_width() is None:
        output.say_table([*_rows_in_pipes(shown), *_versions_in_pipes(contents)])
    else:
        _say_on_terminal(contents, shown, by_date=by_date)
    if contents.missed and output.line_width() is not None:
        output.say(output.Tint(_missed_words(contents.missed), "quiet"))
    if not (shown or contents.new_versions):
        output.say(_why_empty(contents))


def _why_empty(contents: "Contents") -> str:
    if not contents.watched:
        return "nothing is watched yet: papertrail watch cs.CV"
    if contents.asked is None:
        return "arXiv was not asked yet: papertrail inbox refresh"
    return f"nothing waits; arXiv was asked on {contents.asked:%d %b at %H:%M}: papertrail inbox refresh"


def _rows_in_pipes(shown: "Sequence[Ranked]") -> "list[list[output.Part]]":
    """Return one row a paper: id, near or rest, category, date, title, reasons."""
    return [
        [
            one.announcement.arxiv_id,
            "near" if one.is_near else "rest",
            _primary(one.announcement),
            one.announcement.announced.isoformat(),
            one.announcement.title,
            "; ".join(map(str, one.reasons)),
        ]
        for one in shown
    ]


def _versions_in_pipes(contents: "Contents") -> "list[list[output.Part]]":
    return [
        [
            one.announcement.arxiv_id,
            "version",
            _primary(one.announcement),
            one.announcement.announced.isoformat(),
            one.announcement.title,
            f"{one.key}: {_version_words(one.known, one.announcement)}",
        ]
        for one in contents.new_versions
    ]


def _version_words(known: int | None, announced: "Announcement") -> str:
    return f"v{announced.version}" if known is None else f"v{known} → v{announced.version}"


def _say_on_terminal(contents: "Contents", shown: "Sequence[Ranked]", *, by_date: bool) -> None:
    near = sum(one.is_near for one in contents.waiting)
    if contents.waiting:
        muted = f", {contents.muted} muted" if contents.muted else ""
        asked = f" · arXiv asked on {contents.asked:%d %b at %H:%M}" if contents.asked else ""
        output.say(output.Tint(f"{near} near of {len(contents.waiting)} waiting{muted}{asked}", "quiet"))
    for is_near in (None,) if by_date else (True, False):
        part = [one for one in shown if is_near is None or one.is_near is is_near]
        if part and is_near is False:
            output.say(output.Tint("the rest", "title"))
        rows: list[list[output.Part]] = []
        for one in part:
            told = one.announcement
            rows.append(
                [
                    output.Tint(told.arxiv_id, "title"),
                    output.Tint(_day(told.announced), "quiet"),
                    output.Tint(_primary(told), "quiet"),
                    told.title,
                ]
            )
            if one.reasons:
                rows.append(["", "", "", output.Tint(" · ".join(map(str, one.reasons)), "quiet")])
        output.say_table(rows)
    if contents.new_versions:
        output.say(output.Tint("new versions of papers here", "title"))
        output.say_table(
            [
                output.Tint(one.key, "title"),
                _version_words(one.known, one.announcement),
                one.announcement.title,
            ]
            for one in contents.new_versions
        )


def _day(day: "date") -> str:
    return f"{day:%d %b}"


def _primary(one: "Announcement") -> str:
    return one.categories[0] if one.categories else ""


def _show_one(text: str, as_json: bool) -> None:
    from papertrail.domain.arxiv_id import parse_arxiv_id

    arxiv_id = parse_arxiv_id(text).id
    with open_trail() as library:
        one = library.inbox.get(arxiv_id)
    if as_json:
        from papertrail.cli.documents import ranked_object

        output.say_json(ranked_object(one))
        return
    from papertrail.cli.cells import wrap
    from papertrail.domain.paper import byline
    from papertrail.domain.text import clean_line

    told = one.announcement
    output.say(output.Tint(told.title, "title"))
    output.say(byline(told.authors))
    about = (f"arXiv:{told.arxiv_id}v{told.version}", f"{told.type.value} on {told.announced}")
    output.say(output.Tint(" · ".join([*about, ", ".join(told.categories)]), "quiet"))
    for reason in one.reasons:
        output.say(str(reason))
    output.say()
    output.say_lines([line] for line in wrap(clean_line(told.abstract), output.text_width()))


@command.command("take")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option(
    "-l", "--lineage", metavar="NAME", help="Put them at the end of this lineage; a new name makes one."
)
@click.option("--new", is_flag=True, help="NAME is new, though a lineage begins so or is nearly called so.")
@click.option("--no-queue", is_flag=True, help="Do not put them into the queue.")
@click.pass_context
def take(ctx: click.Context, ids: tuple[str, ...], lineage: str | None, new: bool, no_queue: bool) -> None:
    """Make announcements papers of the trail, at the end of the queue; nothing is asked of arXiv.

    Title, authors and abstract are those of the feed; the next fetch brings dates and comments.

    \b
    Example:
      papertrail inbox take 2604.21952 --lineage "R-CNN to Faster R-CNN"
    """
    if new and lineage is None:
        raise click.UsageError("--new goes with --lineage", ctx)
    with open_trail() as library:
        taken = library.inbox.take(_ids(ids), lineage=lineage, new=new, queue=not no_queue)
    output.say_table(
        [
            output.Tint("taken", "good") if one.is_new else "known",
            output.Tint(one.paper.key, "title"),
            one.paper.title,
        ]
        for one in taken
    )


@command.command("skip")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
def skip(ids: tuple[str, ...]) -> None:
    """Let announcements wait no longer; they do not come again, and what is like them sinks.

    \b
    Example:
      papertrail inbox skip 2604.21953 2604.21960
    """
    with open_trail() as library:
        skipped = library.inbox.skip(_ids(ids))
    output.say_table(["skipped", output.Tint(one.arxiv_id, "title"), one.title] for one in skipped)


def _ids(texts: tuple[str, ...]) -> list[str]:
    from papertrail.cli.commands.add import ids_in

    return list(dict.fromkeys(id_ for text in texts for id_ in ids_in(text)))


@command.command("mute")
@click.argument("words", metavar="[WORD]...", nargs=-1)
@click.option("--author", "authors", metavar="NAME", multiple=True, help="Leave out what this author wrote.")
@click.option(
    "--category", "categories", metavar="CATEGORY", multiple=True, help="Leave out a primary category."
)
@click.option("--remove", is_flag=True, help="Show again what was left out for these.")
@click.option("--json", "as_json", is_flag=True, help="Write the list as one JSON object (docs/JSON.md).")
@click.pass_context
def mute(
    ctx: click.Context,
    words: tuple[str, ...],
    authors: tuple[str, ...],
    categories: tuple[str, ...],
    remove: bool,
    as_json: bool,
) -> None:
    """Leave out what holds a word or phrase, is by an author or of a category; or list what is muted.

    \b
    Example:
      papertrail inbox mute "large language model" --category cs.CL
    """
    named = bool(words or authors or categories)
    if named and as_json:
        raise click.UsageError("--json goes with the list", ctx)
    if remove and not named:
        raise click.UsageError("name what to mute no longer", ctx)
    from papertrail.domain.inbox.watches import MuteKind, mute_of

    mutes = [
        *(mute_of(MuteKind.WORD, text) for text in words),
        *(mute_of(MuteKind.AUTHOR, text) for text in authors),
        *(mute_of(MuteKind.CATEGORY, text) for text in categories),
    ]
    with open_trail() as library:
        if not named:
            news = library.inbox.muted()
        elif remove:
            library.inbox.unmute(mutes)
            news = mutes
        else:
            news = library.inbox.mute(mutes)
    if named:
        for one in dict.fromkeys(mutes):
            word = "no longer muted" if remove else "muted" if one in news else "already muted"
            output.say(one.kind.value, " ", output.Tint(one.name, "title"), f"  {word}")
    elif as_json:
        from papertrail.cli.documents import mutes_object

        output.say_json(mutes_object(news))
    elif news:
        output.say_table([one.kind.value, output.Tint(one.name, "title")] for one in news)
    else:
        output.say("nothing is muted")
