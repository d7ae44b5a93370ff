"""papertrail undo and redo: what they list, and how one change is named."""

import pytest

from tests.cli.program import Program

PAPERS = ("rcnn", "sppnet", "adam")


def test_the_list_says_when_there_is_more(program: Program) -> None:
    for _ in range(10):
        program.ok("start", "rcnn")
        program.ok("unread", "rcnn")
    whole = program.run("undo", "--list", "--all")
    shown = program.run("undo", "--list")
    assert len(shown.out.splitlines()) == 20 < len(whole.out.splitlines())
    assert shown.err == "only the newest 20 of each: --all shows the rest\n"
    assert whole.err == ""
    assert len(program.run("undo", "--list", "--json").json["done"]) == 20
    program.ok("undo", "10")
    shown = program.run("undo", "--list")
    assert shown.err == "" and "undo 10" in shown.out and "redo 10" in shown.out


def test_a_change_is_named_by_its_id_alone(program: Program) -> None:
    for paper in PAPERS:
        program.ok("start", paper)
    ids = [past["op"] for past in program.run("undo", "--list", "--json").json["done"]][:3]
    before = program.ok("undo", "--list")
    for begin in ("", "3", ids[2][0], ids[2][:3], "last", "*", "????", "-1", f"{ids[2]}0"):
        refused = program.run("undo", "--op", begin)
        assert refused.code in (1, 2) and refused.out == "" and refused.err.count("\n") == 1, refused
        assert "papertrail undo --list" in refused.err
        assert program.ok("undo", "--list") == before
    assert "rcnn unread → reading" in program.ok("undo", "--op", ids[2][:6].upper())


def test_one_that_was_taken_back_is_told_so(program: Program) -> None:
    program.ok("start", "rcnn")
    (op, *_) = [past["op"] for past in program.run("undo", "--list", "--json").json["done"]]
    program.ok("undo")
    again = program.run("undo", "--op", op[:6])
    assert again.code == 1
    assert "rcnn unread → reading was taken back already" in again.err


def test_what_is_in_the_way_is_what_stands(program: Program) -> None:
    """What was taken back since is in nobody's way, and naming it would send the reader in a circle."""
    program.ok("start", "rcnn")
    (op, *_) = [past["op"] for past in program.run("undo", "--list", "--json").json["done"]]
    program.ok("drop", "rcnn")
    program.ok("queue", "rcnn")
    program.ok("undo")
    refused = program.run("undo", "--op", op)
    assert refused.code == 7
    assert "rcnn unread → reading cannot be taken back: rcnn reading → dropped" in refused.err
    assert "queued" not in refused.err


def test_what_several_steps_pass_is_told_once(program: Program) -> None:
    for paper in PAPERS:
        program.ok("start", paper)
    program.ok("export", "--to", str(program.trail / "out"))
    taken = program.run("undo", "3")
    assert taken.out.count("taken back") == 3
    assert taken.err.count("stays: exported") == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("1311.2524", "--lineage", "Fresh"), "lineage Fresh made of rcnn"),
        (("--title", "T", "--url", "https://arxiv.org/abs/1311.2524"), "rcnn: page edited"),
        (("--title", "T", "--doi", "10.48550/arXiv.1311.2524", "--venue", "V"), "rcnn: venue edited"),
        (
            ("--title", "T", "--doi", "10.48550/arXiv.1311.2524", "--lineage", "Fresh"),
            "lineage Fresh made of rcnn",
        ),
    ],
)
def test_adding_what_is_here_is_told_as_what_it_did(
    program: Program, given: tuple[str, ...], words: str
) -> None:
    assert program.run("add", *given).out.startswith("known  rcnn")
    (newest, *_) = program.run("undo", "--list", "--json").json["done"]
    assert newest["what"] == words
    assert f"taken back: {words}" in program.ok("undo")
