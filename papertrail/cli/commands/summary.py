"""What bare `papertrail` says where there is no terminal: the goal, the lineages, what to read next."""

from papertrail.cli import output
from papertrail.cli.trail import open_trail


def summarize() -> None:
    """Write the summary to standard output."""
    from papertrail.cli.commands.next import say_suggestions
    from papertrail.cli.describe import lineage_rows

    with open_trail() as library:
        progress, lineages, suggestions = (
            library.goal.progress(),
            library.lineages.all(),
            library.agenda.next(5),
        )
        told = library.unsaved.quiet_line(), library.strays.quiet_line()
    output.say(progress.line)
    output.say()
    output.say_table(lineage_rows(lineages), right=frozenset({0}))
    if suggestions:
        output.say()
        output.say("Next:")
        say_suggestions(suggestions)
    for line in told:
        if line:
            output.hint(output.Tint(line, "quiet"))
