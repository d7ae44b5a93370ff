"""`papertrail export --format anki`: what is written, to where, and what is said of it."""

from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.export.anki_readers import parsed
from tests.trails import NOTE


def counted(program: Program, *keys: str) -> None:
    for key in keys:
        program.ok("note", key, "--stdin", stdin=NOTE)
    program.ok("done", *keys)


def guids(path: Path) -> set[str]:
    return {row[0] for row in parsed(path.read_text(encoding="utf-8"))[1]}


def test_cards_are_written_whole_and_over_what_was_written(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "cards.txt"
    result = program.run("export", "--format", "anki", "--to", str(file))
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1) and "no question" in result.err
    counted(program, "rcnn", "adam")
    anki = ("export", "--format", "anki", "--to")
    assert program.ok(*anki, str(file)) == f"6 cards in 2 decks written: {file}\n"
    all_of_them = guids(file)
    assert program.ok(*anki, "-") == file.read_text(encoding="utf-8")
    assert program.ok(*anki, str(file), "-l", "sgd") == f"3 cards in 1 deck written: {file}\n"
    assert guids(file) < all_of_them
    program.ok("view", "save", "girshick", "author:girshick")
    assert program.ok(*anki, str(file), "--view", "girshick") == f"3 cards in 1 deck written: {file}\n"
    file.write_text("my own\n", encoding="utf-8")
    result = program.run(*anki, str(file))
    assert (result.code, result.err.count("\n")) == (2, 1) and "it stays as it is" in result.err
    assert file.read_text(encoding="utf-8") == "my own\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "cards go into a file"),
        (("--to", "x.txt", "--comments"), "goes with --to, --lineage and --view"),
        (("--to", "x.txt", "--front-matter"), "goes with --to, --lineage and --view"),
        (("--to", "x.txt", "--tellings"), "goes with --to, --lineage and --view"),
        (("--to", ""), "is empty"),
        (("--to", "x.txt", "-l", "sgd", "--view", "a"), "exclude each other"),
    ],
)
def test_mistakes_are_one_line(program: Program, args: tuple[str, ...], said: str) -> None:
    result = program.run("export", "--format", "anki", *args)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1) and said in result.err
    assert not list(program.trail.glob("x.txt"))


def test_a_note_that_cannot_be_read_is_named(program: Program, tmp_path: Path) -> None:
    counted(program, "rcnn", "adam")
    note = program.trail / "notes" / "adam.md"
    note.unlink()
    note.mkdir()
    result = program.run("export", "--format", "anki", "--to", str(tmp_path / "cards.txt"))
    assert result.code == 1 and result.out.startswith("3 cards in 1 deck written: ")
    assert "left out: cannot read" in result.err.splitlines()[-1] and "adam.md" in result.err.splitlines()[-1]
