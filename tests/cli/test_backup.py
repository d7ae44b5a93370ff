"""papertrail backup and restore: what they say, what they end with, and what begins by itself."""

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.cli.test_json import documented, fields_in, section
from tests.trails import NOTE

DAY, NEXT_DAY = {"PAPERTRAIL_NOW": "2027-03-01T09:30"}, {"PAPERTRAIL_NOW": "2027-03-02T09:30"}


def test_a_trail_backed_up_and_put_back(program: Program, tmp_path: Path) -> None:
    program.run("note", "rcnn", "--stdin", stdin=NOTE)
    made = program.run("backup", str(tmp_path / "trail.zip"))
    assert made.code == 0 and re.fullmatch(
        r"backed up: 6 papers, 1 note, \d+ KB, looked through: \S+/trail\.zip\n", made.out
    )
    assert "PDFs and replies of arXiv's are not in it" in made.err
    assert program.run("backup", "--list").err.startswith("there is no backup yet")
    program.run("note", "rcnn", "--stdin", stdin="Gone wrong.")
    one = program.run("restore", str(tmp_path / "trail.zip"), "rcnn")
    assert one.out.startswith("rcnn  note restored (") and "undo takes it back" in one.err
    assert program.ok("note", "rcnn", "--print") == NOTE
    assert "already" in program.ok("restore", str(tmp_path / "trail.zip"), "rcnn")
    program.ok("undo")
    assert "Gone wrong." in program.ok("note", "rcnn", "--print")

    asked = program.run("restore", str(tmp_path / "trail.zip"))
    assert asked.code == 2 and "say so: --yes" in asked.err
    over = program.run("restore", str(tmp_path / "trail.zip"), "--yes")
    assert over.code == 0 and over.out.startswith("restored as of ") and "6 papers, 1 note" in over.out
    assert program.ok("note", "rcnn", "--print") == NOTE
    (listed,) = program.run("backup", "--list").out.splitlines()
    name, *about = listed.split()
    assert name.endswith("Z-before-restore.zip") and about[-4:] == ["6", "papers", "1", "note"]
    assert f"papertrail restore {name}" in over.err
    assert program.run("restore", name, "rcnn").code == 0
    assert "Gone wrong." in program.ok("note", "rcnn", "--print")

    new = program.run("restore", name, "--to", str(tmp_path / "new"))
    assert new.code == 0 and str(tmp_path / "new") in new.out
    there = replace(program, trail=tmp_path / "new")
    assert "Gone wrong." in there.ok("note", "rcnn", "--print")
    code, raw = program.in_terminal("backup", "--list")
    assert code == 0 and name.encode() in raw


def test_each_field_of_json_is_documented(program: Program) -> None:
    made = program.run("backup", "--json").json
    listed = program.run("backup", "--list", "--json").json
    assert fields_in(made) == fields_in(listed) == documented(section("`papertrail backup --json"))
    assert made["backups"][0]["path"] == listed["backups"][0]["path"]
    assert program.run("backup", "--if-due", "--json").json == {"backups": []}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("backup", "--list", "x.zip"), 2, "exclude each other"),
        (("backup", "--list", "--if-due"), 2, "exclude each other"),
        (("backup", ""), 2, "name of the file is empty"),
        (("backup", "seeds/papers.csv"), 2, "there is a file seeds/papers.csv already"),
        (("backup", "nowhere/x.zip"), 5, "nowhere"),
        (("restore", "nothing.zip"), 1, "there is no file nothing.zip: see: papertrail backup --list"),
        (("restore", "seeds/papers.csv", "--yes"), 1, "is no backup of papertrail's, or is damaged"),
        (("restore", "seeds/papers.csv", "rcnn"), 1, "is no backup of papertrail's, or is damaged"),
        (("restore", "x.zip", "rcnn", "--to", "new"), 2, "--to and --yes go with a whole trail"),
        (("restore", "x.zip", ""), 2, "a name is empty"),
        (("restore",), 2, "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    shared: Program, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = shared.run(*arguments)
    assert (result.code, result.out) == (code, "") and said in result.err
    assert not (shared.trail / "nowhere").exists() and not (shared.trail / "new").exists()


def test_the_first_command_of_a_day_begins_a_backup_that_nobody_waits_for(program: Program) -> None:
    at_a_made_up_moment = program.run("list", env=NEXT_DAY)
    assert at_a_made_up_moment.code == 0
    program.run("start", "rcnn", env={"PAPERTRAIL_NOW": "2026-01-05T09:30"})
    folder = program.trail / ".papertrail" / "backups"
    assert not folder.exists(), "where the moment is made up nothing is done by itself"
    program.run("set", "backup-daily", "off")
    shell = replace(program, starts_python=True)
    assert shell.run("list").code == 0
    program.run("set", "backup-daily", "on")
    assert shell.run("list").code == 0
    end = time.monotonic() + 120
    while not list(folder.glob("*-daily.zip")):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert len(list(folder.glob("*.zip"))) == 1


def test_a_script_asks_for_the_backup_of_the_day(program: Program) -> None:
    program.run("start", "rcnn", env=DAY)
    first = program.run("backup", "--if-due", env=NEXT_DAY)
    assert first.code == 0 and first.out.startswith("backed up: 6 papers")
    again = program.run("backup", "--if-due", env=NEXT_DAY)
    assert (again.code, again.out) == (0, "") and "in no backup yet" in again.err
