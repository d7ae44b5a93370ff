"""A program that is forked warm says, writes and ends as one does whose Python is started for it."""

import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.program import Program, Result
from tests.trails import NOTE

LINES: tuple[tuple[tuple[str, ...], bytes, dict[str, str]], ...] = (
    (("list",), b"", {}),
    (("show", "rcnn", "--json"), b"", {}),
    (("note", "rcnn", "--stdin"), NOTE.encode(), {}),
    (("note", "adam", "--stdin"), b"\xff no UTF-8", {}),
    (("init", "new"), b"", {"PAPERTRAIL_NOW": "2026-03-02T23:30"}),
    (("next",), b"", {"PAPERTRAIL_NOW": "2026-03-02T23:30:00Z", "TZ": "Asia/Tokyo"}),
    (("export",), b"", {"PAPERTRAIL_NOW": "2026-03-02T09:30"}),
    (("done", "--bogus"), b"", {}),
    (("show", "nobody"), b"", {}),
    (("--home", "nowhere", "list"), b"", {}),
)


_STAMPS = re.compile(rb'"made_from": "[0-9a-f]+"')  # the notes of two trails were written at two moments


def files(folder: Path) -> dict[str, bytes]:
    """Return what is written for readers."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and ".papertrail" not in path.parts)
    return {str(path.relative_to(folder)): _STAMPS.sub(b"", path.read_bytes()) for path in found}


def told(program: Program) -> tuple[list[Result], dict[str, bytes]]:
    results = [program.run(*words, stdin=data, env=env) for words, data, env in LINES]
    return results, files(program.trail)


def test_warm_as_cold(program: Program, tmp_path: Path) -> None:
    kept = shutil.copytree(program.trail, tmp_path / "kept")
    warm = told(program)
    shutil.rmtree(program.trail)
    kept.rename(program.trail)
    assert told(replace(program, starts_python=True)) == warm


def test_what_one_leaves_behind_the_next_does_not_find(program: Program) -> None:
    program.run("list", env={"PAPERTRAIL_NOW": "nonsense", "OTHER": "1"})
    assert program.run("list").code == 0
    assert "OTHER" not in os.environ and Path.cwd() != program.trail


@pytest.mark.parametrize("starts_python", [False, True])
def test_an_error_shown_whole(program: Program, starts_python: bool) -> None:
    (program.trail / ".papertrail" / "library.db").unlink()
    (program.trail / ".papertrail" / "library.db").mkdir()
    ended = replace(program, starts_python=starts_python).run("list", env={"PAPERTRAIL_DEBUG": "1"})
    assert ended.code == 1 and ended.err.startswith("Traceback") and ended.out == ""
