"""`papertrail doctor`: what is not as it should be in the trail, and what helps."""

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object (docs/JSON.md).")
def command(as_json: bool) -> None:
    """Look for what is not as it should be among the notes: gone, moved, copies, files of no paper.

    Nothing is changed. Ends with 1 when something was found that wants doing.

    \b
    Example:
      papertrail doctor
    """
    with open_trail() as library:
        findings = library.checks.all()
    if as_json:
        from papertrail.cli.documents import doctor_object

        output.say_json(doctor_object(findings))
    else:
        for finding in findings:
            style = "quiet" if finding.is_remark else "owed"
            output.say(output.Tint(finding.where, style), f"  {finding.what}")
            output.say("    ", finding.remedy)
        if not findings:
            output.say(output.Tint("all is well", "good"))
    if any(not finding.is_remark for finding in findings):
        raise click.exceptions.Exit(1)
