"""The table of completion says of every command what click says: neither can drift away from the other."""

from collections.abc import Iterator
from typing import Any

import click
import pytest

from papertrail.cli.main import papertrail
from papertrail.completion.commands import COMMANDS, SHORT_FOR, Command, below, command_called
from papertrail.completion.sources import FREE, IN_FOLDERS, IN_TRAIL, QUERY_FIELDS, SETTING_VALUES, WORDS
from papertrail.domain.facts import FIELDS
from papertrail.domain.query import fields as query
from papertrail.domain.settings import SETTINGS
from tests.cases import each


def commands(
    command: click.Command, parent: click.Context | None = None, above: str = ""
) -> Iterator[tuple[str, Any]]:
    """Yield every command with its path below the program, and its context."""
    path = f"{above} {command.name}".strip() if parent else ""
    settings = dict(command.context_settings)
    context = click.Context(command, parent=parent, info_name=path or "papertrail", **settings)
    yield path, context
    if isinstance(command, click.Group):
        for one in command.list_commands(context):
            found = command.get_command(context, one)
            assert found is not None
            yield from commands(found, context, path)


ALL: dict[str, click.Context] = dict(commands(papertrail))


def test_every_command_has_its_row() -> None:
    assert set(COMMANDS) == set(ALL) - {""}


@each("path", ALL)
def test_a_row_names_every_option_and_argument(path: str) -> None:
    context = ALL[path]
    row = command_called(path)
    wanted: dict[str, tuple[set[str], bool, bool, bool]] = {}
    arguments = []
    contexts = [context, ALL[SHORT_FOR[path]]] if path in SHORT_FOR else [context]
    for parameter in (one for here in contexts for one in here.command.get_params(here)):
        if isinstance(parameter, click.Option):
            takes_value = not (parameter.is_flag or parameter.count)
            may_be_left_out = takes_value and parameter._flag_needs_value
            about = (set(parameter.opts), takes_value, parameter.multiple, may_be_left_out)
            wanted |= dict.fromkeys(parameter.opts, about)
            assert not parameter.secondary_opts and parameter.nargs == 1
        else:
            arguments.append(parameter.nargs == -1)
    assert row.options.keys() == wanted.keys()
    for name, (names, takes_value, multiple, may_be_left_out) in wanted.items():
        kind = row.options[name]
        assert set(row.spellings[name]) == names, name
        assert bool(kind) == takes_value, name
        assert (name in row.repeated) == multiple, name
        assert kind.endswith("?") == may_be_left_out, name
    assert len(row.arguments) == len(arguments)
    assert row.goes_on == any(arguments) and not any(arguments[:-1])


@each("path", ALL)
def test_a_kind_fits_what_click_takes(path: str) -> None:
    row = command_called(path)
    number = 0
    for parameter in ALL[path].command.params:
        if isinstance(parameter, click.Argument):
            kind, number = row.argument(number), number + 1
        elif isinstance(parameter, click.Option) and not parameter.is_flag:
            kind = row.options[parameter.opts[0]].rstrip("?")
        else:
            continue
        called = f"{parameter.name} {parameter.metavar or ''}".lower()
        if isinstance(parameter.type, click.Choice):
            assert WORDS[kind] == tuple(parameter.type.choices)
        elif type(parameter.type).__name__ == "Day":
            assert kind == "day"
        elif called.startswith(("key", "child", "parent", "after", "into")) or "key..." in called:
            assert kind == "key", called
        elif "lineage" in called or (path.startswith("lineage") and called.startswith("name")):
            assert kind.startswith("lineage"), called
        elif called.endswith("dir") or called.startswith("folder"):
            assert kind == "folder", called
        elif "file" in called:
            assert kind == "file", called
        else:
            assert kind not in {"key", "status", *IN_FOLDERS}, called


def test_groups_know_what_stands_below_them() -> None:
    for path, context in ALL.items():
        assert sorted(below(path)) == sorted(
            context.command.list_commands(context) if isinstance(context.command, click.Group) else []
        )


def test_every_kind_comes_from_somewhere() -> None:
    kinds = {
        kind.rstrip("?")
        for path in ALL
        for row in [command_called(path)]
        for kind in [*row.arguments, *row.options.values()]
    }
    kinds |= set(QUERY_FIELDS.values())
    sources = [set(IN_TRAIL), set(WORDS), IN_FOLDERS, FREE, {"value", "query"}]
    assert kinds <= set().union(*sources)
    assert sum(map(len, sources)) == len(set().union(*sources)), "a kind has two sources"


def test_words_are_those_of_the_domain() -> None:
    assert WORDS["setting"] == tuple(SETTINGS)
    assert WORDS["fact"] == tuple(f"{name}=" for name in FIELDS)
    for name, values in SETTING_VALUES.items():
        for value in values:
            SETTINGS[name].parse(value)


def test_fields_of_queries_are_those_of_the_language() -> None:
    assert list(QUERY_FIELDS) == [field.name for field in query.FIELDS]
    for field in query.FIELDS:
        if field.values:
            assert WORDS[QUERY_FIELDS[field.name]] == tuple(field.values)
    assert WORDS["flag"] == tuple(query.FLAGS)


def test_arguments_go_on_or_end() -> None:
    row = Command("lineage key* --new")
    assert [row.argument(number) for number in range(4)] == ["lineage", "key", "key", "key"]
    assert [Command("key key").argument(number) for number in range(3)] == ["key", "key", ""]
    with pytest.raises(KeyError):
        command_called("nonsense")
