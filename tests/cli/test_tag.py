"""papertrail tag and rate."""

import pytest
import yaml

from tests.cli.program import Program
from tests.trails import NOTE

HOSTILE = "a [/b] z\x1b]52;c;ZXZpbA==\x07"


def test_tags_are_given_taken_and_listed(program: Program) -> None:
    out = program.ok("tag", "rcnn", "fast-rcnn", "+cnn", "+to show,待读", "-old")
    assert out.splitlines() == [
        "rcnn  +cnn +to show +待读  #cnn #to show #待读",
        "fast-rcnn  +cnn +to show +待读  #cnn #to show #待读",
    ]
    assert program.ok("tag", "-cnn", "rcnn", "-To Show").splitlines() == ["rcnn  −cnn −to show  #待读"]
    assert program.ok("tag", "rcnn", "-cnn") == "rcnn  as before  #待读\n"
    assert [line.split() for line in program.ok("tag").splitlines()] == [
        ["1", "cnn"],
        ["1", "to", "show"],
        ["2", "待读"],
    ]
    assert program.ok("tag", "rcnn", "adam").splitlines() == ["rcnn  #待读", "adam  -"]
    listed = program.run("tag", "--json").json["tags"]
    assert listed[0] == {"name": "cnn", "papers": 1}
    (paper,) = program.run("tag", "rcnn", "--json").json["papers"]
    assert paper["tags"] == ["待读"] and paper["rating"] is None
    assert program.ok("undo").startswith("taken back: rcnn −cnn and −to show")


@pytest.mark.parametrize("tag", ["hard", "home", "json", "l:x", "残差", "5", "to show", "[/b]"])
def test_a_tag_taken_off_is_no_option(program: Program, tag: str) -> None:
    program.ok("tag", "rcnn", f"+{tag}")
    assert program.ok("tag", "rcnn", f"-{tag}") == f"rcnn  −{tag}\n"


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (("+cnn",), "say which papers"),
        (("rcnn", "+"), "+ names no tag"),
        (("rcnn", "+x", "-,"), "^, names no tag"),
        (("rcnn", "--jsn"), "No such option '--jsn'"),
        (("rcnn", "+x", "--json"), "--json goes with a list"),
        (("rcnn", "+" + "x" * 61), "too long for a tag"),
        (("rcnn", "+x", "-X"), "both given and taken"),
    ],
)
def test_what_cannot_be_meant_is_refused(program: Program, words: tuple[str, ...], cause: str) -> None:
    result = program.run("tag", *words)
    assert result.code == 2 and cause in result.err and not result.out
    assert program.run("tag", "--json").json["tags"] == []


def test_papers_are_rated(program: Program) -> None:
    out = program.ok("rate", "rcnn", "adam", "5")
    assert out.splitlines() == ["rcnn  rated 5  ★5", "adam  rated 5  ★5"]
    assert program.ok("rate", "rcnn", "none") == "rcnn  no longer rated\n"
    assert program.ok("rate", "rcnn", "0") == "rcnn  as before\n"
    assert program.run("show", "adam", "--json").json["rating"] == 5
    for word in ("-1", "6", "-5", "4.5", "--best", "-x"):
        result = program.run("rate", "rcnn", word)
        assert f"{word} is no rating" in result.err and "give 1 to 5; 0 or none takes it off" in result.err
    for words in (("rcnn",), ("rcnn", "6"), ("rcnn", "-1"), ("rcnn", "adam")):
        result = program.run("rate", *words)
        assert result.code == 2 and len(result.err.splitlines()) <= 2 and not result.out
    assert program.run("rate", "gone", "5").code == 1


def test_marks_are_shown_quietly_and_keep_titles_whole_in_pipes(program: Program) -> None:
    before = program.ok("list")
    program.ok("tag", "adam", "rcnn", "+cnn")
    program.ok("rate", "adam", "4")
    assert program.ok("list") == before
    code, raw = program.in_terminal("list")
    shown = [line for line in raw.decode().splitlines() if "adam" in line]
    assert code == 0 and "Adam  ★4 #cnn" in shown[0]
    assert "★4 #cnn" in program.ok("show", "adam")


def test_a_hostile_tag_stays_a_tag(program: Program) -> None:
    for command in (
        ("tag", "adam", f"+{HOSTILE}"),
        ("tag",),
        ("tag", "adam"),
        ("show", "adam"),
        ("undo", "--list"),
    ):
        out = program.ok(*command)
        assert "a [/b] z" in out and "\x1b" not in out and "\x07" not in out
    code, raw = program.in_terminal("list")
    assert code == 0 and b"a [/b] z]52" in raw and b"\x1b]52" not in raw


def test_marks_are_given_away(program: Program) -> None:
    program.ok("note", "adam", "--stdin", stdin=NOTE)
    program.ok("tag", "adam", f"+{HOSTILE}", "+待读", '+"yes"')
    program.ok("rate", "adam", "4")
    program.ok("export")
    page = program.trail / "export/papers/adam.md"
    plain = page.read_text(encoding="utf-8")
    assert plain.startswith("# Adam\n") and "★4" in plain and "待读" in plain and "\x1b" not in plain
    program.ok("export", "--front-matter")
    matter, _, rest = page.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n\n")
    (paper,) = program.run("tag", "adam", "--json").json["papers"]
    assert yaml.safe_load(matter) == {
        "key": "adam",
        "title": "Adam",
        "year": 2014,
        "status": "unread",
        "rating": 4,
        "tags": paper["tags"],
    }
    assert rest == plain
    result = program.run("export", "--front-matter", "--lineage", "SGD")
    assert result.code == 2 and "a story has no front matter" in result.err
