"""queue, start, done, drop, unread."""

import re

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


MARCH, LATER = {"PAPERTRAIL_NOW": "2026-03-02T09:30"}, {"PAPERTRAIL_NOW": "2026-05-04T09:30"}


@pytest.fixture
def counted(program: Program) -> Program:
    """A trail with a goal from March on, rcnn counted in it; sppnet owes a note."""
    program.run("goal", "set", "--target", "6", "--from", "2026-03-01", "--to", "2026-08-30", env=MARCH)
    program.ok("note", "rcnn", "--stdin", stdin=NOTE, env=MARCH)
    program.ok("done", "rcnn", "sppnet", env=MARCH)
    return program


def past(report: str) -> str:
    """Return what a report says was read and noted, and is owed."""
    return re.split(r"\n## (?:Being read|Next)\n", report)[0]


@pytest.mark.parametrize(
    ("verb", "sign", "word"), [("start", "◐", "reading again"), ("queue", "◔", "queued again")]
)
def test_a_paper_read_again_goes_on_counting(counted: Program, verb: str, sign: str, word: str) -> None:
    report = counted.ok("report", env=MARCH)
    first, second = counted.ok(verb, "rcnn", "sppnet", env=LATER).splitlines()
    assert first == f"rcnn  read → {word}; it goes on counting: 1 of 6"
    assert second.startswith(f"sppnet  read → {word}; still owes Problem,")
    assert counted.ok(verb, "rcnn", env=LATER).startswith(f"rcnn  already {word}; it goes on")
    assert f"{sign}  {word}  2013  rcnn" in counted.ok("list")
    assert f"{sign} {word}, counted\n" in counted.ok("show", "rcnn")
    assert f"{sign} {word}, owes a note\n" in counted.ok("show", "sppnet")
    paper = counted.run("list", "rcnn", "--json").json["papers"][0]
    assert (paper["is_read"], paper["counted"], paper["owed"]) == (True, True, False)
    said = counted.run("progress", "--json", env=LATER).json
    assert said["counted_days"] == [{"day": "2026-03-02", "papers": 1}]
    assert (said["goal"]["read"], said["goal"]["owed"], said["owed"]) == (2, 1, ["sppnet"])
    states = counted.run("lineages", "R-CNN", "--json").json
    assert (states["states"]["counted"], states["states"]["owed"], states["gaps"]) == (1, 1, [])
    assert f"{sign}✓ rcnn" in counted.ok("lineages", "R-CNN")
    assert f"{sign} {word}, counted" in counted.ok("export", "--lineage", "R-CNN", "--progress")
    assert past(counted.ok("report", env=MARCH)) == past(report)
    assert ("· again" in counted.ok("report", env=LATER)) == (verb == "start")
    assert counted.ok("done", "rcnn", env=LATER) == (
        f"rcnn  {word.partition(' ')[0]} → read; counted by 2026-03-02, as before: 1 of 6\n"
    )


@pytest.mark.parametrize("verb", ["unread", "drop"])
def test_a_day_is_kept_for_when_the_paper_is_done_again(counted: Program, verb: str) -> None:
    counted.ok(verb, "rcnn", env=LATER)
    assert counted.run("progress", "--json", env=LATER).json["counted_days"] == []
    assert counted.ok("start", "rcnn", env=LATER).endswith(" → reading\n")
    assert counted.ok("done", "rcnn", env=LATER).endswith(
        "→ read; counted by 2026-03-02, as before: 1 of 6\n"
    )
    assert counted.ok("done", "rcnn", "--on", "today", env=LATER).endswith("; counted: 1 of 6\n")
    days = counted.run("progress", "--json", env=LATER).json["counted_days"]
    assert days == [{"day": "2026-05-04", "papers": 1}]


def test_recount_says_both_days_and_can_be_taken_back(counted: Program) -> None:
    now = "rcnn  counts on 2026-05-04 now, before on 2026-03-02\n"
    assert counted.ok("recount", "rcnn", env=LATER) == now
    assert counted.ok("recount", "rcnn", "--on", "today", env=LATER) == "rcnn  counts on 2026-05-04 already\n"
    assert "rcnn counted on 2026-03-02 → 2026-05-04" in counted.ok("undo", env=LATER)
    early = counted.ok("recount", "rcnn", "--on", "2026-02-01", env=LATER)
    assert early.endswith(
        "on 2026-03-02; the goal begins on 2026-03-01: 2026-02-01 does not count towards it\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sppnet",), "sppnet does not count yet: its note is not complete: papertrail note sppnet"),
        (("adam",), "adam does not count: it is not read: papertrail done adam"),
        (("rcnn", "adam"), "adam does not count"),
        (("rcnn", "--on", "2026-12-01"), "2026-12-01 is still to come"),
    ],
)
def test_what_does_not_count_is_not_recounted(counted: Program, words: tuple[str, ...], said: str) -> None:
    result = counted.run("recount", *words, env=LATER)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert said in result.err
    days = counted.run("progress", "--json", env=LATER).json["counted_days"]
    assert days == [{"day": "2026-03-02", "papers": 1}]
