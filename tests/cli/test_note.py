"""note: in an editor, to stdout, from stdin, and the file behind it."""

import time
from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.trails import NOTE


def file_of(program: Program, key: str) -> Path:
    return program.trail / "notes" / f"{key}.md"


def editor(folder: Path, script: str) -> dict[str, str]:
    """Return the environment in which the editor is this shell script; `$1` is the note."""
    path = folder / "my editor"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return {"VISUAL": f"'{path}'"}


def test_print_gives_the_template_and_makes_nothing(program: Program) -> None:
    out = program.ok("note", "rcnn", "--print")
    assert (
        "rcnn" in out.partition("---")[2].partition("---")[0]
        and "\n## Problem" in out
        and "Rich feature hierarchies" in out
    )
    assert not file_of(program, "rcnn").exists()


def test_path_makes_nothing(program: Program) -> None:
    assert program.ok("note", "1506.01497", "--path") == f"{file_of(program, 'faster-rcnn')}\n"
    assert not file_of(program, "faster-rcnn").exists()


def test_stdin_then_print_is_the_same_text(program: Program) -> None:
    out = program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    assert out.startswith("saved notes/rcnn.md, ") and "it counts once read: papertrail done rcnn" in out
    assert file_of(program, "rcnn").read_text(encoding="utf-8") == NOTE
    assert program.ok("note", "rcnn", "--print") == NOTE
    note = program.run("show", "rcnn", "--json").json["note"]
    assert note["exists"] and note["missing"] == [] and note["words"] > 10


@pytest.mark.parametrize("data", [b"a\r\nb\r\n", "no newline at the end é 残".encode(), b"\x1b]52;c;x\x07\n"])
def test_print_into_a_pipe_is_byte_for_byte(program: Program, data: bytes) -> None:
    file_of(program, "rcnn").parent.mkdir(exist_ok=True)
    file_of(program, "rcnn").write_bytes(data)
    assert program.ok("note", "rcnn", "--print").encode() == data


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [(b"caf\xe9", 2, "not UTF-8 (byte 3)"), (b"", 2, "empty"), (b" \n\t\n", 2, "empty")],
)
def test_stdin_that_is_refused_leaves_the_note(program: Program, data: bytes, code: int, said: str) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    result = program.run("note", "rcnn", "--stdin", stdin=data)
    assert (result.code, result.out) == (code, "") and said in result.err and result.err.count("\n") == 1
    assert file_of(program, "rcnn").read_text(encoding="utf-8") == NOTE


def test_what_is_still_open_is_said(program: Program) -> None:
    out = program.ok("note", "rcnn", "--stdin", stdin="## Problem\n\nProposals are slow.\n")
    assert out.endswith("; still open: Key idea, Limits\n")


def test_a_note_changed_meanwhile_is_kept_beside(program: Program) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    terminal = program.start_in_terminal("note", "rcnn", "--stdin")
    terminal.wait_for(b"ctrl+d")
    file_of(program, "rcnn").write_text("theirs\n", encoding="utf-8")
    terminal.type("mine\n\x04")
    code, seen = terminal.end()
    assert code == 7, seen
    assert file_of(program, "rcnn").read_text(encoding="utf-8") == "theirs\n"
    (kept,) = file_of(program, "rcnn").parent.glob("rcnn.conflict-*.md")
    assert kept.read_text(encoding="utf-8") == "mine\n"
    assert kept.name.encode() in seen.replace(b"\r\n", b"")


@pytest.mark.parametrize("ways", [(), ("--print", "--path"), ("--stdin", "--print")])
def test_without_a_terminal_one_way_must_be_named(shared: Program, ways: tuple[str, ...]) -> None:
    result = shared.run("note", "rcnn", *ways)
    assert (result.code, result.out) == (2, "") and result.err.count("\n") == 1
    assert "--stdin" in result.err


def test_the_editor_writes_and_it_counts(program: Program, tmp_path: Path) -> None:
    program.ok("done", "rcnn")
    (tmp_path / "text").write_text(NOTE, encoding="utf-8")
    env = editor(tmp_path, f'grep -q "## Problem" "$1" && cat "{tmp_path}/text" > "$1"')
    code, seen = program.in_terminal("note", "rcnn", env={**env, "NO_COLOR": "1"})
    assert code == 0 and b"saved notes/rcnn.md" in seen and b"counted: 1 of 100" in seen
    assert file_of(program, "rcnn").read_text(encoding="utf-8") == NOTE


@pytest.mark.parametrize(("answer", "stays"), [("\r", False), ("\x04", True), ("\x03", True)])
def test_an_editor_that_is_back_at_once_is_asked_about(
    program: Program, tmp_path: Path, answer: str, stays: bool
) -> None:
    terminal = program.start_in_terminal("note", "rcnn", env=editor(tmp_path, "true"))
    terminal.wait_for(b"Still writing?")
    assert file_of(program, "rcnn").exists()
    if answer == "\x03":
        terminal.interrupt()
    terminal.type(answer)
    code, seen = terminal.end()
    assert code == 0 and (b"is read whenever it is saved" if stays else b"nothing written") in seen
    assert file_of(program, "rcnn").exists() is stays


def test_an_editor_that_hands_the_file_on_writes_into_it(program: Program, tmp_path: Path) -> None:
    (tmp_path / "text").write_text(NOTE, encoding="utf-8")
    done = tmp_path / "done"
    script = f'(sleep 0.7; grep -q "## Problem" "$1" && cat "{tmp_path}/text" >"$1"; touch "{done}") &'
    env = editor(tmp_path, f"setsid sh -c '{script}' sh \"$1\" >/dev/null 2>&1 </dev/null")
    terminal = program.start_in_terminal("note", "rcnn", env={**env, "NO_COLOR": "1"})
    terminal.wait_for(b"Still writing?")
    while not done.exists():
        time.sleep(0.05)
    terminal.type("\r")
    code, seen = terminal.end()
    assert code == 0 and b"saved notes/rcnn.md" in seen
    assert file_of(program, "rcnn").read_text(encoding="utf-8") == NOTE


def test_a_note_left_as_it_was_is_not_saved(program: Program, tmp_path: Path) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    code, seen = program.in_terminal("note", "rcnn", env=editor(tmp_path, "sleep 2.5"))
    assert code == 0 and b"rcnn.md is as it was" in seen and b"saved" not in seen


@pytest.mark.parametrize(("first", "why"), [("#!/bin/sh\r", "carriage return"), ("#!/no/such", "/no/such")])
def test_an_editor_that_cannot_be_run_is_one_line(
    program: Program, tmp_path: Path, first: str, why: str
) -> None:
    path = tmp_path / "ed"
    path.write_text(f"{first}\ntrue\n", encoding="utf-8", newline="")
    path.chmod(0o755)
    code, seen = program.in_terminal("note", "rcnn", env={"EDITOR": str(path), "NO_COLOR": "1"})
    assert code == 1 and str(path).encode() in seen and why.encode() in seen and b"Traceback" not in seen
    assert not file_of(program, "rcnn").exists()


def test_an_editor_that_fails_keeps_what_it_saved(program: Program, tmp_path: Path) -> None:
    code, seen = program.in_terminal("note", "rcnn", env=editor(tmp_path, 'echo words > "$1"; exit 3'))
    assert code == 0 and b"exit code 3" in seen
    assert file_of(program, "rcnn").read_text(encoding="utf-8") == "words\n"


def test_an_editor_that_is_not_there(program: Program) -> None:
    code, seen = program.in_terminal("note", "rcnn", env={"VISUAL": "/nowhere/editor", "NO_COLOR": "1"})
    assert code == 2 and b"VISUAL" in seen and b"Traceback" not in seen
    assert not file_of(program, "rcnn").exists()
