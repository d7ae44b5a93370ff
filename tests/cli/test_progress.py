"""`papertrail progress`: lines that fit a terminal; what the file named for a picture may be."""

import os
import stat
from pathlib import Path

import pytest

from tests.cli.program import Program

BEHIND = {"PAPERTRAIL_NOW": "2026-06-04T09:30+02:00"}


def test_every_line_fits_eighty_columns(program: Program) -> None:
    program.run("goal", "set", "--from", "2026-03-02", "--to", "2026-08-30", env=BEHIND)
    lines = program.ok("progress", env=BEHIND).splitlines()
    assert any("papertrail goal replan" in line for line in lines), "far behind: the longest advice"
    assert max(map(len, lines)) <= 80


def test_a_picture_replaces_the_file_named(program: Program, tmp_path: Path) -> None:
    picture = tmp_path / "p.svg"
    assert program.run("progress", "--svg", str(picture)).code == 0
    before = picture.read_text(encoding="utf-8")
    assert before.startswith("<svg xmlns")
    program.run("goal", "set", "--target", "7")
    assert program.run("progress", "--svg", str(picture)).code == 0
    assert picture.read_text(encoding="utf-8") != before
    picture.write_text("<svg>somebody else's</svg>", encoding="utf-8")
    result = program.run("progress", "--svg", str(picture))
    assert (result.code, result.err.count("\n")) == (
        2,
        1,
    ) and "is not papertrail's, or was changed" in result.err
    assert picture.read_text(encoding="utf-8") == "<svg>somebody else's</svg>"
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.endswith(".tmp")] == []


def test_a_link_stays_and_its_file_is_written(program: Program, tmp_path: Path) -> None:
    picture, link = tmp_path / "p.svg", tmp_path / "link.svg"
    link.symlink_to(picture)
    for target in ("7", "8"):
        program.run("goal", "set", "--target", target)
        assert program.run("progress", "--svg", str(link)).code == 0
        assert link.is_symlink()
        assert f"of {target} papers" in picture.read_text(encoding="utf-8")


@pytest.mark.parametrize("through_a_link", [False, True])
def test_a_pipe_is_refused_and_stays_a_pipe(program: Program, tmp_path: Path, through_a_link: bool) -> None:
    pipe = named = tmp_path / "pipe"
    os.mkfifo(pipe)
    if through_a_link:
        named = tmp_path / "link.svg"
        named.symlink_to(pipe)
    result = program.run("progress", "--svg", str(named))
    assert (result.code, result.out, result.err.count("\n")) == (5, "", 1)
    assert "is no ordinary file: name a file to be written" in result.err
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert named.is_symlink() is through_a_link
