"""`papertrail set`: the trail's settings."""

from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from papertrail.domain.reports import SettingValue


@click.command("set", context_settings={"ignore_unknown_options": True})  # -1 is a value, if a wrong one
@click.argument("name", required=False)
@click.argument("value", required=False)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
@click.pass_context
def command(ctx: click.Context, name: str | None, value: str | None, as_json: bool) -> None:
    """List the trail's settings with what they mean, or give the one called NAME another VALUE.

    \b
    Example:
      papertrail set next-depth 2
    """
    if value is not None and as_json:
        raise click.UsageError("--json goes with the list, not with a new value", ctx)
    from papertrail.domain.settings import setting_called

    setting = None if name is None else setting_called(name)
    if setting is not None and value is not None:
        setting.parse(value)  # before anything is opened or made
        with open_trail() as library:
            before, after = library.settings.set(setting.name, value)
        is_news = before.value != after.value
        what = f"{before.value} → {after.value}" if is_news else f"already {after.value}"
        output.say(output.Tint(setting.name, "title"), f"  {what}")
        return
    with open_trail() as library:
        values = [one for one in library.settings.all() if setting in (None, one.setting)]
    if as_json:
        from papertrail.cli.documents import settings_object

        output.say_json(settings_object(values))
    else:
        _say_settings(values)


def _say_settings(values: "Sequence[SettingValue]") -> None:
    """Write name, value and meaning of each setting; on a terminal what it may be has a line of its own."""
    rows: list[list[output.Part]] = []
    for one in values:
        setting = one.setting
        allowed = f"{setting.allowed}; {setting.default} unless set"
        name, means = output.Tint(setting.name, "title"), setting.means
        if output.line_width() is None:
            rows.append([name, one.value, f"{means}: {allowed}"])
        else:
            rows += [[name, one.value, means], ["", "", output.Tint(allowed, "quiet")]]
    output.say_table(rows)
