"""`papertrail guess` and `papertrail asked`."""

from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.trails import NOTE


def test_a_guess_is_told_through_a_pipe_and_printed(program: Program) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    page = program.run("guess", "fast-rcnn", "--print")
    assert page.code == 0 and "limits of rcnn" in page.out and "Anchors are a hand-made prior." in page.out
    assert "You are the author" in page.out and "you told no guess yet" in page.err
    said = program.ok("guess", "fast-rcnn", "--stdin", stdin="共享卷积, a [/b] z.\n")
    assert said == "your guess stands first in notes/fast-rcnn.md\n"
    assert program.ok("guess", "fast-rcnn", "--print") == "共享卷积, a [/b] z.\n"
    text = (program.trail / "notes/fast-rcnn.md").read_text(encoding="utf-8")
    assert text.index("## My guess before reading\n\n20") < text.index("## Problem")
    down = program.run("compare", "rcnn", "fast-rcnn", "--section", "guess")
    assert "共享卷积, a [/b] z." in down.out
    assert program.ok("undo").startswith("taken back: guess about fast-rcnn")


@pytest.mark.parametrize(
    ("arguments", "stdin", "cause"),
    [
        (("rcnn",), "", "an editor needs a terminal"),
        (("rcnn", "--print", "--stdin"), "", "exclude each other"),
        (("rcnn", "--stdin"), "", "empty"),
        (("rcnn", "--stdin"), "## Problem\n", "plain sentences"),
        (("nobody", "--print"), "", "nobody"),
    ],
)
def test_what_cannot_be_is_one_line(
    program: Program, arguments: tuple[str, ...], stdin: str, cause: str
) -> None:
    done = program.run("guess", *arguments, stdin=stdin)
    assert done.code != 0 and done.out == "" and cause in done.err and done.err.count("\n") == 1
    assert not (program.trail / "notes/rcnn.md").exists()


def test_the_editor_has_the_page_and_what_is_below_it_is_kept(program: Program, tmp_path: Path) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE.replace("prior.", "prior -- and slow."))
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\ncp "$1" "$SEEN"\nprintf "Share it." >> "$1"\n', encoding="utf-8")
    editor.chmod(0o700)
    env = {"EDITOR": str(editor), "VISUAL": "", "SEEN": str(tmp_path / "seen")}
    code, out = program.in_terminal("guess", "sppnet", env=env)
    assert code == 0 and b"your guess stands first" in out
    assert "prior – and slow." in (tmp_path / "seen").read_text(encoding="utf-8")
    assert program.ok("guess", "sppnet", "--print") == "Share it.\n"
    code, out = program.in_terminal("guess", "sppnet", env={"EDITOR": "true", "VISUAL": ""})
    assert code == 0 and b"nothing written" in out


def test_a_question_asked_in_earnest(program: Program) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    program.ok("done", "rcnn")
    arguments = ("asked", "rcnn", "why 3x3? 为什么", "--failed", "--where", "design review")
    assert program.ok(*arguments) == (
        "in the note of rcnn now, to be asked once it has an answer; rcnn is queued to be read again\n"
    )
    assert program.run("show", "rcnn", "--json").json["status"] == "queued"
    assert program.run(*arguments, "--json").json == {
        "key": "rcnn",
        "question": "why 3x3? 为什么",
        "where": "design review",
        "outcome": "failed",
        "stood_there": True,
        "to_read_again": False,
    }
    assert "## Asked in earnest: 2" in program.ok("report")
    both = program.run("asked", "rcnn", "why?", "--failed", "--held")
    assert both.code == 2 and "exclude each other" in both.err
    assert program.run("asked", "rcnn", " ").code == 2


def test_an_empty_guess_says_what_to_give(program: Program) -> None:
    result = program.run("guess", "rcnn", "--stdin", stdin=" \n")
    assert result.code == 2 and result.err.count("\n") == 1
    assert "nothing was guessed: give two sentences" in result.err
