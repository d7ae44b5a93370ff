"""Undo n times gives the very model and notes there were, redo n times gives them back."""

from pathlib import Path

from tests.cli.conftest import make_program
from tests.undo.commands import walk_by_commands
from tests.undo.machine import walk


def test_two_programs_take_back_and_do_again(tmp_path: Path) -> None:
    counted = walk(tmp_path, walks=4, steps=25)
    assert counted["undo"], counted


def test_commands_take_back_and_do_again(tmp_path: Path) -> None:
    counted = walk_by_commands(make_program(tmp_path), steps=16, seed=11)
    assert counted["undo"] and counted["redo"], counted
