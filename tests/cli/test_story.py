"""The main job, from the command line alone: a trail, a paper, its note, the goal, the export."""

from dataclasses import replace

import pytest

from tests.arxiv_server import ArxivServer
from tests.cli.program import Program
from tests.trails import NOTE


@pytest.fixture
def program(program: Program) -> Program:
    """The program as a shell starts it."""
    return replace(program, starts_python=True)


def test_a_paper_from_arxiv_to_the_export(program: Program) -> None:
    with ArxivServer() as server:
        added = program.run("add", "1706.03762", "--lineage", "Attention", env=server.env())
    assert added.code == 0
    key = added.out.split()[1]
    assert program.ok("start", key) == f"{key}  unread → reading\n"
    assert program.ok("next", "-n", "1").split()[3] == key
    assert "still owes Problem, Key idea, Limits" in program.ok("done", key)
    assert program.run("progress", "--json").json["goal"]["owed"] == 1
    template = program.ok("note", key, "--print")
    text = template.replace("## Problem\n", "## Problem\n\nRecurrence is slow.\n\n")
    for heading in (
        "## Key idea: why did the authors design it this way?",
        "## Limits and what I would change",
    ):
        assert text.count(heading) == 1
        text = text.replace(heading, f"{heading}\n\nOur own words.\n", 1)
    assert program.ok("note", key, "--stdin", stdin=text).endswith("; counted: 1 of 100\n")
    progress = program.run("progress", "--json").json
    assert (progress["goal"]["read"], progress["goal"]["counted"], progress["goal"]["owed"]) == (1, 1, 0)
    assert progress["lineages"][-1] == {
        "name": "Attention",
        "total": 1,
        "read": 1,
        "counted": 1,
        "missing": 0,
        "explained": 0,
        "active": True,
    }
    assert program.ok().startswith("1 / 100 counted · 0 owed · day 1 of 182\n")
    file = program.trail / "notes" / f"{key}.md"
    assert "Recurrence is slow." in file.read_text(encoding="utf-8")
    program.ok("export")
    assert any(
        "Recurrence is slow." in path.read_text(encoding="utf-8")
        for path in (program.trail / "export").rglob("*.md")
    )


def test_a_note_written_elsewhere_counts_too(program: Program) -> None:
    program.ok("done", "adam")
    file = program.trail / "notes" / "adam.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(NOTE, encoding="utf-8")
    goal = program.run("progress", "--json").json["goal"]
    assert (goal["counted"], goal["owed"]) == (1, 0)
    file.unlink()
    goal = program.run("progress", "--json").json["goal"]
    assert (goal["counted"], goal["owed"], goal["missing"]) == (0, 0, 1)
