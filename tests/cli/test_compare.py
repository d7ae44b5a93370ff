"""`papertrail compare`: side by side, one below the other, and for other programs."""

import csv
import io
import re

import pytest

from papertrail.cli.cells import width
from tests.cli.program import Program
from tests.cli.test_hostile import COLOURS, EVIL, assert_inert
from tests.cli.test_imports import HEAVY, modules_of
from tests.trails import NOTE

FAST = """## Problem

One pass for each of two thousand regions: forty-seven seconds an image,
and eighty-four hours of training.

```
x   =  1
```

Q: a?
A: b.

## 消融

支持向量机：六十六点九。
"""


@pytest.fixture
def noted(program: Program) -> Program:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    program.ok("note", "fast-rcnn", "--stdin", stdin=FAST)
    return program


def shown(program: Program, *arguments: str, columns: int) -> str:
    code, seen = program.in_terminal("compare", *arguments, columns=columns, env={"NO_COLOR": "1"})
    assert code == 0, seen
    text = seen.decode().replace("\r\n", "\n")
    assert all(width(line) <= columns and line == line.rstrip() for line in text.split("\n")), text
    return text


def test_side_by_side_where_there_is_room(noted: Program) -> None:
    text = shown(noted, "rcnn", "fast-rcnn", "faster-rcnn", columns=100)
    assert re.search(r"^○ rcnn 2013 +○ fast-rcnn 2015 +○ faster-rcnn 2015$", text, re.MULTILINE)
    assert re.search(
        r"^Region proposals are slow\. +One pass for each of two +needed to count: ", text, re.MULTILINE
    )
    assert "x   =  1" in text
    for heading in ("Problem", "Prior work and its weakness", "消融"):
        assert f"\n{heading}\n" in f"\n{text}"
    assert "  nothing here yet (papertrail note KEY): rcnn, fast-rcnn, faster-rcnn\n" in text


@pytest.mark.parametrize(
    ("arguments", "columns"),
    [
        (("rcnn", "fast-rcnn", "faster-rcnn"), 80),
        (("rcnn", "fast-rcnn"), 40),
        (("--lineage", "r-cnn", "--section", "prob"), 200),
        (("rcnn", "fast-rcnn", "-s", "prob"), 200),
        (("rcnn",), 20),
    ],
)
def test_else_one_below_the_other(noted: Program, arguments: tuple[str, ...], columns: int) -> None:
    text = shown(noted, *arguments, columns=columns)
    assert re.search(r"^○ rcnn  2013", text, re.MULTILINE)
    assert re.search(r"^  Region proposals", text, re.MULTILINE)


def test_one_question_in_order_with_what_is_owed(noted: Program) -> None:
    noted.ok("done", "sppnet")
    assert noted.ok("compare", "-l", "R-CNN", "--section", "KEY IDEA") == (
        "Key idea: why did the authors design it this way?\n\n"
        "○ rcnn  2013  Rich feature hierarchies\n  Share the convolutions with the proposals.\n\n"
        "● sppnet  2014  Spatial Pyramid Pooling\n  owed: papertrail note sppnet\n\n"
        "○ fast-rcnn  2015  Fast R-CNN\n  needed to count: papertrail note fast-rcnn\n\n"
        "○ faster-rcnn  2015  Faster R-CNN\n  needed to count: papertrail note faster-rcnn\n"
    )
    assert "  nothing here yet: papertrail note rcnn\n" in noted.ok("compare", "rcnn", "-s", "evidence")


def test_in_a_pipe_nothing_is_cut(noted: Program) -> None:
    out = noted.ok("compare", "fast-rcnn", "rcnn")
    for line in FAST.splitlines():
        assert line.startswith("#") or f"  {line}".rstrip() in out.split("\n")


def test_markdown_csv_and_json(noted: Program) -> None:
    keys = ("fast-rcnn", "rcnn")
    assert noted.ok("compare", *keys, "--format", "markdown").startswith("| paper | Problem | Prior work |")
    one = noted.ok("compare", *keys, "-s", "limits", "--format", "markdown")
    assert one.startswith(
        "# Limits and what I would change\n\n## Fast R-CNN (2015)\n\n*Still to be written.*"
    )
    rows = list(csv.DictReader(io.StringIO(noted.ok("compare", *keys, "--format", "csv"))))
    assert [row["key"] for row in rows] == list(keys)
    assert rows[0]["消融"] == "支持向量机：六十六点九。"
    excel = noted.ok("compare", *keys, "--excel")
    assert excel.startswith("\ufeffkey,") and excel.count("\ufeff") == 1
    assert noted.ok("compare", *keys, "--json") == noted.ok("compare", *keys, "--format", "json")
    document = noted.run("compare", *keys, "-s", "problem", "--json").json
    assert [paper["key"] for paper in document["papers"]] == list(keys)
    (section,) = document["sections"]
    assert (section["section"], section["required"]) == ("Problem", True)
    assert section["answers"][1] == {
        "key": "rcnn",
        "text": "Region proposals are slow.",
        "short": "Region proposals are slow.",
        "owed": False,
    }


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "no papers are named"),
        (("--section", "problem"), 2, "no papers are named"),
        (("rcnn", "--lineage", "SGD"), 2, "exclude each other"),
        (("rcnn", "--format", "pdf"), 2, "pdf"),
        (("rcnn", "--excel", "--json"), 2, "--excel is for CSV"),
        (("rcnn", "--excel", "--format", "markdown"), 2, "--excel is for CSV"),
        (("nobody",), 1, "no paper is called nobody"),
        (("--lineage", "nothing"), 1, "no lineage is called nothing"),
        (("rcnn", "--section", "zz"), 1, "the sections are Problem, Prior work, Key idea"),
        (("rcnn", "--section", "pr", "--json"), 1, "several sections: Problem, Prior work"),
    ],
)
def test_mistakes(shared: Program, arguments: tuple[str, ...], code: int, said: str) -> None:
    result = shared.run("compare", *arguments)
    assert (result.code, result.out) == (code, "")
    assert said in result.err and result.err.count("\n") <= 2


@pytest.mark.parametrize("arguments", [(), ("--section", "problem")])
def test_hostile_notes_reach_a_terminal_inert(program: Program, arguments: tuple[str, ...]) -> None:
    program.ok(
        "note", "rcnn", "--stdin", stdin=f"## Problem\n\n{EVIL}\n\n- {'x' * 300}\n\n## {EVIL}\n\n{EVIL}\n"
    )
    for columns in (30, 120):
        code, seen = program.in_terminal("compare", "rcnn", "adam", *arguments, columns=columns)
        assert code == 0, seen
        assert_inert(seen)
        lines = COLOURS.sub(b"", seen).decode().replace("\r\n", "\n").split("\n")
        assert all(width(line) <= columns for line in lines)
    for form in ("table", "markdown", "csv", "json"):
        out = program.ok("compare", "rcnn", "adam", *arguments, "--format", form)
        assert_inert(out.encode())


def test_a_usage_error_opens_nothing(shared: Program) -> None:
    code, modules = modules_of(shared, "compare")
    assert code == 2
    assert not modules & (HEAVY | {"sqlite3", "json", "pathlib", "papertrail.library", "markdown_it"})
    code, modules = modules_of(shared, "compare", "rcnn")
    assert code == 0 and not modules & HEAVY


def test_paragraphs_are_set_anew_and_lists_hang(program: Program) -> None:
    note = (
        "## Problem\n\nBroken by hand\ninto short lines.\n\n"
        "- an item that is\n  broken, too, and long\n- 2nd\n\n"
        "1. numbered and a little longer\n\n```\ncode   stays\n  as it is\n```\n| a | b |\n| c | d |\n"
    )
    program.ok("note", "rcnn", "--stdin", stdin=note)
    text = shown(program, "rcnn", "-s", "problem", columns=30)
    assert text.partition("\n\n")[2].split("\n")[1:-1] == [
        "  Broken by hand into short",
        "  lines.",
        "",
        "  - an item that is broken,",
        "    too, and long",
        "  - 2nd",
        "",
        "  1. numbered and a little",
        "     longer",
        "",
        "  ```",
        "  code   stays",
        "    as it is",
        "  ```",
        "  | a | b |",
        "  | c | d |",
    ]


def test_a_note_that_cannot_be_read_keeps_the_others_from_nothing(noted: Program) -> None:
    (noted.trail / "notes" / "sppnet.md").write_bytes(b"## Problem\n\n\xff\n")
    for form in ("table", "markdown", "csv", "json"):
        result = noted.run("compare", "rcnn", "sppnet", "--format", form)
        assert (result.code, result.err.count("\n")) == (1, 1)
        assert "sppnet.md is not UTF-8 text" in result.err
        assert "Region proposals are slow." in result.out
    (noted.trail / "notes" / "faster-rcnn.md").mkdir()
    result = noted.run("compare", "rcnn", "faster-rcnn", "-s", "problem")
    assert result.code == 1 and "faster-rcnn.md" in result.err, "a folder is told, too"
    assert "  the note cannot be read\n" in result.out
    story = noted.run("export", "--lineage", "r-cnn", "--progress")
    assert story.code == 1 and "*The note cannot be read.*" in story.out
    assert noted.run("lineages", "r-cnn", "--mermaid").out.startswith("flowchart TD")


def test_two_forms_at_once_are_a_mistake(shared: Program) -> None:
    result = shared.run("compare", "rcnn", "--json", "--format", "csv")
    assert (result.code, result.out) == (2, "") and "exclude each other" in result.err
