"""papertrail view: queries saved by name."""

import pytest

from tests.cli.program import Program


def test_views_are_saved_listed_and_removed(program: Program) -> None:
    assert program.ok("view", "save", "thesis", "tag:thesis", "^drop") == "thesis  tag:thesis ^drop\n"
    assert program.ok("view", "save", "Thesis", "owed", "-hard") == "thesis  tag:thesis ^drop → owed -hard\n"
    assert program.ok("view", "save", "Thesis", "owed -hard") == "thesis  already owed -hard\n"
    program.ok("view", "save", "待 a [/b] z", '"small objects" or 残差')
    assert [line.split("  ")[0] for line in program.ok("view", "list").splitlines()] == [
        "thesis",
        "待 a [/b] z",
    ]
    views = program.run("view", "list", "--json").json["views"]
    assert views[0]["name"] == "thesis" and views[0]["query"] == "owed -hard"
    assert program.ok("view", "remove", "THESIS") == "thesis  removed; it was owed -hard\n"
    assert program.ok("undo").startswith("taken back: view thesis removed  ")
    assert len(program.run("view", "list", "--json").json["views"]) == 2


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (("save", "x", "lineag:yolo"), "there is no field lineag"),
        (("save", "x", "year:2018..2015"), "year:2018..2015"),
        (("save", "x", '"open'), "the quote is not closed"),
        (("save", "x", "--jsn"), "no such option: --jsn"),
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
