"""docs/COMMANDS.md lists every command with every option, and every exit code."""

import re
from pathlib import Path

import click
import pytest

from papertrail.cli.main import papertrail
from papertrail.cli.verbs import VERBS
from papertrail.domain import errors
from tests.cli.program import Program

DOCS = (Path(__file__).parent.parent.parent / "docs" / "COMMANDS.md").read_text(encoding="utf-8")


def test_every_command_and_option_is_listed() -> None:
    context = click.Context(papertrail)
    rows = dict(re.findall(r"^\| `papertrail (\w+)[^`]*` \|(.*)\|$", DOCS, re.MULTILINE))
    assert list(rows) == [name for name in rows if name in VERBS] and set(rows) == set(VERBS)
    for name, row in rows.items():
        command = papertrail.get_command(context, name)
        assert command is not None
        options = {max(p.opts, key=len) for p in command.params if isinstance(p, click.Option)} - {"--home"}
        assert options == set(re.findall(r"`(--?[\w-]+)`", row.rpartition("|")[2])), name


@pytest.mark.parametrize("group", ["goal", "lineage", "inbox"])
def test_every_subcommand_and_option_is_listed(group: str) -> None:
    command = papertrail.get_command(click.Context(papertrail), group)
    assert isinstance(command, click.Group)
    rows = dict(re.findall(rf"^\| `{group} (\w+)[^`]*` \|(.*)\|$", DOCS, re.MULTILINE))
    assert set(rows) == set(command.commands)
    for name, row in rows.items():
        options = {max(p.opts, key=len) for p in command.commands[name].params if isinstance(p, click.Option)}
        assert options - {"--home"} == set(re.findall(r"`(--?[\w-]+)`", row.rpartition("|")[2])), name


def test_every_exit_code_is_listed() -> None:
    codes = {
        kind.exit_code
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.PapertrailError)
    }
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", DOCS, re.MULTILINE)}
    assert listed == codes | {0, 129, 130, 141, 143}


def test_the_columns_are_as_shown(shared: Program) -> None:
    assert re.fullmatch(r"○  unread  \d{4}  rcnn +Rich.*", shared.ok("list").splitlines()[0])
