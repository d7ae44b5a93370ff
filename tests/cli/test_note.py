"""note: in an editor, to stdout, from stdin, and the file behind it."""

import gzip
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
    if answer == "\x03":  # it is no controlling terminal, so that the key sends no signal by itself
        terminal.interrupt()
    else:
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


LATIN = "## Problem\n\nMüde\n\n## Key idea\n\nnaïve\n\n## Limits\n\nnone\n".encode("latin-1")
REPLACED = LATIN.decode("utf-8", "replace")


def unreadable(program: Program, key: str, data: bytes = LATIN) -> Path:
    path = file_of(program, key)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_note_that_is_not_utf8_is_shown_opened_and_converted(program: Program, tmp_path: Path) -> None:
    path = unreadable(program, "rcnn")
    shown = program.run("note", "rcnn", "--print")
    assert (shown.code, shown.out) == (0, REPLACED)
    assert "papertrail note rcnn --convert" in shown.err
    looking = program.start_in_terminal("note", "rcnn", env=editor(tmp_path, f'cp "$1" "{tmp_path}/seen"'))
    looking.wait_for(b"came back at once")
    looking.type("\n")
    code, seen = looking.end()
    assert code == 5 and b"not UTF-8 text" in seen and b"Traceback" not in seen
    assert (tmp_path / "seen").read_bytes() == path.read_bytes() == LATIN
    converted = program.run("note", "rcnn", "--convert")
    assert converted.code == 0 and converted.out.count("\n") == 1
    assert "windows-1252 (Müde, naïve)" in converted.out
    kept = Path(converted.out.strip().rpartition("as it was: ")[2])
    assert gzip.decompress(kept.read_bytes()) == LATIN
    assert path.read_bytes() == LATIN.decode("latin-1").encode()
    assert "UTF-8 already" in program.ok("note", "rcnn", "--convert")
    assert program.run("show", "rcnn", "--json").json["note"]["missing"] == []


def test_an_editor_may_mend_the_encoding_and_stdin_replace_it(program: Program, tmp_path: Path) -> None:
    unreadable(program, "rcnn")
    (tmp_path / "text").write_text(NOTE, encoding="utf-8")
    code, seen = program.in_terminal("note", "rcnn", env=editor(tmp_path, f'cat "{tmp_path}/text" > "$1"'))
    assert code == 0 and b"saved notes/rcnn.md" in seen
    path = unreadable(program, "sppnet")
    result = program.run("note", path.stem, "--stdin", stdin=NOTE)
    assert result.code == 0 and path.read_text(encoding="utf-8") == NOTE
    history = (program.trail / ".papertrail" / "history" / path.stem).iterdir()
    assert any(gzip.decompress(kept.read_bytes()) == LATIN for kept in history)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--convert",), 2, "cannot be told"),
        (("--convert", "--from", "nonsense"), 2, "no encoding nonsense"),
        (("--convert", "--from", "shift_jis"), 2, "not in shift_jis"),
        (("--from", "gb18030"), 2, "--convert"),
        (("--convert", "--print"), 2, "exclude each other"),
    ],
)
def test_what_cannot_be_converted_stays(
    program: Program, arguments: tuple[str, ...], code: int, said: str
) -> None:
    data = "## 问题\n残差网络\n".encode("gb18030")
    path = unreadable(program, "rcnn", data)
    result = program.run("note", "rcnn", *arguments)
    assert (result.code, result.out) == (code, "") and said in result.err
    assert path.read_bytes() == data
    assert program.run("note", "rcnn", "--convert", "--from", "gb18030").code == 0
    assert path.read_text(encoding="utf-8") == "## 问题\n残差网络\n"


def test_export_writes_the_rest_and_names_the_note_that_cannot_be_read(program: Program) -> None:
    program.ok("note", "sppnet", "--stdin", stdin=NOTE)
    unreadable(program, "rcnn")
    result = program.run("export", "--to", str(program.trail / "out"))
    assert result.code == 1 and "left out: rcnn" in result.err and "Traceback" not in result.err
    assert (program.trail / "out" / "papers" / "sppnet.md").exists()
    story = program.run("export", "--lineage", "r-cnn")
    assert story.code == 1 and "Share the convolutions" in story.out and "left out: rcnn" in story.err
    assert program.run("export", "--lineage", "sgd").code == 0


def test_conflicts_and_near_misses_are_told(program: Program) -> None:
    text = NOTE.replace("## Problem\n", "## Probelm\n").replace(
        "Region proposals", "<<<<<<< HEAD\nmine\n=======\nyours\n>>>>>>> laptop\nRegion proposals"
    )
    unreadable(program, "rcnn", text.encode())
    shown = program.ok("show", "rcnn")
    assert '! "Probelm" may mean Problem' in shown
    assert "! merge conflict (line 5): both sides count" in shown
    note = program.run("show", "rcnn", "--json").json["note"]
    assert note["near_misses"] == [{"heading": "## Probelm", "section": "Problem"}]
    assert note["conflicts"] == [5]
    rows = program.ok("list").splitlines()
    assert [row for row in rows if "≠" in row] == [row for row in rows if " rcnn " in row]
    code, seen = program.in_terminal("list", env={"NO_COLOR": "1"})
    assert code == 0 and "≠ merge conflict in the note".encode() in seen
    story = program.run("export", "--lineage", "r-cnn")
    assert story.code == 0 and "mine" in story.out and "yours" in story.out and "=====" not in story.out
    assert "merge conflict in rcnn: both sides are written" in story.err


def test_comments_leave_only_when_asked_for(program: Program) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE + "\n%% SECRET %%\n")
    assert "SECRET" not in program.ok("export", "--lineage", "r-cnn")
    assert "SECRET" in program.ok("export", "--lineage", "r-cnn", "--comments")
    program.ok("export")
    page = program.trail / "export" / "papers" / "rcnn.md"
    assert "SECRET" not in page.read_text(encoding="utf-8")
    program.ok("export", "--comments")
    assert "SECRET" in page.read_text(encoding="utf-8")
