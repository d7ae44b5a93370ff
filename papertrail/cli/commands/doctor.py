"""`papertrail doctor`: what is not as it should be in the trail, what helps, and what it can do itself."""

from typing import TYPE_CHECKING

import click

from papertrail.cli import output
from papertrail.cli.trail import unopened_trail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from papertrail.domain.findings import AboutCheck, Finding, Mended


@click.command("doctor")
@click.option("--fix", is_flag=True, help="Do what can be done, after a backup.")
@click.option("--check", "names", metavar="NAME", multiple=True, help="Look at this alone; again for more.")
@click.option("--strict", is_flag=True, help="End with 1 for what may well be meant so, too.")
@click.option("--list-checks", "to_list", is_flag=True, help="Say what is looked at, and why.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
def command(fix: bool, names: tuple[str, ...], strict: bool, to_list: bool, as_json: bool) -> None:
    """Look whether the trail is as it should be: database, notes, files, machine.

    Nothing is changed without --fix. A database that is gone or damaged is told, and all the
    rest looked at. Ends with 1 when something was found that wants doing.

    \b
    Example:
      papertrail doctor
      papertrail doctor --fix
    """
    from papertrail.domain.findings import are_trouble

    if to_list and (fix or names or strict):
        raise click.UsageError("--list-checks goes with --json alone.")
    with unopened_trail() as library:
        if to_list:
            _list(library.checks.known(), as_json)
            return
        if fix:
            mended = library.checks.mend(names)
            findings: Sequence[Finding] = mended.left
        else:
            mended, findings = None, library.checks.all(names)
    if as_json:
        from papertrail.cli.upkeep_documents import doctor_object

        output.say_json(doctor_object(findings, mended))
    else:
        if mended is not None:
            _tell_mended(mended)
        _tell(findings, told_to_fix=mended is not None)
    if are_trouble(findings, strict=strict) or (mended is not None and mended.failed):
        raise click.exceptions.Exit(1)


def _tell(findings: "Sequence[Finding]", *, told_to_fix: bool) -> None:
    for finding in findings:
        where = output.Tint(finding.where, "quiet" if finding.is_remark else "owed")
        beside, below = _fitted(finding)
        output.say_lines([[where, beside], *(["    ", line] for line in [*below, finding.remedy])])
    if not findings:
        output.say(output.Tint("all is well", "good"))
    fixable = sum(finding.is_fixable for finding in findings)
    if fixable and not told_to_fix:
        output.hint(f"papertrail doctor --fix can do {fixable} of {len(findings)}")


def _fitted(finding: "Finding") -> tuple[str, list[str]]:
    """Return what stands behind the place of a finding, and the lines below it where that has no room."""
    from papertrail.cli.cells import width, wrap

    line, cells = f"  {finding.what}", output.line_width()
    if cells is None or width(finding.where) + width(line) <= cells:
        return line, []
    return "", wrap(finding.what, max(cells - 4, 20))


def _tell_mended(mended: "Mended") -> None:
    if mended.backup:
        output.say(output.Tint("backup  ", "quiet"), mended.backup)
    for name, words in mended.done:
        output.say(output.Tint("mended  ", "good"), output.Tint(f"{name}: ", "quiet"), words)
    for name, words in mended.failed:
        output.say(output.Tint("not mended  ", "bad"), output.Tint(f"{name}: ", "quiet"), words)


def _list(checks: "Sequence[AboutCheck]", as_json: bool) -> None:
    if as_json:
        from papertrail.cli.upkeep_documents import checks_object

        output.say_json(checks_object(checks))
        return
    width = max(len(check.name) for check in checks)
    group = ""
    for check in checks:
        if check.group != group:
            group = check.group
            output.say(output.Tint(group, "title"))
        fixes = output.Tint("  --fix", "good") if check.can_fix else ""
        output.say(f"  {check.name:<{width}}  {check.asks}", fixes)
        output.say(" " * (width + 4), output.Tint(check.why, "quiet"))
