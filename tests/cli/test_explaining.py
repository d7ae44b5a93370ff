"""The sign of what can be explained, in every command that tells of papers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from papertrail.library import Home
from tests.cli.program import Program
from tests.explained import explaining_trail
from tests.trails import FixedClock

NAME = "R-CNN to Faster R-CNN"


@pytest.fixture
def at(program: Program) -> "list[Program]":
    """The program on the day a paper can be explained, and 900 days later."""
    clock = FixedClock()
    home = explaining_trail(program.trail / "other", clock)
    assert isinstance(home, Home)
    moments = clock.moment, clock.moment + timedelta(days=900)
    return [
        replace(
            program,
            trail=home.root,
            env={**program.env, "PAPERTRAIL_HOME": str(home.root), "PAPERTRAIL_NOW": str(m)},
        )
        for m in moments
    ]


def test_the_sign_appears_and_goes_again(at: list[Program]) -> None:
    now, late = at
    for command in (
        ("list",),
        ("show", "rcnn"),
        ("lineages",),
        ("lineages", NAME),
        ("progress",),
        ("report",),
        ("goal",),
        ("lineages", NAME, "--mermaid"),
        ("lineages", NAME, "--dot"),
    ):
        told = now.run(*command)
        assert told.code == 0 and ("◆" in told.out or "you can explain" in told.out), (command, told)
        assert "\x1b" not in told.out
        told = late.run(*command)
        assert told.code == 0 and "◆" not in told.out, (command, told)
    for program, sign in ((now, True), (late, False)):
        story = program.trail / "story.md"
        story.unlink(missing_ok=True)
        program.run("export", "--lineage", NAME, "--progress", "--to", str(story))
        assert ("counted, ◆ can explain" in story.read_text(encoding="utf-8")) is sign
    row = next(line for line in now.run("list").out.splitlines() if " rcnn " in line)
    assert row.split()[:3] == ["●", "counted", "◆"]
    assert (
        "2 of 100 counted, 1 of them you can explain: 1 % of the goal, the bar is 80 %"
        in now.run("progress").out
    )
    assert "1 you could explain has faded: rcnn" in late.run("progress").out
    assert "1 you could explain has faded: rcnn" in late.run("review", "--stats").out
    assert (
        "?  Questions" in (out := now.run("show", "rcnn").out.replace("? Q", "?  Q"))
        and "1 of 3 answered" in out
    )
    for program, keys in ((now, ["rcnn"]), (late, [])):
        papers = program.run("list", "explains:yes", "--json").json["papers"]
        assert [paper["key"] for paper in papers] == keys
        assert program.run("show", "rcnn", "--json").json["explained"] is bool(keys)
        assert program.run("lineages", "--json").json["lineages"][0]["explained"] == len(keys)
        goal = program.run("progress", "--json").json
        assert goal["goal"]["explained"] == len(keys) and goal["faded"] == ([] if keys else ["rcnn"])
        assert goal["goal"]["counted"] == 2 and goal["goal"]["explained_share"] == len(keys) / 100
        program.run("export", "--to", str(program.trail / "out"))
        index = (program.trail / "out/README.md").read_text(encoding="utf-8")
        assert ("can explain" in index) is bool(keys)


def test_open_questions_are_told_when_a_note_is_saved_and_a_paper_done(program: Program) -> None:
    from tests.trails import NOTE

    note = f"{NOTE}\n## Questions\n\nQ: a [/b] z?\n\nQ: 为什么?\nA: 因为\n"
    assert "; Questions 1 of 2 answered" in program.run("note", "rcnn", "--stdin", stdin=note).out
    assert "; Questions 1 of 2 answered" in program.run("done", "rcnn").out
