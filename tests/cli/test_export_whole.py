"""`papertrail export --format html` and `book`: everything as one file."""

from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.export.page_reader import Page
from tests.trails import NOTE


@pytest.mark.parametrize(("form", "name"), [("html", "papertrail.html"), ("book", "book.md")])
def test_it_goes_where_one_says_and_stays_what_somebody_changed(
    program: Program, tmp_path: Path, form: str, name: str
) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    text = program.ok("export", "--format", form, "--to", "-")
    assert "Anchors are a hand-made prior." in text
    assert form == "book" or Page(text).faults == []
    for options, path in (
        ((), program.trail / "export" / name),
        (("--to", str(tmp_path / "folder")), tmp_path / "folder" / name),
        (("--to", str(tmp_path / "a" / name)), tmp_path / "a" / name),
    ):
        assert program.ok("export", "--format", form, *options) == f"written: {path}\n"
        assert path.read_text(encoding="utf-8") == text
    path.write_text("mine", encoding="utf-8")
    result = program.run("export", "--format", form, "--to", str(path))
    assert result.code == 2 and "was changed since: it stays as it is" in result.err
    for wrong in ("--tellings", "--front-matter", "--short", "--query rcnn -l sgd"):
        result = program.run("export", "--format", form, *wrong.split())
        assert (result.code, result.err.count("\n")) == (2, 1), wrong


def test_a_query_a_view_and_a_lineage_choose(program: Program) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    program.ok("view", "save", "v", "adam")
    page = program.ok("export", "--format", "html", "--to", "-", "--query", "rich")
    assert Page(page).faults == [] and "<h1>Papers: rich</h1>" in page and "Adam" not in page
    for options, title in ((("--view", "v"), "v"), (("-l", "sgd"), "SGD"), (("-q", "adam"), "adam")):
        book = program.ok("export", "--format", "book", "--to", "-", *options)
        assert book.startswith(f"# Papers: {title}\n"), options
        assert "Adam" in book and "Rich" not in book
    for wrong in ("--tellings", "--format anki --to x.txt", "-l sgd"):
        result = program.run("export", "--query", "rcnn", *wrong.split())
        assert (result.code, result.err.count("\n")) == (2, 1), wrong


def test_a_query_chooses_what_stands_in_a_folder_of_markdown(program: Program, tmp_path: Path) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    program.ok("note", "adam", "--stdin", stdin=NOTE)
    to = tmp_path / "to"
    program.ok("export", "--query", "adam", "--to", str(to))
    index = (to / "README.md").read_text(encoding="utf-8")
    assert index.startswith("# Papers: adam\n") and "SGD" in index and "R-CNN" not in index
    assert "counted**" not in index, "the goal is of all papers"
    names = sorted(str(path.relative_to(to)) for path in to.rglob("*.md"))
    assert names == ["README.md", "lineages/sgd.md", "papers/adam.md"]
    assert "Rich feature" not in (to / "lineages" / "sgd.md").read_text(encoding="utf-8")
    assert program.ok("export", "--query", "adam", "--to", str(to)).startswith("0 files written")
    program.ok("export", "--to", str(to))
    assert (to / "papers" / "rcnn.md").exists()
