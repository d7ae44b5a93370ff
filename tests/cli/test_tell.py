"""papertrail tell: from a pipe, in an editor, and looked at again."""

from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.cli.test_json import documented, fields_in, section
from tests.trails import NOTE

R = "R-CNN to Faster R-CNN"
DAY = {"PAPERTRAIL_NOW": "2026-03-01T09:30"}
KEYS = ("rcnn", "sppnet", "fast-rcnn", "faster-rcnn")


def test_the_frames_without_names_where_there_is_no_terminal(shared: Program) -> None:
    out = shared.ok("tell", "r-cnn")
    assert out.startswith(f"{R}  3 min\n") and out.count("2015") == 2 and out.count("╭") == 4
    assert not any(f" {key} " in out for key in KEYS) and "○" not in out
    assert f"{R}  7 min" in shared.ok("tell", "r-cnn", "--minutes", "7")


def test_a_text_from_a_pipe_is_kept_and_looked_at(program: Program) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    note = (program.trail / "notes" / "rcnn.md").read_bytes()
    told = "Proposals were slow.\n残差 a [/b] z \x1b]52;c;x\x07\n"
    result = program.run("tell", "r-cnn", "--stdin", "--minutes", "2", stdin=told, env=DAY)
    assert (result.code, result.err) == (0, "")
    kept, first, *_ = result.out.splitlines()
    assert kept == f"kept: {R}, 2:00, 9 words · not marked"
    assert first.split()[:2] == ["2013", "rcnn"] and "Region" in first and "Proposals" not in first
    assert (program.trail / "notes" / "rcnn.md").read_bytes() == note
    assert [path.name for path in (program.trail / "notes").glob("*.md")] == ["rcnn.md"]
    assert program.ok("tell", "--list") == f"2026-03-01 09:30  2:00, 9 words  not marked  {R}\n"
    shown = program.ok("tell", "r-cnn", "--show", "2026-03-01")
    assert shown == f"{R}  2026-03-01 09:30  2:00, 9 words\n\nProposals were slow.\n残差 a [/b] z ]52;c;x\n"
    document = program.ok("export", "--tellings", "-l", "r-cnn")
    assert document.startswith("# Told from memory\n\n## R-CNN to Faster R-CNN, 2026-03-01 09:30\n")
    assert program.ok("export", "--tellings", "--to", "told.md").startswith("written: ")
    assert (program.trail / "told.md").read_text(encoding="utf-8") == document
    assert program.run("undo").out.startswith(f"taken back: {R} told from memory  ")
    assert program.run("tell", "r-cnn", "--list").err == "nothing was told yet: papertrail tell LINEAGE\n"
    program.ok("redo")
    assert program.ok("tell", "r-cnn", "--show", "2026-03") == shown


def test_its_fields(program: Program) -> None:
    program.ok("tell", "SGD", "--stdin", stdin="Adam.", env=DAY)
    listed = program.run("tell", "--list", "--json").json
    shown = program.run("tell", "SGD", "--show", "2026-03-01", "--json").json
    fields = documented(section("`papertrail tell LINEAGE --list"))
    assert fields_in(listed) == fields - {"key", "mark"}, "there is no mark from a pipe"
    assert shown == {**listed["tellings"][0], "text": "Adam.\n"}
    assert program.run("tell", "r-cnn", "--list", "--json").json == {"tellings": []}
    Path(listed["tellings"][0]["file"]).unlink()
    result = program.run("tell", "SGD", "--show", "2026-03-01")
    assert result.code == 0 and "the text is gone" in result.err
    assert program.run("tell", "SGD", "--show", "2026-03-01", "--json").json["text"] is None


@pytest.mark.parametrize(
    ("words", "stdin", "code", "cause"),
    [
        ((), b"", 2, "no lineage is named"),
        (("--stdin",), b"x", 2, "no lineage is named"),
        (("SGD", "--stdin", "--list"), b"x", 2, "exclude each other"),
        (("SGD", "--json"), b"", 2, "--json goes with --list or --show"),
        (("SGD", "--minutes", "0"), b"", 2, "tell-minutes cannot be 0"),
        (("SGD", "--minutes", "[/b]"), b"", 2, "tell-minutes cannot be [/b]"),
        (("SGD", "--list", "--minutes", "3"), b"", 2, "--minutes goes with a telling"),
        (("SGD", "--stdin"), b" \n", 2, "the text is empty"),
        (("SGD", "--stdin"), b"\xff", 2, "not UTF-8"),
        (("SGD", "--show", "2026-03-01"), b"", 1, "SGD was not told on 2026-03-01"),
        (("Nobody \x1b[31m",), b"", 1, "no lineage is called Nobody"),
    ],
)
def test_what_is_wrong_is_one_line(
    shared: Program, words: tuple[str, ...], stdin: bytes, code: int, cause: str
) -> None:
    result = shared.run("tell", *words, stdin=stdin)
    assert result.code == code and cause in result.err and not result.out, result
    assert result.err.count("\n") == 1 and "\x1b" not in result.err


def test_a_lineage_without_papers_says_so(program: Program) -> None:
    program.ok("lineage", "add", "空 a [/b] z", "adam", "--new")
    program.ok("lineage", "remove", "空 a [/b] z", "adam")
    result = program.run("tell", "空", "--stdin", stdin="x")
    assert result.code == 2 and result.err.startswith(
        "papertrail: 空 a [/b] z has no papers yet: put some in"
    )
    result = program.run("export", "--tellings", "--view", "x")
    assert result.code == 2 and "--tellings goes with --lineage and --to alone" in result.err


def test_a_hostile_lineage_is_shown_and_not_obeyed(program: Program) -> None:
    name = "线 a [/b] z \x1b[31m\x07"
    program.ok("lineage", "add", name, "rcnn", "adam", "--new")
    program.ok("edit", "rcnn", "title=a [/b] z", "year=")
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    told = "--> <!-- a [/b] z \x1b[31m 残差\n"
    runs = [
        program.run("tell", "线"),
        program.run("tell", "线", "--stdin", stdin=told, env=DAY),
        program.run("tell", "线", "--list"),
        program.run("tell", "线", "--list", "--json"),
        program.run("tell", "线", "--show", "2026-03-01"),
        program.run("export", "--tellings"),
        program.run("undo", "--list"),
    ]
    for result in runs:
        assert result.code == 0 and "线 a" in result.out and "\x1b" not in result.out + result.err, result
    terminal = program.start_in_terminal(
        "tell", "线", env=editor(program, 'echo "残差 -->" >> "$1"; sleep 2.1')
    )
    terminal.wait_for(b"told, helped or missed?")
    terminal.type("\x04")
    code, seen = terminal.end()
    assert code == 0 and b"\x1b]52" not in seen
    (_, one) = program.run("tell", "线", "--list", "--json").json["tellings"]
    assert Path(one["file"]).read_text(encoding="utf-8").endswith("---\n\n残差 -->\n")


def editor(program: Program, script: str) -> dict[str, str]:
    path = program.trail / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return {"EDITOR": str(path), "VISUAL": "", "NO_COLOR": "1"}


def test_in_an_editor_then_paper_by_paper(program: Program) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    env = editor(program, 'cat "$1" > seen; printf "Proposals, cropped.\\n" >> "$1"; sleep 2.1')
    terminal = program.start_in_terminal("tell", "r-cnn", env=env)
    terminal.wait_for(b"1 of 4")
    terminal.wait_for(b"Region proposals are slow.")
    terminal.wait_for(b"not in your words: ")
    for number, answer in enumerate(("t\n", "x\n", "missed\n", "\n", "h\n"), start=1):
        terminal.wait_for(b"told, helped or missed?", times=number)
        terminal.type(answer)
    code, seen = terminal.end()
    assert code == 0 and b"2 words \xc2\xb7 1 told, 1 helped, 1 missed" in seen, seen
    page = (program.trail / "seen").read_text(encoding="utf-8")
    assert page.startswith("<!-- Tell it from memory, below: 2013 · 2014 · 2015 · 2015\n")
    assert not any(key in page for key in KEYS)
    (one,) = program.run("tell", "--list", "--json").json["tellings"]
    assert one["marks"] == [
        {"key": "rcnn", "mark": "told"},
        {"key": "sppnet", "mark": "missed"},
        {"key": "faster-rcnn", "mark": "helped"},
    ]
    assert Path(one["file"]).read_text(encoding="utf-8").endswith("---\n\nProposals, cropped.\n")
    assert not list((program.trail / ".papertrail" / "tellings").glob("unfinished*"))
    assert "1 missed: 2014" in program.ok("tell", "r-cnn")


def test_what_is_cut_off_is_gone_on_with(program: Program) -> None:
    env = editor(program, 'printf "First. " >> "$1"; sleep 2.1')
    terminal = program.start_in_terminal("tell", "SGD", env=env)
    terminal.wait_for(b"told, helped or missed?")
    terminal.type("t\n")
    terminal.wait_for(b"told, helped or missed?", times=2)
    terminal.interrupt()
    assert terminal.end()[0] == 130
    assert program.run("tell", "--list", "--json").json["tellings"] == []
    terminal = program.start_in_terminal("tell", "SGD", env=env)
    terminal.wait_for(b"going on with what was left")
    terminal.wait_for(b"told, helped or missed?")
    terminal.type("\n")
    terminal.wait_for(b"told, helped or missed?", times=2)
    terminal.type("\x04")
    assert terminal.end()[0] == 0
    (one,) = program.run("tell", "--list", "--json").json["tellings"]
    assert one["marks"] == [{"key": "robbins-monro", "mark": "told"}] and one["seconds"] >= 4
    assert Path(one["file"]).read_text(encoding="utf-8").endswith("---\n\nFirst. First.\n")


def test_an_empty_page_and_no_mark_is_nothing(program: Program) -> None:
    terminal = program.start_in_terminal("tell", "SGD", env=editor(program, "sleep 2.1"))
    terminal.wait_for(b"mark what you said aloud")
    terminal.wait_for(b"told, helped or missed?")
    terminal.type("\x04")
    code, seen = terminal.end()
    assert code == 0 and b"nothing was told" in seen
    assert program.run("tell", "--list", "--json").json["tellings"] == []
    assert not list((program.trail / ".papertrail" / "tellings").iterdir())
