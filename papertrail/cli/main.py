"""The `papertrail` program: a group that imports a command when it runs, and the last word on errors."""

import errno
import gc
import os
import sys
from contextlib import suppress
from importlib import import_module

import click

from papertrail import __version__, ending
from papertrail.cli import output
from papertrail.cli.trail import begin_due_backup, can_draw, find_trail, home_option, in_terminal
from papertrail.cli.verbs import GROUPS, VERBS
from papertrail.domain.errors import PapertrailError

MOST_NEW = 50_000  # objects before garbage is looked for; at the usual 700 a daily command takes 2 % longer
_HELP_NAMES = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class LazyGroup(click.Group):
    """Knows its commands by name and help; a command's module is imported when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, by group."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None."""
        verb = VERBS.get(cmd_name)
        if verb is None:
            return None
        command = getattr(import_module(f"papertrail.cli.commands.{verb.module}"), verb.attribute)
        assert isinstance(command, click.Command)
        if not any(parameter.name == "home" for parameter in command.params):
            command.params.append(home_option())
            command.context_settings = {**command.context_settings, **_HELP_NAMES}
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command asked for; name near ones when there is none."""
        if args[0] in VERBS or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches

        near = get_close_matches(args[0], VERBS, n=2, cutoff=0.5)
        meant = f", did you mean {' or '.join(near)}?" if near else ""
        raise click.UsageError(f"there is no command {args[0]}{meant}", ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in their groups, without importing any."""
        longest = max(map(len, VERBS))
        for title, verbs in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(longest), verb.help) for name, verb in verbs.items()])


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings=_HELP_NAMES,
    subcommand_metavar="[COMMAND] ...",
    params=[home_option()],
    epilog="Each command tells more, with an example: papertrail list --help",
)
@click.version_option(__version__, "-V", "--version", prog_name="papertrail", message="%(prog)s %(version)s")
@click.pass_context
def papertrail(ctx: click.Context) -> None:
    """Read a hundred papers in half a year, with a note on each.

    Without a command: the terminal program, or a summary where there is no terminal.
    """
    is_bare = ctx.invoked_subcommand is None
    if is_bare and in_terminal() and can_draw():
        from papertrail.tui import run

        ctx.exit(run(find_trail()))
    gc.set_threshold(MOST_NEW)
    if is_bare:
        from papertrail.cli.commands.summary import summarize

        summarize()


def main() -> int:
    """Run the program on the process's arguments; return its exit code."""
    output.prepare_streams()
    code = _finished(sys.argv[1:])
    begin_due_backup()
    gc.freeze()  # the interpreter then ends without looking for garbage once more: 6 of 95 ms
    return code


def _finished(arguments: list[str]) -> int:
    """Run one command line until all it said is out; return its exit code."""
    try:
        code = _run(arguments)
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except BrokenPipeError:
        _silence()
        return 141
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if ending.told():  # the terminal is gone
            _silence()
            return 130
        if _is_gone_terminal(error):
            _silence()
            return 129
        # Standard output could not take it: there is a full disk behind `> file`.
        _silence(sys.stdout)
        output.warn(f"cannot write the output ({error.strerror or error}): check free space")
        return 5
    return code


def _run(arguments: list[str]) -> int:
    """Run one command line; every error becomes one line on standard error and an exit code."""
    try:
        with papertrail.make_context("papertrail", arguments) as context:
            papertrail.invoke(context)
            return 0
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (KeyboardInterrupt, EOFError, click.Abort):
        return _interrupted()
    except click.UsageError as error:
        output.warn(error.format_message())
        output.hint(f"see: {error.ctx.command_path if error.ctx else 'papertrail'} --help")
        return error.exit_code
    except BrokenPipeError:
        raise
    except Exception as error:
        if ending.is_by_interrupt(error):
            return _interrupted()
        if os.environ.get("PAPERTRAIL_DEBUG") == "1" or _is_about_output(error):
            raise
        text, code = _explained(error)
        output.warn(text)
        return code


def _interrupted() -> int:
    if not ending.told():
        output.hint("")
    return 130


def _is_about_output(error: Exception) -> bool:
    """Tell whether writing to standard output failed: what is buffered would fail once more at the end."""
    if not isinstance(error, OSError) or error.filename is not None:
        return False
    return error.errno == errno.ENOSPC or _is_gone_terminal(error)


def _is_gone_terminal(error: OSError) -> bool:
    """Tell whether what is written to was a terminal and has been closed; no signal need have told so."""
    if error.errno != errno.EIO or sys.stdout is None:
        return False
    import select

    with suppress(OSError, ValueError, AttributeError):  # where the system has no such question
        poll = select.poll()
        poll.register(sys.stdout.fileno(), 0)
        return any(told & select.POLLHUP for _, told in poll.poll(0))
    return False


def _explained(error: Exception) -> tuple[str, int]:
    """Return the line and the exit code for an error."""
    if isinstance(error, PapertrailError):
        return str(error), error.exit_code
    if isinstance(error, click.ClickException):
        return error.format_message(), error.exit_code
    if isinstance(error, OSError):
        from papertrail.domain.disk_words import told_of_disk

        told = told_of_disk(error)
        return str(told), told.exit_code
    if type(error).__module__ == "sqlite3":
        return f"the database cannot be used ({error}): see: papertrail doctor", 5
    kind = type(error).__name__
    return f"unexpected {kind} ({error}): run it again with PAPERTRAIL_DEBUG=1 and report what it says", 1


def _silence(*streams: object) -> None:
    """Send what is still buffered for these streams, both unless given, nowhere."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in streams or (sys.stdout, sys.stderr):
        fileno = getattr(stream, "fileno", None)
        if fileno is not None:
            os.dup2(null, fileno())
