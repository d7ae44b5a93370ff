"""`papertrail goal`: shown, set, paused, re-planned; and what is refused."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.trails import NOTE

DAY_ONE = {"PAPERTRAIL_NOW": "2026-03-02T09:30+01:00"}
WEEK_NINE = {"PAPERTRAIL_NOW": "2026-05-04T09:30+02:00"}
SET = ("goal", "set", "--target", "26", "--from", "2026-03-02", "--to", "2026-08-30")


def kept(program: Program) -> list[list[tuple[object, ...]]]:
    """Return all that a goal command might change."""
    with closing(sqlite3.connect(program.trail / ".papertrail" / "library.db")) as connection:
        tables = ("goal", "journal", "reading", "lineage")
        return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables]  # noqa: S608


def count(program: Program, key: str, env: dict[str, str]) -> None:
    program.ok("note", key, "--stdin", stdin=NOTE, env=env)
    program.ok("done", key, env=env)


def test_the_goal_is_set_and_shown(program: Program) -> None:
    result = program.run(*SET, "--rest", "sat,Sunday", "--counts", "noted", env=DAY_ONE)
    assert (result.code, result.out) == (0, "26 papers read and noted, 2 Mar to 30 Aug\n")
    count(program, "rcnn", DAY_ONE)
    shown = program.run("goal", env=DAY_ONE)
    assert shown.code == 0
    lines = dict(line.split("  ", 1) for line in shown.out.splitlines())
    lines = {name: text.strip() for name, text in lines.items()}
    assert lines["goal"] == "26 papers read and noted, 2 Mar to 30 Aug"
    assert lines["counted"] == "1 of 26, on pace"
    assert lines["rest days"] == "Sat and Sun"
    assert lines["this week"] == "1 of 1"
    assert lines["from now on"] == "1 a week"
    assert lines["forecast"].startswith("chance of 26 by 30 Aug: ") and lines["forecast"].endswith(
        "in 8 of 10 cases"
    )
    assert shown.err == "this week is done\n"


def test_behind_is_said_as_what_to_do(program: Program) -> None:
    program.run(*SET, env=DAY_ONE)
    later = {"PAPERTRAIL_NOW": "2026-03-17T09:30+01:00"}
    assert "2 papers to catch up (16 days)" in program.run("goal", env=later).out
    assert program.run("goal", env=later).err == "3 this week bring you level\n"
    far = program.run("goal", env=WEEK_NINE)
    assert far.err == "begin with one, or plan anew: papertrail goal replan\n"


def test_the_three_ways_are_shown_and_a_dry_run_is_what_is_then_taken(program: Program) -> None:
    program.run(*SET, env=DAY_ONE)
    count(program, "rcnn", DAY_ONE)
    before = kept(program)
    first = program.run("progress", "--json", env=WEEK_NINE).json["goal"]
    shown = program.run("goal", "replan", env=WEEK_NINE)
    assert [line.split()[0] for line in shown.out.splitlines()] == ["catch-up", "rebalance", "extend"]
    for way in ("catch-up", "rebalance", "extend"):
        dry = program.run("goal", "replan", way, "--dry-run", env=WEEK_NINE)
        assert dry.code == 0
        assert dry.err == "nothing is changed: without --dry-run it is\n"
        assert kept(program) == before, "neither looking nor a dry run changes anything"
        line = next(line for line in shown.out.splitlines() if line.startswith(way))
        assert dry.out.split() == line.split()
        assert program.ok("goal", "replan", way, env=WEEK_NINE) == dry.out
        assert kept(program) != before
        assert program.run("progress", "--json", env=WEEK_NINE).json["goal"]["ahead_papers"] == 0
        program.run(*SET, env=WEEK_NINE)
        assert program.run("progress", "--json", env=WEEK_NINE).json["goal"] == first, "set back"
        after = kept(program)
        assert all(new[: len(old)] == old for new, old in zip(after, before, strict=True)), "nothing is lost"
        before = after
    history = program.run("goal", "history", "--json", env=WEEK_NINE).json["goals"]
    assert len(history) == 8
    assert [bool(goal["waypoints"]) for goal in history] == [False, True] * 3 + [False, False]
    assert program.ok("goal", "history", env=WEEK_NINE).count("\n") == 8


def test_a_pause_and_its_end(program: Program) -> None:
    program.run(*SET, env=DAY_ONE)
    planned = program.run("progress", "--json", env=WEEK_NINE).json["goal"]["expected"]
    assert program.run("goal", "pause", "2026-04-06", "2026-04-19", env=DAY_ONE).code == 0
    assert "pause        6 Apr to 19 Apr\n" in program.run("goal", env=WEEK_NINE).out
    goal = program.run("progress", "--json", env=WEEK_NINE).json["goal"]
    assert goal["expected"] < planned
    assert goal["pauses"] == [{"first": "2026-04-06", "end": "2026-04-20"}]
    assert program.run("goal", "resume", "2026-04-19", env=DAY_ONE).code == 0
    assert program.run("progress", "--json", env=WEEK_NINE).json["goal"]["expected"] == planned


def test_without_a_goal(program: Program) -> None:
    assert program.run("goal", "drop").out == "there is no goal now; papertrail goal set sets one\n"
    assert program.run("goal").out == "no goal; 0 papers read and noted\n"
    progress = program.run("progress")
    assert (progress.code, progress.out.splitlines()[0]) == (0, "0 counted · 0 owed · no goal")
    assert program.run("progress", "--json").json["goal"]["target"] is None
    assert program.run("report").code == program.run().code == 0
    for command in (("goal", "drop"), ("goal", "replan"), ("goal", "pause", "today", "today")):
        result = program.run(*command)
        assert (result.code, result.out) == (1, "")
        assert result.err == "papertrail: there is no goal: set one with: papertrail goal set --target 100\n"
    assert program.run("progress", "--svg", "p.svg").code == 1
    assert not (program.trail / "p.svg").exists()
    assert program.run("goal", "set").out.startswith("100 papers read and noted")


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (("goal", "set", "--from", "2026-02-30"), "2026-02-30 is no date: give it as 2026-03-01, or today"),
        (("goal", "set", "--to", "soon"), "soon is no date"),
        (("goal", "set", "--to", "20261231"), "20261231 is no date"),
        (("goal", "set", "--from", ""), "nothing is no date"),
        (("goal", "set", "--to", "2026-03-01"), "a goal from 2026-03-02 to 2026-03-01"),
        (("goal", "set", "--to", "9999-12-31"), "9999-12-31 is too far away: give a day from 1900-01-01 to"),
        (("goal", "set", "--from", "0001-01-01"), "0001-01-01 is too far away"),
        (("goal", "set", "--target", "-1"), "a target of -1 papers: give a number from 0 to 100000"),
        (("goal", "set", "--target", "1000000"), "a target of 1000000 papers"),
        (
            ("goal", "set", "--rest", "mon,tue,wed,thu,fri,sat,sun"),
            "every day of the week would be a rest day",
        ),
        (("goal", "set", "--rest", "caturday"), "caturday is no day of the week"),
        (
            ("goal", "pause", "2026-04-10", "2026-04-01"),
            "a pause from 2026-04-10 to 2026-04-01 ends before it begins",
        ),
        (
            ("goal", "pause", "2027-04-01", "2027-04-10"),
            "a pause from 2027-04-01 to 2027-04-10 lies outside of the goal: "
            "give days from 2026-03-02 to 2026-08-30",
        ),
        (("goal", "pause", "2026-04-01", "9999-12-31"), "9999-12-31 is too far away: give a day from"),
        (("goal", "pause", "soon", "later"), "soon is no date"),
        (("done", "rcnn", "--on", "2026-13-01"), "2026-13-01 is no date"),
        (("done", "rcnn", "--on", "2026-03-03"), "2026-03-03 is still to come"),
        (("done", "rcnn", "--on", "1899-12-31"), "1899-12-31 is too long ago"),
    ],
)
def test_what_is_no_date_or_no_goal_is_one_line_and_changes_nothing(
    program: Program, arguments: tuple[str, ...], cause: str
) -> None:
    program.run(*SET, env=DAY_ONE)
    before = kept(program)
    result = program.run(*arguments, env=DAY_ONE)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"papertrail: {cause}") and result.err.count("\n") == 1
    assert kept(program) == before


@pytest.mark.parametrize(
    "arguments",
    [("goal", "set", "--target", "many"), ("goal", "replan", "hurry"), ("goal", "pause", "today")],
)
def test_usage_errors(program: Program, arguments: tuple[str, ...]) -> None:
    before = kept(program)
    result = program.run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("papertrail: ") and "Traceback" not in result.err
    assert kept(program) == before


def test_the_clock_of_the_environment(program: Program) -> None:
    result = program.run("goal", env={"PAPERTRAIL_NOW": "yesterday"})
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("papertrail: PAPERTRAIL_NOW=yesterday is no moment: give it as ")


def test_the_front_of_the_queue(program: Program) -> None:
    program.ok("queue", "adam")
    out = program.ok("queue", "sppnet", "fast-rcnn", "--first")
    assert out.splitlines() == [
        "sppnet  number 1 of 3 in the queue",
        "fast-rcnn  number 2 of 3 in the queue",
    ]
    listed = program.run("list", "--status", "queued", "--json").json["papers"]
    assert [paper["key"] for paper in listed] == ["sppnet", "fast-rcnn", "adam"]


def test_a_lineage_at_rest(program: Program) -> None:
    assert program.ok("lineage", "deactivate", "r-cnn") == "R-CNN to Faster R-CNN  at rest\n"
    assert program.ok("lineage", "deactivate", "r-cnn") == "R-CNN to Faster R-CNN  already at rest\n"
    assert "R-CNN to Faster R-CNN · at rest" in program.ok("lineages")
    papers = program.run("next", "--json").json["papers"]
    assert [paper["key"] for paper in papers] == ["robbins-monro", "adam"]
    assert program.ok("lineage", "activate", "r-cnn") == "R-CNN to Faster R-CNN  active\n"
    assert program.run("lineage", "activate", "nothing").code == 1


def test_a_picture_for_a_readme(program: Program, tmp_path: Path) -> None:
    result = program.run("progress", "--svg", "p.svg", env=DAY_ONE)
    assert (result.code, result.out, result.err) == (0, "", "wrote p.svg\n")
    text = (program.trail / "p.svg").read_text(encoding="utf-8")
    assert text.startswith("<svg") and "0 of 100 papers read and noted" in text
    for wrong, code in ((str(tmp_path), 2), ("seeds/papers.csv", 2), ("seeds/papers.csv/p.svg", 5)):
        result = program.run("progress", "--svg", wrong)
        assert (result.code, result.out, result.err.count("\n")) == (code, "", 1)


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_the_chart_is_readable_without_colour_and_in_ascii(program: Program, encoding: str) -> None:
    program.run(*SET, env=DAY_ONE)
    for key in ("rcnn", "sppnet", "adam"):
        count(program, key, DAY_ONE)
    text = program.ok("progress", env={**WEEK_NINE, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    lines = text.splitlines()
    chart = lines[lines.index("") :]
    assert max(map(len, chart)) <= 80
    assert "\x1b" not in text and "?" not in text
    assert lines[0].startswith("3 / 26 counted")
    assert any("counted" in line and "plan" in line and "forecast" in line for line in lines)
    assert any(line.startswith("Mo ") for line in lines)
    marks = "#." if encoding == "ascii" else "█⠐"
    assert all(mark in text for mark in marks)


BERLIN = {"TZ": "Europe/Berlin"}


def set_goal(program: Program, *words: str, env: Mapping[str, str]) -> None:
    assert program.run(*words, env=env).code == 0


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (
            "0001-01-01T00:00",
            "PAPERTRAIL_NOW=0001-01-01T00:00 is too far away: give another",
        ),
        ("9999-12-31T23:59:59", "PAPERTRAIL_NOW=9999-12-31T23:59:59 is too far away"),
        ("9999-12-31T23:59-12:00", "PAPERTRAIL_NOW=9999-12-31T23:59-12:00 is too far away"),
        ("1899-12-31T12:00+00:00", "PAPERTRAIL_NOW=1899-12-31T12:00+00:00 is too far away"),
        ("2200-01-01T12:00", "PAPERTRAIL_NOW=2200-01-01T12:00 is too far away"),
        (
            "2026-03-29T02:30",
            "PAPERTRAIL_NOW=2026-03-29T02:30 does not exist here, clocks are put forward then: "
            "give 2026-03-29T03:30",
        ),
    ],
)
def test_a_clock_out_of_reach_is_one_line(program: Program, now: str, told: str) -> None:
    for command in (("goal",), ("progress",), ("done", "rcnn"), ()):
        result = program.run(*command, env={**BERLIN, "PAPERTRAIL_NOW": now})
        assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
        assert result.err.startswith(f"papertrail: {told}")


@pytest.mark.parametrize("now", ["1900-01-08T00:00", "2199-06-30T23:59", "1950-07-01T12:00+05:30"])
def test_every_command_works_at_the_ends_of_the_calendar(program: Program, now: str) -> None:
    env = {**BERLIN, "PAPERTRAIL_NOW": now}
    set_goal(program, "goal", "set", "--from", "today", "--to", "2199-12-31", env=env)
    count(program, "rcnn", env)
    for command in (
        ("goal",),
        ("goal", "history"),
        ("progress",),
        ("report", "--month"),
        ("next",),
        ("goal", "replan"),
    ):
        assert program.run(*command, env=env).code == 0, command
    assert program.run("goal", "--json", env=env).json["goal"]["counted"] == 1


def test_a_moment_with_an_offset_is_told_in_the_reader_s_zone(program: Program) -> None:
    late = {**BERLIN, "PAPERTRAIL_NOW": "2026-03-02T22:30-05:00"}  # 3 March, 04:30 in Berlin
    set_goal(program, "goal", "set", "--from", "today", env=late)
    program.ok("done", "rcnn", env=late)
    assert program.run("goal", "--json", env=late).json["goal"]["today"] == "2026-03-03"
    with closing(sqlite3.connect(program.trail / ".papertrail" / "library.db")) as connection:
        (read_on,) = connection.execute("SELECT finished_on FROM reading").fetchone()
    assert read_on == "2026-03-03"


def test_a_stored_moment_falls_on_the_day_it_had_then(program: Program) -> None:
    """Half past midnight in summer is half past eleven the day before by the offset of winter."""
    set_goal(program, *SET, env={**BERLIN, "PAPERTRAIL_NOW": "2026-07-01T00:30"})
    winter = {**BERLIN, "PAPERTRAIL_NOW": "2026-12-01T12:00"}
    assert program.run("goal", "history", env=winter).out.startswith("2026-07-01  set")
    set_goal(program, "goal", "set", "--target", "30", env={**BERLIN, "PAPERTRAIL_NOW": "2026-12-02T00:30"})
    summer = {**BERLIN, "PAPERTRAIL_NOW": "2027-07-01T12:00"}
    assert program.run("goal", "history", env=summer).out.startswith("2026-12-02  set")


def test_a_clock_behind_what_was_counted_says_so(program: Program) -> None:
    thursday = {**BERLIN, "PAPERTRAIL_NOW": "2026-03-05T10:00"}
    wednesday = {**BERLIN, "PAPERTRAIL_NOW": "2026-03-04T10:00"}
    set_goal(program, *SET, env=thursday)
    count(program, "rcnn", thursday)
    count(program, "adam", wednesday)
    shown = program.run("goal", env=wednesday)
    assert "2 of 26, 1 paper ahead (11 days); 1 paper counted on days still to come" in " ".join(
        shown.out.split()
    )
    goal = program.run("goal", "--json", env=wednesday).json["goal"]
    assert (goal["counted"], goal["week"]["done"], goal["counted_later"]) == (2, 1, 1)
    assert "## Read and noted: 1" in program.ok("report", env=wednesday)
    assert program.run("goal", "--json", env=thursday).json["goal"]["week"]["done"] == 2


def test_where_reading_alone_counts_goal_week_and_report_agree(program: Program) -> None:
    set_goal(program, *SET, "--counts", "read", env=DAY_ONE)
    said = program.ok("done", "rcnn", "adam", env=DAY_ONE)
    assert said.splitlines()[1].endswith("counted: 2 of 26")
    assert "counted" not in program.ok("note", "rcnn", "--stdin", stdin=NOTE, env=DAY_ONE), "it did already"
    goal = program.run("goal", "--json", env=DAY_ONE).json["goal"]
    assert (goal["counted"], goal["week"]["done"]) == (2, 2)
    report = program.ok("report", env=DAY_ONE)
    assert "goal: **2 of 26** papers read," in report and "## Read: 2" in report
    assert "note to come" in report and "## Read, note to come" not in report
    set_goal(program, *SET, "--counts", "noted", env=DAY_ONE)
    report = program.ok("report", env=DAY_ONE)
    assert "## Read and noted: 1" in report and "## Read, note to come: 1" in report


def test_what_the_goal_s_commands_say(program: Program) -> None:
    assert program.run("goal", "set", "--target", "1", env=DAY_ONE).out.startswith("1 paper read and noted,")
    many = program.run(*SET, env=DAY_ONE)
    assert "the trail has 6 so far: papertrail add brings more in\n" in many.err
    assert "the trail has" not in program.run(*SET[:2], "--target", "6", env=DAY_ONE).err
    paused = program.run("goal", "pause", "2026-04-03", "2026-04-12", env=DAY_ONE)
    assert paused.out.startswith("nothing is planned from 2026-04-03 to 2026-04-12\n")
    program.ok("note", "rcnn", "--stdin", stdin=NOTE, env=DAY_ONE)
    early = program.ok("done", "rcnn", "--on", "2026-02-10", env=DAY_ONE)
    told = "the goal begins on 2026-03-02: 2026-02-10 does not count towards it"
    assert early == f"rcnn  unread → read on 2026-02-10; {told}\n"
    assert "still owes" in program.ok("done", "adam", env=DAY_ONE)
    assert program.ok("done", "rcnn", "--on", "today", env=DAY_ONE).endswith("; counted: 1 of 6\n")
    over = {"PAPERTRAIL_NOW": "2026-12-24T09:30"}
    program.ok("unread", "rcnn", env=over)
    kept = program.ok("done", "rcnn", env=over)
    assert kept == "rcnn  unread → read; counted by 2026-03-02, as before: 1 of 6\n"
    late = program.ok("recount", "rcnn", env=over)
    assert late.endswith("the goal ended on 2026-08-30: 2026-12-24 does not count towards it\n")


def test_catching_up_asks_for_no_more_than_half_as_much_again(program: Program) -> None:
    set_goal(program, *SET, env=DAY_ONE)
    late = {"PAPERTRAIL_NOW": "2026-08-20T09:30+02:00"}
    shown = program.run("goal", "replan", "catch-up", "--dry-run", env=late)
    assert (shown.code, shown.out) == (2, "")
    assert "half as much again, 1.5 a week, would be 2 of 26 by 30 Aug: not enough" in shown.err
    assert program.run("goal", "replan", "rebalance", "--dry-run", env=late).code == 0
    set_goal(program, "goal", "pause", "2026-08-20", "2026-08-30", env=late)
    for way in ("catch-up", "rebalance"):
        closed = program.run("goal", "replan", way, env=late)
        assert closed.code == 2 and "no reading day is left until 30 Aug" in closed.err


def test_the_day_starts_when_the_reader_says(program: Program) -> None:
    night = {**BERLIN, "PAPERTRAIL_NOW": "2026-03-03T02:00"}
    before = program.run("goal", "--json", env=night).json["goal"]
    assert program.ok("goal", "set", "--day-starts", "4:00", env=night) == "the day starts at 04:00\n"
    after = program.run("goal", "--json", env=night).json["goal"]
    assert (before.pop("today"), after.pop("today")) == ("2026-03-03", "2026-03-02")
    assert after["target"] == before["target"], "the goal stays as it is"
    assert program.run("set", "day-starts").out.split()[:2] == ["day-starts", "04:00"]
    for wrong in ("25:00", "4", "noon", "12:00", "04:60", ""):
        result = program.run("goal", "set", "--day-starts", wrong, env=night)
        assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
        assert result.err.startswith("papertrail: day-starts cannot be ")


def test_the_words_of_a_section_are_asked_for(program: Program) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    program.ok("done", "rcnn")
    would = (
        "at least 5 words in each needed section  1 paper would owe a note again: rcnn; 1 would owe in all"
    )
    looked = program.run("goal", "set", "--words", "5", "--dry-run")
    assert (looked.code, looked.out.strip()) == (0, would)
    document = program.run("goal", "set", "--words", "5", "--dry-run", "--json").json
    assert document == {"floor": {"words": 5, "was": 0, "owing": ["rcnn"], "counting": [], "owed": 1}}
    assert program.run("goal", "--json").json["goal"]["words"] == 0, "nothing was changed"

    assert program.run("goal", "set", "--words", "5").out.startswith(would)
    assert "a section    at least 5 words" in program.run("goal").out
    assert "Problem  4 of 5 words" in program.ok("show", "rcnn")
    owes = "still owes Problem 4 of 5 words: papertrail note rcnn"
    assert owes in program.ok("done", "rcnn")
    note = program.run("show", "rcnn", "--json").json["note"]
    assert note["missing"] == ["Problem"]
    assert note["sections"][0] == {
        "section": "Problem",
        "required": True,
        "filled": False,
        "words": 4,
        "wanted": 5,
        "answered": 0,
        "asked": 0,
    }
    saved = program.run("note", "rcnn", "--stdin", stdin=NOTE.replace("slow.", "slow, all of them."))
    assert "counted: 1 of 100" in saved.out
    assert "at least 5 words a section" in program.ok("goal", "history")
    assert program.run("goal", "set", "--words", "0", "--json").json["floor"]["owing"] == []


def test_on_a_terminal_it_asks_before_papers_owe_again(program: Program) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    program.ok("done", "rcnn")
    for answer, code, words in (("n", 1, 0), ("y", 0, 5)):
        terminal = program.start_in_terminal("goal", "set", "--words", "5")
        terminal.wait_for(b"Ask for so many?")
        terminal.type(f"{answer}\r")
        assert terminal.end()[0] == code
        assert program.run("goal", "--json").json["goal"]["words"] == words


@pytest.mark.parametrize("arguments", [("--dry-run",), ("--yes",), ("--words", "-1"), ("--words", "many")])
def test_what_is_no_number_of_words_is_said(program: Program, arguments: tuple[str, ...]) -> None:
    done = program.run("goal", "set", *arguments)
    assert done.code == 2 and done.out == "" and "words" in done.err
