"""`papertrail progress`: how far the goal, the days and the lineages are."""

from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail
from papertrail.domain.paper import EXPLAINED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from papertrail.domain.goal.progress import GoalProgress
    from papertrail.domain.goal.today import Today
    from papertrail.domain.picture import Row

WIDEST, CHART_ROWS = 100, 12
MOST_OWED = 8
_STYLES = {
    "counted": "ramp 2",
    "plan inside": "",
    "forecast": "quiet",
    "middle": "active",
    "today": "ramp 2",
    "target": "good",
    "axis": "quiet",
    "label": "quiet",
    "level 0": "quiet",
    "level 1": "ramp 1",
    "level 2": "ramp 2",
    "level 3": "ramp 3",
    "level 4": "ramp 4",
}


@click.command("progress")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
@click.option("--svg", metavar="FILE", help="Draw the chart into an SVG file instead.")
def command(as_json: bool, svg: str | None) -> None:
    """Show the goal against its plan with the forecast, the days of reading, and the lineages.

    A paper counts once it is read and the required sections of its note are filled.

    \b
    Example:
      papertrail progress
      papertrail progress --svg progress.svg
    """
    with open_trail() as library:
        today = library.agenda.today(plan=False) if svg is None else library.reports.write_picture(_path(svg))
        strays = library.strays.quiet_line()
    if as_json:
        from papertrail.cli.documents import progress_object

        output.say_json(progress_object(today))
    elif svg is not None:
        output.hint(f"wrote {svg}")
    else:
        _say(today)
        if strays:
            output.hint(output.Tint(strays, "quiet"))


def _path(name: str) -> "Path":
    from pathlib import Path

    return Path(name).expanduser()


def _say(today: "Today") -> None:
    from papertrail.cli.cells import wrap
    from papertrail.cli.describe import REPLAN, SET, lineage_rows
    from papertrail.domain.goal import words

    progress, goal = today.progress, today.progress.goal
    output.say(output.Tint(progress.line, "title"))
    if goal is not None:
        span = words.span_words(goal, progress.today)
        output.say(f"{_bar(progress, goal.target)}  {span}")
        output.say(words.standing_words(progress))
        if told := words.advice(progress, REPLAN, SET):
            output.say(told)
        if today.forecast is not None:
            told = words.forecast_words(today.forecast, progress)
            for line in wrap(told, output.text_width()):
                output.say(line)
    if told := words.explained_words(progress):
        output.say(output.Tint(f"{EXPLAINED} {told}", "good"))
    if today.faded:
        from papertrail.domain.recall.explaining import faded_words

        output.say(output.Tint(faded_words(today.faded), "quiet"))
    if goal is not None:
        output.say()
        _say_chart(today)
    output.say()
    _say_days(today)
    if today.owed:
        keys = [paper.key for paper in today.owed[:MOST_OWED]]
        more = f" and {len(today.owed) - MOST_OWED} more" if len(today.owed) > MOST_OWED else ""
        output.say(output.Tint("notes owed: ", "owed"), f"{', '.join(keys)}{more}")
    if today.missing:
        names = ", ".join(today.missing[:MOST_OWED])
        more = f" and {len(today.missing) - MOST_OWED} more" if len(today.missing) > MOST_OWED else ""
        output.say(output.Tint("notes missing: ", "owed"), f"{names}{more}: papertrail note --restore-all")
    output.say()
    output.say_table(lineage_rows(today.lineages), right=frozenset({0}))


def _bar(progress: "GoalProgress", target: int) -> str:
    from papertrail.cli.cells import bar

    return bar(progress.counted, progress.read, target, 40, explained=progress.explained)


def _say_chart(today: "Today") -> None:
    from papertrail.domain.goal.burnup import Burnup, draw_burnup, legend

    goal = today.progress.goal
    assert goal is not None
    fan = today.forecast.fan if today.forecast else ()
    width = min(output.text_width() if output.line_width() is None else output.line_width() or WIDEST, WIDEST)
    chart = draw_burnup(Burnup(goal, today.progress.today, today.counted, fan), width, CHART_ROWS)
    _say_rows((*chart, *legend(chart, width)))


def _say_days(today: "Today") -> None:
    from papertrail.domain.goal.activity import Heatmap, heatmap_legend, streak_line

    room = min(output.line_width() or WIDEST, WIDEST)
    progress = today.progress
    _say_rows(Heatmap.fitting(today.active, progress.today, progress.goal, room).draw())
    _say_rows([heatmap_legend(room)])
    if words := streak_line(today.streak):
        _say_rows([[(f"   {words}", None)]])


def _say_rows(rows: "Iterable[Sequence[tuple[str, str | None]]] | Sequence[Row]") -> None:
    """Write the rows of a picture."""
    output.say_lines([output.Tint(text, _STYLES.get(ink or "", "")) for text, ink in row] for row in rows)
