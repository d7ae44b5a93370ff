"""queue, start, done, drop, unread."""

import pytest

from tests.cli.program import Program
from tests.trails import NOTE


@pytest.mark.parametrize(
    ("verb", "status"),
    [("queue", "queued"), ("start", "reading"), ("done", "read"), ("drop", "dropped")],
)
def test_each_verb_sets_its_status(program: Program, verb: str, status: str) -> None:
    assert program.ok(verb, "rcnn").startswith(f"rcnn  unread → {status}")
    assert program.ok(verb, "rcnn").startswith(f"rcnn  already {status}")
    assert program.run("show", "rcnn", "--json").json["status"] == status
    assert program.ok("unread", "rcnn") == f"rcnn  {status} → unread\n"


def test_several_papers_by_several_names(program: Program) -> None:
    out = program.ok("start", "sppnet", "1506.01497", "robb")
    assert [line.split()[0] for line in out.splitlines()] == ["sppnet", "faster-rcnn", "robbins-monro"]
    papers = program.run("list", "--status", "reading", "--json").json["papers"]
    assert {p["key"] for p in papers} == {"sppnet", "faster-rcnn", "robbins-monro"}


def test_one_unknown_key_changes_nothing(program: Program) -> None:
    result = program.run("done", "rcnn", "nobody", "adam")
    assert (result.code, result.out) == (1, "") and "nobody" in result.err
    assert program.run("list", "--status", "read", "--json").json == {"papers": []}


def test_done_says_what_the_note_owes(program: Program) -> None:
    assert program.ok("done", "rcnn") == (
        "rcnn  unread → read; still owes Problem, Key idea, Limits: papertrail note rcnn\n"
    )
    assert "●  owed    2013  rcnn" in program.ok("list")


def test_done_says_what_the_paper_builds_on_that_is_still_to_be_read(program: Program) -> None:
    assert program.ok("done", "fast-rcnn") == (
        "fast-rcnn  unread → read; it builds on rcnn and sppnet, still to be read;"
        " still owes Problem, Key idea, Limits: papertrail note fast-rcnn\n"
    )
    assert "builds on" not in program.ok("done", "rcnn", "sppnet", "faster-rcnn", "fast-rcnn")
    assert "builds on" not in program.ok("start", "adam")


def test_done_says_that_it_counts(program: Program) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    assert program.ok("done", "rcnn") == "rcnn  unread → read; counted: 1 of 100\n"
    assert "●  counted  2013  rcnn" in program.ok("list", "rcnn")
