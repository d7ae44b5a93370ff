"""`papertrail goal`: the goal, and everything that changes it."""

from datetime import date
from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.dates import Day
from papertrail.cli.describe import REPLAN, SET, number_of
from papertrail.cli.group import TrailGroup
from papertrail.cli.trail import in_terminal, open_trail
from papertrail.domain.errors import BadInput

if TYPE_CHECKING:
    from papertrail.domain.goal.floor import Floor
    from papertrail.domain.goal.goal import Goal
    from papertrail.domain.goal.replan import Replan
    from papertrail.domain.goal.today import Today
    from papertrail.library import Library


@click.group("goal", cls=TrailGroup, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Show the goal: where you stand, this week, and when it will be reached.

    \b
    Example:
      papertrail goal
      papertrail goal set --target 100 --from 2026-03-01 --to 2026-08-29 --rest sat,sun
    """
    if context.invoked_subcommand is not None:
        return
    with open_trail() as library:
        today = library.agenda.today(plan=False)
    if as_json:
        from papertrail.cli.documents import goal_document

        output.say_json(goal_document(today))
    else:
        say_goal(today)


def say_goal(today: "Today") -> None:
    """Write the goal as a few lines."""
    from papertrail.domain.goal import words

    progress, goal = today.progress, today.progress.goal
    if goal is None:
        output.say(f"no goal; {words.papers_words(progress.counted)} read and noted")
        output.hint(f"set one with: {SET} --target 100")
        return
    day = progress.today
    rows: list[tuple[output.Part, ...]] = [
        (
            "goal",
            words.goal_words(goal, day),
        ),
        ("counted", f"{progress.tally}, {words.standing_words(progress)}"),
    ]
    if told := words.explained_words(progress):
        rows.append(("can explain", told))
    if goal.rest_days:
        rows.append(("rest days", words.rest_words(goal)))
    if goal.words:
        rows.append(("a section", f"at least {number_of(goal.words, 'word')}"))
    rows += [("pause", words.pause_words(pause, day)) for pause in goal.pauses]
    if progress.needed_per_week is not None:
        week = progress.week
        rows.append(("this week", f"{week.done} of {week.quota}" if week.quota else f"{week.done}, none due"))
        rows.append(("from now on", f"{words.number_words(progress.needed_per_week)} a week"))
    if today.forecast is not None:
        rows.append(("forecast", words.forecast_words(today.forecast, progress)))
    output.say_table([(output.Tint(str(name), "quiet"), text) for name, text in rows])
    if told := words.advice(progress, REPLAN, SET):
        output.hint(told)


@command.command("set")
@click.option("--target", type=int, metavar="N", help="How many papers.")
@click.option("--from", "start", type=Day(), metavar="DATE", help="The first day.")
@click.option("--to", "last_day", type=Day(), metavar="DATE", help="The last day.")
@click.option("--rest", metavar="DAYS", help="Days of the week without reading, as sat,sun or none.")
@click.option(
    "--counts", type=click.Choice(["noted", "read"]), help="What counts: read and noted, or just read."
)
@click.option("--words", type=int, metavar="N", help="Least words of each needed section; 0: any.")
@click.option("--day-starts", metavar="HH:MM", help="When the day begins, such as 04:00.")
@click.option("--dry-run", is_flag=True, help="With --words: say what it would mean, change nothing.")
@click.option("--yes", is_flag=True, help="With --words: do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
@click.pass_context
def set_goal(
    context: click.Context,
    target: int | None,
    start: date | str | None,
    last_day: date | str | None,
    rest: str | None,
    counts: str | None,
    words: int | None,
    day_starts: str | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Put a goal in force; what you leave out stays as it is. Earlier goals are kept.

    \b
    Example:
      papertrail goal set --target 100 --from 2026-03-01 --to 2026-08-29 --rest sat,sun
      papertrail goal set --words 20
    """
    from papertrail.domain.goal.days import parse_weekdays
    from papertrail.domain.goal.goal import Counts
    from papertrail.domain.settings import DAY_STARTS

    if (dry_run or yes) and words is None:
        raise BadInput(f"{'--dry-run' if dry_run else '--yes'} goes with --words", "say how many: --words 20")
    rest_days = None if rest is None else parse_weekdays(rest)
    starts = None if day_starts is None else DAY_STARTS.parse(day_starts)
    with open_trail() as library:
        if starts is not None:
            library.settings.set(DAY_STARTS.name, starts)
            if not as_json:
                output.say(f"the day starts at {starts}")
            if (target, start, last_day, rest, counts, words) == (None,) * 6 and not as_json:
                return
        floor = None if words is None else library.goal.floor(words)
        if floor is not None and not _may_ask_for(floor, dry_run=dry_run, yes=yes, as_json=as_json):
            context.exit(0 if dry_run else 1)
        goal = library.goal.set(
            target=target,
            start=_day(library, start),
            last_day=_day(library, last_day),
            rest_days=rest_days,
            counts=None if counts is None else Counts(counts),
            words=words,
        )
        if as_json:
            from papertrail.cli.documents import floor_object, goal_document

            document = goal_document(library.agenda.today(plan=False))
            output.say_json({**document, "floor": None if floor is None else floor_object(floor)})
            return
        _say_new(library, goal)
        papers = library.papers.number()
        if target is not None and target > papers:
            output.hint(f"the trail has {papers} so far: papertrail add brings more in")


def _may_ask_for(floor: "Floor", *, dry_run: bool, yes: bool, as_json: bool) -> bool:
    """Say what another number of words a section means; where papers would owe again, ask on a terminal."""
    if as_json:
        if dry_run:
            from papertrail.cli.documents import floor_object

            output.say_json({"floor": floor_object(floor)})
        return not dry_run
    if floor.words == floor.was and not dry_run:
        return True
    output.say(output.Tint(floor.title, "title"), f"  {floor.consequence}")
    if dry_run:
        output.hint("nothing is changed: without --dry-run it is")
        return False
    if floor.owing and not yes and in_terminal() and not click.confirm("Ask for so many?", err=True):
        output.hint("it stays as it is")
        return False
    return True


@command.command("replan")
@click.argument("way", type=click.Choice(["catch-up", "rebalance", "extend"]), required=False)
@click.option("--dry-run", is_flag=True, help="Say what it would mean, and change nothing.")
def replan(way: str | None, dry_run: bool) -> None:
    """Make a plan that fits again: without a WAY all three are shown, none is taken.

    catch-up reads more for a few weeks until the plan is met again, rebalance spreads what is left evenly
    to the end, extend moves the end to where your pace of now leads.

    \b
    Example:
      papertrail goal replan
      papertrail goal replan rebalance
    """
    from papertrail.domain.goal.replan import Way

    with open_trail() as library:
        if way is None:
            ways = library.goal.replans()
            output.say_table([(output.Tint(one.way.value, "title"), one.consequence) for one in ways])
            usual = sorted(
                (one.way for one in ways if one.goal is not None), key=lambda way: way != "rebalance"
            )
            if usual:
                output.hint(f"take one with: {REPLAN} {usual[0]}")
            return
        if dry_run:
            chosen = library.goal.replan_preview(Way(way))
            _say_way(chosen)
            output.hint("nothing is changed: without --dry-run it is")
            return
        _say_way(library.goal.replan(Way(way)))


def _say_way(chosen: "Replan") -> None:
    output.say(output.Tint(chosen.way.value, "title"), f"  {chosen.consequence}")


@command.command("pause")
@click.argument("first", metavar="FROM", type=Day())
@click.argument("last", metavar="TO", type=Day())
def pause(first: date | str, last: date | str) -> None:
    """Plan nothing from one day to another, both included; the plan bends around it.

    \b
    Example:
      papertrail goal pause 2026-04-03 2026-04-12
    """
    with open_trail() as library:
        begin, end = _date(library, first), _date(library, last)
        goal = library.goal.pause(begin, end)
        output.say(f"nothing is planned from {begin} to {end}")
        _say_new(library, goal)


@command.command("resume")
@click.argument("day", metavar="DATE", type=Day())
def resume(day: date | str) -> None:
    """Take the pause back that holds a day.

    \b
    Example:
      papertrail goal resume 2026-04-03
    """
    with open_trail() as library:
        before = library.goal.progress().goal
        goal = library.goal.end_pause(_date(library, day))
        for pause in before.pauses if before else ():
            if pause not in goal.pauses:
                output.say(f"planned again from {pause.start} to {pause.last_day}")
        _say_new(library, goal)


@command.command("drop")
def drop() -> None:
    """Read on without a goal; what was counted stays, and so does every goal there was.

    \b
    Example:
      papertrail goal drop
    """
    with open_trail() as library:
        library.goal.drop()
    output.say(f"there is no goal now; {SET} sets one")


@command.command("history")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
def history(as_json: bool) -> None:
    """List every goal there was, the newest first.

    \b
    Example:
      papertrail goal history
    """
    from papertrail.domain.goal import words

    with open_trail() as library:
        goals, today = library.goal.history(), library.agenda.day()
    if as_json:
        from papertrail.cli.documents import goal_history_object

        output.say_json(goal_history_object(goals))
        return
    rows = []
    for past in goals:
        goal = past.goal
        extras = [f"rest {words.rest_words(goal)}"] if goal.rest_days else []
        extras += [f"at least {number_of(goal.words, 'word')} a section"] if goal.words else []
        extras += [f"pause {words.pause_words(pause, today)}" for pause in goal.pauses]
        extras += [
            f"from {words.number_words(w.papers)} on {words.day_words(w.day, today)}" for w in goal.waypoints
        ]
        what = words.goal_words(goal, today)
        rows.append((past.on.isoformat(), "dropped" if past.dropped else "set", "; ".join([what, *extras])))
    output.say_table(rows)


def _say_new(library: "Library", goal: "Goal") -> None:
    """Say what the goal is now, and where one stands with it."""
    from papertrail.domain.goal import words

    progress = library.goal.progress()
    day = progress.today
    output.say(words.goal_words(goal, day))
    output.hint(f"{progress.tally} counted, {words.standing_words(progress)}")


def _day(library: "Library", day: date | str | None) -> date | None:
    return None if day is None else _date(library, day)


def _date(library: "Library", day: date | str) -> date:
    return library.agenda.day() if isinstance(day, str) else day
