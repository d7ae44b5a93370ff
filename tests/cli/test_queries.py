"""Queries on a command line: what is an option, what leaves a word out, what is told."""

import pytest

from tests.cli.program import Program


@pytest.fixture
def read(program: Program) -> Program:
    program.ok("start", "rcnn")
    program.ok("tag", "adam", "+Thésis")
    return program


def keys(program: Program, *arguments: str) -> list[str]:
    return [paper["key"] for paper in program.run("list", "--json", *arguments).json["papers"]]


def test_options_and_words_to_leave_out_are_told_apart(read: Program) -> None:
    assert keys(read, "-s", "reading") == keys(read, "-sreading") == keys(read, "status:reading") == ["rcnn"]
    assert "fast-rcnn" not in keys(read, "-fast") == keys(read, "^fast") == keys(read, "--", "-fast")
    assert keys(read, "-rcnn", "-l", "sgd") == ["robbins-monro", "adam"]
    assert keys(read, "-lineage:sgd") == keys(read, "-l", "r-cnn")
    assert keys(read, "-x", "r-cnn") == keys(read, "^x", "r-cnn") and read.run("list", "--x").code == 2


def test_what_is_shown_can_be_pasted(read: Program) -> None:
    assert keys(read, "#thesis") == keys(read, "#Thésis") == ["adam"]
    assert keys(read, "https://arxiv.org/abs/1311.2524v5") == ["rcnn"]
    assert keys(read, "Fast R-CNN – a paper") == []  # its words, not its dash
    assert keys(read, "Rich – feature & hierarchies") == ["rcnn"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (("*",), "there is no word to look for"),
        (("net", "lineag:yolo"), "there is no field lineag (lineag:yolo, letter 5): did you mean lineage:?"),
        (("rating:6",), "no rating is 6: they go from 1 to 5"),
        (('"small objects',), 'the quote is not closed: close it with "'),
    ],
)
def test_what_is_not_understood_is_told(read: Program, query: tuple[str, ...], told: str) -> None:
    result = read.run("list", *query)
    assert (result.code, result.out) == (2, "") and told in result.err


def test_names_of_nothing_are_told(read: Program) -> None:
    told = read.run("list", "lineage:nope or tag:nowhere")
    assert (told.code, told.out) == (0, "")
    assert "no lineage is called nope\n" in told.err and "no tag is called nowhere\n" in told.err
