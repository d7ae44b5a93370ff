"""`papertrail export --lineage`: a story on standard output, in a file or in a folder."""

from pathlib import Path

from tests.cli.program import Program
from tests.trails import NOTE


def test_a_story_goes_to_standard_output(program: Program) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    out = program.ok("export", "--lineage", "r-cnn")
    assert out.startswith("# R-CNN to Faster R-CNN\n\n| Paper | Year | Problem |\n")
    assert "counted" not in out
    assert "Share the convolutions with the proposals.\n" in out
    assert not (program.trail / "export").exists()


def test_or_to_a_file_or_a_folder(program: Program, tmp_path: Path) -> None:
    story = program.ok("export", "-l", "sgd")
    assert program.ok("export", "-l", "sgd", "--to", "-") == story
    assert program.run("export", "-l", "sgd", "--to", "").code == 2
    for to, path in ((tmp_path / "a" / "b.md", None), (tmp_path / "folder", tmp_path / "folder" / "sgd.md")):
        written = path or to
        assert program.ok("export", "-l", "sgd", "--to", str(to)) == f"written: {written}\n"
        assert written.read_text(encoding="utf-8") == story
        program.ok("note", "adam", "--stdin", stdin=NOTE)
        assert program.run("export", "-l", "sgd", "--to", str(to)).code == 0, "ours is written again"
        written.write_text(f"{story}\nMy own words.\n", encoding="utf-8")
        result = program.run("export", "-l", "sgd", "--to", str(to))
        assert result.code == 2 and "was changed since: it stays as it is" in result.err
        assert written.read_text(encoding="utf-8").endswith("My own words.\n")
        program.ok("note", "adam", "--stdin", stdin="## Problem\n")


def test_mistakes_are_one_line_and_write_nothing(program: Program) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    note = program.trail / "notes" / "rcnn.md"
    before = note.read_bytes()
    for to, code, said in (
        (note, 2, "would be a note"),
        (program.trail / ".papertrail" / "x.md", 2, "is in papertrail's private folder"),
        (program.trail / "seeds" / "papers.csv", 2, "does not end in .md"),
    ):
        result = program.run("export", "-l", "sgd", "--to", str(to))
        assert (result.code, result.out, result.err.count("\n")) == (code, "", 1) and said in result.err
    result = program.run("export", "--lineage", "nothing")
    assert (result.code, result.out) == (1, "") and "no lineage is called nothing" in result.err
    assert note.read_bytes() == before


def test_a_note_that_leads_out_of_the_trail_is_named_and_left_out(program: Program, tmp_path: Path) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    secret = tmp_path / "secret.md"
    (program.trail / "notes" / "rcnn.md").rename(secret)
    (program.trail / "notes" / "rcnn.md").symlink_to(secret)
    assert "Region proposals" in program.ok("note", "rcnn", "--print")
    for options in ((), ("-l", "r-cnn"), ("-l", "r-cnn", "--to", str(tmp_path / "story.md"))):
        result = program.run("export", *options)
        assert (result.code, result.err) == (
            0,
            "papertrail: left out, as the notes are links out of the trail: rcnn;"
            " --follow-links writes them, too\n",
        )
        assert "Region proposals" not in result.out
    assert not (program.trail / "export" / "papers" / "rcnn.md").exists()
    assert "Region proposals" not in (tmp_path / "story.md").read_text(encoding="utf-8")
    result = program.run("export", "-l", "r-cnn", "--follow-links")
    assert (result.code, result.err) == (0, "")
    assert "Region proposals" in result.out
    result = program.run("note", "rcnn", "--stdin", stdin="other")
    assert result.code == 5 and result.err.count("\n") == 1
    assert (
        f"notes/rcnn.md is a link that leads out of the trail, to {secret}: nothing is written" in result.err
    )
    assert secret.read_text(encoding="utf-8") == NOTE


def test_the_note_about_a_lineage_from_the_command_line(program: Program) -> None:
    path = program.trail / "notes" / "lineages" / "r-cnn-to-faster-r-cnn.md"
    assert program.ok("note", "-l", "r-cnn", "--path") == f"{path}\n"
    assert (
        "## What to remember\n" in program.ok("note", "--lineage", "r-cnn", "--print") and not path.exists()
    )
    summary = "## The line in three sentences\n\nOne pass.\n"
    said = program.ok("note", "-l", "r-cnn", "--stdin", stdin=summary)
    assert said == "saved notes/lineages/r-cnn-to-faster-r-cnn.md, 2 words\n"
    assert program.ok("note", "-l", "r-cnn", "--print") == summary
    assert program.ok("export", "-l", "r-cnn").startswith("# R-CNN to Faster R-CNN\n\nOne pass.\n\n| Paper |")
    assert program.ok("note", "-l", "r-cnn", "--stdin", stdin=f"{summary}More.\n").endswith("3 words\n")
    assert program.ok("note", "-l", "r-cnn", "--history").count("\n") == 2
    program.ok("note", "-l", "r-cnn", "--restore", "1")
    assert path.read_text(encoding="utf-8") == summary
    assert "note about R-CNN to Faster R-CNN" in program.ok("undo")
    for options in (
        ("-l", "r-cnn", "1", "2", "1", "--diff"),
        ("-l", "r-cnn", "rcnn", "--print"),
        ("-l", "r-cnn", "--merge"),
    ):
        assert program.run("note", *options).code == 2, options


def test_a_story_as_a_page(program: Program, tmp_path: Path) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    page = program.ok("export", "-l", "r-cnn", "--format", "html", "--short")
    assert page.startswith("<!doctype html>") and "<svg" in page and "max-height" in page
    for to in (tmp_path / "a.html", tmp_path / "folder" / "r-cnn-to-faster-r-cnn.html"):
        given = to if to.name == "a.html" else to.parent
        said = program.ok("export", "-l", "r-cnn", "--format", "html", "--short", "--to", str(given))
        assert said == f"written: {to}\n" and to.read_text(encoding="utf-8") == page
    for options in (("--short",), ("--progress",), ("--format", "md", "--tellings")):
        result = program.run("export", *options)
        assert result.code == 2 and result.err.count("\n") == 1, options
