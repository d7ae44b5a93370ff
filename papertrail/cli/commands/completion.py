"""`papertrail completion`: what bash, zsh and fish complete."""

import os

import click

from papertrail.cli import output

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", metavar="[SHELL]", type=click.Choice(SHELLS), required=False)
@click.option("--install", is_flag=True, help="Put the script where the shell looks for it by itself.")
@click.option("--uninstall", is_flag=True, help="Take it away.")
@click.option("--shell", "named", type=click.Choice(SHELLS), help="Not for the shell you are in.")
@click.pass_context
def command(ctx: click.Context, shell: str | None, install: bool, uninstall: bool, named: str | None) -> None:
    """Complete commands, options, keys, lineages and files at the tab key, or write the script for SHELL.

    Keys and names come from the trail, with titles in zsh and fish. No file of the shell's own is touched:
    if it needs a line there, that is said.

    \b
    Example:
      papertrail completion --install
      papertrail completion bash
    """
    if install and uninstall:
        raise click.UsageError("--install and --uninstall exclude each other", ctx)
    if shell and named and shell != named:
        raise click.UsageError(f"{shell} and --shell {named} exclude each other", ctx)
    wanted = shell or named
    if not (install or uninstall) and wanted is None:
        raise click.UsageError("say --install, or name a shell: bash, zsh or fish", ctx)
    from papertrail.completion import installing

    wanted = wanted or installing.shell_in_use(os.environ)
    if uninstall:
        done = installing.remove(wanted, os.environ)
        output.say("removed: " if done.changed else "not there: ", str(done.path))
    elif install:
        done = installing.install(wanted, os.environ)
        output.say("written: " if done.changed else "unchanged: ", str(done.path))
        if done.remaining:
            line, file = done.remaining
            output.say(f"put this into {file}:")
            output.say(f"  {line}")
        elif done.changed:
            output.hint(f"a new {wanted} knows it")
    else:
        output.say_raw(installing.script(wanted).encode("utf-8"))
