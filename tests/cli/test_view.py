"""papertrail view: queries saved by name."""

import pytest

from tests.cli.program import Program
from tests.trails import NOTE


def test_views_are_saved_listed_and_removed(program: Program) -> None:
    assert program.ok("view", "save", "thesis", "tag:thesis", "^drop") == "thesis  tag:thesis ^drop\n"
    assert program.ok("view", "save", "Thesis", "owed", "-hard") == "thesis  tag:thesis ^drop → owed ^hard\n"
    assert program.ok("view", "save", "Thesis", "owed ^hard") == "thesis  already owed ^hard\n"
    program.ok("view", "save", "待 a [/b] z", '"small objects" or 残差')
    assert [line.split("  ")[1] for line in program.ok("view", "list").splitlines()] == [
        "thesis",
        "待 a [/b] z",
    ]
    views = program.run("view", "list", "--json").json["views"]
    assert views[0]["name"] == "thesis" and views[0]["query"] == "owed ^hard"
    assert program.ok("view", "remove", "THESIS") == "thesis  removed; it was owed ^hard\n"
    assert program.ok("undo").startswith("taken back: view thesis removed  ")
    assert len(program.run("view", "list", "--json").json["views"]) == 2


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (("save", "x", "lineag:yolo"), "there is no field lineag"),
        (("save", "x", "year:2018..2015"), "year:2018..2015"),
        (("save", "x", '"open'), "the quote is not closed"),
        (("save", "x", "--jsn"), "No such option '--jsn'"),
        (("save", "x"), "Missing argument"),
        (("save", " ", "owed"), "the name of the view is empty"),
        ((), "say what to do"),
    ],
)
def test_what_is_not_understood_is_not_saved(program: Program, words: tuple[str, ...], cause: str) -> None:
    result = program.run("view", *words)
    assert result.code == 2 and cause in result.err and not result.out, result
    assert program.run("view", "list", "--json").json["views"] == []


def test_a_view_that_is_not_there_is_told(shared: Program) -> None:
    result = shared.run("view", "remove", "gone")
    assert result.code == 1 and "no view is called gone" in result.err


def test_a_view_is_listed_told_and_compared_like_a_lineage(program: Program) -> None:
    for key in ("adam", "rcnn"):
        program.ok("tag", key, "+to show")
        program.ok("note", key, "--stdin", stdin=NOTE)
    program.ok("start", "rcnn")
    program.ok("view", "save", "R-CNN 展示", 'tag:"to show"', "sort:-key")
    program.ok("view", "save", "R-CNN to date", "girshick")
    program.ok("lineage", "add", "R-CNN to date", "rcnn", "--new")
    assert program.run("view", "list", "--json").json["views"][0]["papers"] == 2
    assert program.ok("view", "list").splitlines()[0].split()[0] == "2"

    def keys(*words: str) -> list[str]:
        return [paper["key"] for paper in program.run(*words, "--json").json["papers"]]

    assert keys("list", "--view", "R-CNN 展示") == keys("compare", "--view", "展示") == ["rcnn", "adam"]
    assert keys("list", "--view", "展示", "sort:key") == ["adam", "rcnn"]
    assert (
        keys("list", "--view", "展示", "--status", "reading")
        == keys("list", "girshick", "--view", "展示")
        == ["rcnn"]
    )
    story = program.ok("export", "--view", "展示", "--progress")
    assert story.startswith("# R-CNN 展示\n\n0 of 2 counted, 0 read.\n")
    assert story.index("\n## R-CNN\n") < story.index("\n## Adam\n")
    folder = program.trail / "given"
    for words in (("--lineage", "R-CNN to date"), ("--view", "R-CNN to"), ("--view", "展示")):
        assert program.ok("export", *words, "--to", str(folder)).startswith("written: ")
    assert len(list(folder.iterdir())) == 3, "a view never takes the file of a lineage"
    result = program.run("list", "--view", "r-cnn")
    assert result.code == 0 and "taken for R-CNN 展示; it may also be R-CNN to date" in result.err


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--view", "gone"),
        ("export", "--view", "gone"),
        ("compare", "--view", "gone"),
    ],
)
def test_no_view_no_papers(shared: Program, words: tuple[str, ...]) -> None:
    result = shared.run(*words)
    assert result.code == 1 and "no view is called gone" in result.err and not result.out


@pytest.mark.parametrize(
    "words",
    [
        ("export", "--view", "x", "--lineage", "y"),
        ("compare", "--view", "x", "--lineage", "y"),
        ("compare", "rcnn", "--view", "y"),
    ],
)
def test_a_view_and_a_lineage_exclude_each_other(shared: Program, words: tuple[str, ...]) -> None:
    result = shared.run(*words)
    assert result.code == 2 and "exclude each other" in result.err


def test_ages_in_a_view_go_on_counting(program: Program) -> None:
    program.ok("view", "save", "new", "added:<2w")
    assert program.run("view", "list", "--json").json["views"][0]["papers"] == 6
    later = program.run("view", "list", "--json", env={"PAPERTRAIL_NOW": "2099-03-01T09:30"}).json
    assert later["views"][0]["papers"] == 0
