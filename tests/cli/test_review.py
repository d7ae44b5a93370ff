"""papertrail review: questions through a pipe and in a terminal."""

import re

import pytest

from tests.cli.program import Program
from tests.trails import NOTE

HOSTILE = "a [/b] z\x1b]52;c;ZXZpbA==\x07"
ASKED = f"{NOTE}\n## Questions\n\nQ: Why {HOSTILE}?\nA: 因为 {HOSTILE}\n"


@pytest.fixture
def counted(program: Program) -> Program:
    """A trail with a paper that counts and asks four questions."""
    program.ok("note", "rcnn", "--stdin", stdin=ASKED)
    program.ok("done", "rcnn")
    return program


def test_nothing_is_asked_as_long_as_nothing_counts(program: Program) -> None:
    result = program.run("review")
    assert (result.code, result.out) == (0, "") and "No questions yet" in result.err
    program.ok("note", "rcnn", "--stdin", stdin=ASKED)
    assert "papers that count" in program.run("review").err, "it is not read yet"


def test_without_input_it_is_told_what_is_due(counted: Program) -> None:
    out = counted.ok("review")
    assert out == "4 questions today  about 1 minute\n"
    rows = counted.ok("review", "--due").splitlines()
    assert rows[0].startswith("4 questions today")
    assert [row.split(maxsplit=1) for row in rows[1:]][-1] == ["rcnn", "Why a [/b] z]52;c;ZXZpbA==?"]


def test_answers_and_grades_come_through_a_pipe(counted: Program) -> None:
    result = counted.run("review", "rcnn", stdin="It was slow.\ngood\n\n1\n\n\n4\n-\n")
    assert result.code == 0, result
    assert "\x1b" not in result.out and "Region proposals are slow." in result.out
    assert re.findall(r"^(\w+): again in", result.out, re.MULTILINE) == ["good", "again", "easy"]
    assert "\ntomorrow\n" in result.out
    assert "2 of 3 answers known" in result.out and "to reread: papertrail note rcnn" in result.err
    stats = counted.run("review", "--stats", "--json").json
    assert (stats["questions"], stats["answered"], stats["counted"]) == (4, 3, 1)
    assert stats["days"][0]["answers"] == 3 and stats["days"][0]["known"] == 2
    assert "no" not in counted.run("review", "--due", "--json").json["questions"]
    assert counted.ok("undo").startswith("taken back: rcnn: Why a [/b] z")


def test_what_was_graded_last_is_taken_back_and_asked_again(counted: Program) -> None:
    result = counted.run("review", "-n", "2", stdin="\ngood\nu\n\nagain\nq\n")
    assert result.code == 0 and "taken back: rcnn:" in result.out
    assert counted.run("review", "--stats", "--json").json["days"][0]["known"] == 0
    assert "nothing of this review" in counted.run("review", stdin="u\nq\n").err


def test_a_grade_before_the_answer_was_seen_is_an_answer(counted: Program) -> None:
    result = counted.run("review", "-n", "1", stdin="3\n3\n")
    assert "again in" in result.out and result.out.count("again in") == 1


def test_a_bad_question_is_not_asked_until_it_is_worded_otherwise(counted: Program) -> None:
    due = counted.run("review", "--due", "--json").json["questions"]
    counted.run("review", "-n", "1", stdin="!\n")
    left = counted.run("review", "--due", "--json").json["questions"]
    assert [one["id"] for one in left] == [one["id"] for one in due[1:]]
    assert set(due[0]) == {
        "id",
        "kind",
        "key",
        "lineage",
        "title",
        "year",
        "section",
        "question",
        "due_on",
        "last_on",
    }


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (("review", "nobody"), "no paper has the key nobody"),
        (("review", "--lineage", "zzz"), "zzz"),
        (("review", "--due", "--stats"), "--due and --stats exclude each other"),
        (("review", "--json"), "--json goes with --due or --stats"),
        (("review", "set"), "nothing to set"),
        (
            ("review", "set", "--retention", "1"),
            "review-retention cannot be 1: give a share",
        ),
        (("review", "set", "--minutes", "0"), "review-minutes cannot be 0"),
        (("review", "set", "--new", "-1"), "review-new cannot be -1"),
        (("review", "set", "--ready-by", "soon"), "review-ready-by cannot be soon"),
    ],
)
def test_bad_input_gets_one_line(shared: Program, words: tuple[str, ...], cause: str) -> None:
    result = shared.run(*words)
    assert result.code in (1, 2) and cause in result.err and result.err.count("\n") == 1, result


def test_settings_are_said_in_one_place(program: Program) -> None:
    out = program.ok("review", "set", "--retention", "95%", "--minutes", "15", "--ready-by", "2027-03-01")
    assert out.splitlines() == [
        "review-retention  0.9 → 0.95",
        "review-minutes  10 → 15",
        "review-ready-by  goal → 2027-03-01",
    ]
    assert program.ok("review", "set", "--new", "10") == "review-new  already 10\n"
    assert program.ok("set", "review-minutes").split()[:2] == ["review-minutes", "15"]


def test_keys_in_a_terminal(counted: Program) -> None:
    terminal = counted.start_in_terminal("review", "-n", "2")
    terminal.wait_for(b"1/2")
    terminal.type(" ")
    terminal.wait_for(b"4 easy")
    terminal.type("3")
    terminal.wait_for(b"2/2")
    terminal.type("-")
    code, seen = terminal.end()
    assert code == 0 and b"1 of 1 answer known" in seen
    assert b"\x1b]52" not in seen
