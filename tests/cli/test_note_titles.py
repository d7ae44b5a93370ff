"""Titles that the reader puts into the front matter of notes: noticed, offered, never taken by themselves."""

from pathlib import Path

import pytest

from papertrail.domain.text import clean_line
from papertrail.domain.yaml_text import yaml_string
from papertrail.notebook.front_matter import title_in, with_title
from tests.cli.program import Program
from tests.trails import HOSTILE_TITLES, NOTE
from tests.undo.cases import snapshot


def note_of(program: Program) -> Path:
    path = program.trail / "notes" / "adam.md"
    path.parent.mkdir(exist_ok=True)
    return path


def written(program: Program, title: str) -> None:
    text = f"---\nkey: adam\ntitle: {title}\ntags: [a]\n---\n{NOTE}"
    note_of(program).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Attention: all one needs  # mine", "Attention: all one needs"),
        ("title: C#-code", "C#-code"),
        ('title: "A \\"b\\" \\u6b8b"', 'A "b" 残'),
        ("title: 'it''s'", "it's"),
        ('title = "In TOML"', "In TOML"),
        ("title: 残差网络", "残差网络"),
        ("title: |\n  of several\n  lines", ""),
        ("title: begun\n  and gone on with", ""),
        ('title: "not closed', ""),
        ("title: [a, b]", ""),
        ("title:", ""),
        ("titles: many", ""),
        ("  title: of something else", ""),
    ],
)
@pytest.mark.parametrize("new", ["Another", *HOSTILE_TITLES])
def test_a_title_is_read_from_the_front_matter_and_written_there(line: str, title: str, new: str) -> None:
    fence = "+++" if "=" in line else "---"
    text = f"{fence}\nkey{'=' if '=' in line else ':'} 'adam'\n{line}\n{fence}\n\ntitle: in the text\n"
    assert title_in(text) == title
    assert with_title(text, new).endswith(f"{fence}\n\ntitle: in the text\n")
    assert title_in(with_title(text, new)) == (new if title else "")
    assert title or with_title(text, new) == text


def test_another_title_in_a_note_is_offered_where_the_note_is_read(program: Program) -> None:
    written(program, "Adam")
    assert "calls it" not in program.run("show", "adam").err
    written(program, "Adam, it's a method")
    before = snapshot(program.trail)
    remedy = "papertrail edit adam 'title=Adam, it'\"'\"'s a method'"
    for command in (("show", "adam"), ("note", "adam", "--print")):
        ran = program.run(*command)
        assert ran.code == 0 and "the note of adam calls it Adam, it's a method\n" in ran.err, ran
        assert remedy in ran.err
    doctor = program.run("doctor")
    assert (doctor.code, remedy in doctor.out) == (0, True), doctor
    assert (
        snapshot(program.trail)["SELECT * FROM paper ORDER BY id"]
        == before["SELECT * FROM paper ORDER BY id"]
    )
    program.ok("edit", "adam", "title=Adam, it's a method")
    assert "calls it" not in program.run("show", "adam").err + program.ok("doctor")
    program.ok("undo")
    assert "calls it" in program.run("show", "adam").err


def test_a_title_the_paper_had_is_no_news(program: Program) -> None:
    program.run("note", "adam", "--stdin", stdin=program.ok("note", "adam", "--print") + "Words.\n")
    assert 'title: "Adam"' in note_of(program).read_text(encoding="utf-8")
    program.ok("edit", "adam", "title=Adam: a method")
    program.ok("rename", "adam", "kingma")
    assert "calls it" not in program.run("show", "adam").err + program.ok("doctor")


@pytest.mark.parametrize("title", HOSTILE_TITLES[:-1])
def test_a_hostile_title_is_told_as_text(program: Program, title: str) -> None:
    written(program, yaml_string(title))
    ran = program.run("show", "adam")
    assert clean_line(title) in ran.err and "\x1b" not in ran.err and "\u202e" not in ran.err
