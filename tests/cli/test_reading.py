"""The commands that look: list, show, lineages, progress, next, as text and as JSON."""

import re
from typing import Any

import pytest

from tests.cli.program import Program


def keys_of(text: str) -> list[str]:
    return [line.split()[3] for line in text.splitlines()]


def test_list_is_in_reading_order_with_whole_titles(shared: Program) -> None:
    out = shared.ok("list")
    assert keys_of(out) == ["rcnn", "sppnet", "fast-rcnn", "faster-rcnn", "robbins-monro", "adam"]
    assert out.splitlines()[0] == "○  unread  2013  rcnn           Rich feature hierarchies"


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (("girshick",), ["rcnn", "fast-rcnn"]),
        (("GIRSHICK", "2015"), ["fast-rcnn"]),
        (("--lineage", "SGD"), ["robbins-monro", "adam"]),
        (("--lineage", "r-cnn"), ["rcnn", "sppnet", "fast-rcnn", "faster-rcnn"]),
        (("-l", "sgd", "adam"), ["adam"]),
        (("--status", "unread", "kaiming"), ["sppnet", "faster-rcnn"]),
        (("1412.6980",), ["adam"]),
    ],
)
def test_list_narrows(shared: Program, arguments: tuple[str, ...], keys: list[str]) -> None:
    assert keys_of(shared.ok("list", *arguments)) == keys
    assert [p["key"] for p in shared.run("list", *arguments, "--json").json["papers"]] == keys


def test_list_without_a_paper_says_so_on_stderr(shared: Program) -> None:
    result = shared.run("list", "--status", "dropped")
    assert (result.code, result.out) == (0, "") and result.err.count("\n") == 1
    assert shared.run("list", "--status", "dropped", "--json").json == {"papers": []}


def test_an_unknown_lineage_gets_near_ones(shared: Program) -> None:
    result = shared.run("list", "--lineage", "SDG")
    assert (result.code, result.out) == (1, "") and "did you mean SGD?" in result.err


def test_list_in_a_terminal_fits_its_width(shared: Program) -> None:
    _, seen = shared.in_terminal("list", columns=40, env={"NO_COLOR": "1"})
    lines = seen.decode().splitlines()
    assert all(len(line) <= 40 for line in lines) and any(line.endswith("…") for line in lines)
    assert lines[-1] == "6 papers · 0 counted · 0 owed"


def test_show_tells_the_whole_paper(shared: Program) -> None:
    out = shared.ok("show", "fast-r")
    assert out.startswith("Fast R-CNN\nRoss Girshick\n2015 · ICCV · fast-rcnn\n")
    for part in (
        "https://arxiv.org/abs/1504.08083",
        "○ unread",
        "3 of 4 in R-CNN to Faster R-CNN (after sppnet, before faster-rcnn)",
        "Builds on\n  ○ 2013  rcnn    Rich feature hierarchies\n  ○ 2014  sppnet",
        "Built on by\n  ○ 2015  faster-rcnn  Faster R-CNN",
        "papertrail note fast-rcnn",
        "papertrail fetch",
    ):
        assert part in out


@pytest.mark.parametrize(
    "name",
    [
        "fast-rcnn",
        "FAST-RCNN",
        "fast-",
        "1504.08083",
        "arXiv:1504.08083v2",
        "https://arxiv.org/abs/1504.08083",
    ],
)
def test_a_paper_by_any_name(shared: Program, name: str) -> None:
    assert shared.run("show", name, "--json").json["key"] == "fast-rcnn"


@pytest.mark.parametrize("name", ["fas", "nobody", "1706.03762", ""])
def test_names_that_do_not_do(shared: Program, name: str) -> None:
    result = shared.run("show", name)
    assert result.code in (1, 2) and result.out == "" and result.err.count("\n") == 1


def test_show_json(shared: Program) -> None:
    paper = shared.run("show", "fast-rcnn", "--json").json
    note = paper.pop("note")
    assert note["path"] == str(shared.trail / "notes" / "fast-rcnn.md")
    assert (note["exists"], note["words"], note["filled"]) == (False, 0, [])
    assert len(note["missing"]) == 3 and note["missing"][0] == "Problem"
    days = paper.pop("days")
    assert days.pop("added") and not any(days.values())
    assert paper == {
        "key": "fast-rcnn",
        "title": "Fast R-CNN",
        "authors": ["Ross Girshick"],
        "year": 2015,
        "arxiv_id": "1504.08083",
        "doi": None,
        "status": "unread",
        "is_read": False,
        "lineages": ["R-CNN to Faster R-CNN"],
        "counted": False,
        "explained": False,
        "owed": False,
        "note_missing": False,
        "rating": None,
        "tags": [],
        "venue": "ICCV",
        "abstract": None,
        "published": None,
        "updated": None,
        "categories": [],
        "comment": None,
        "journal_ref": None,
        "version": None,
        "urls": [],
        "links": [],
        "notice": None,
        "metadata_state": "seed",
        "absent_on": [],
        "trouble": None,
        "builds_on": ["rcnn", "sppnet"],
        "built_on_by": ["faster-rcnn"],
        "named_in": [],
        "places": [
            {
                "lineage": "R-CNN to Faster R-CNN",
                "position": 3,
                "total": 4,
                "previous": "sppnet",
                "next": "faster-rcnn",
            }
        ],
    }


def test_lineages_and_progress(program: Program) -> None:
    program.ok("done", "rcnn", "adam")
    assert program.run("lineages", "--json").json == {
        "lineages": [
            {
                "name": "R-CNN to Faster R-CNN",
                "total": 4,
                "read": 1,
                "counted": 0,
                "missing": 0,
                "explained": 0,
                "active": True,
            },
            {
                "name": "SGD",
                "total": 2,
                "read": 1,
                "counted": 0,
                "missing": 0,
                "explained": 0,
                "active": True,
            },
        ]
    }
    progress: dict[str, Any] = program.run("progress", "--json").json
    assert progress["lineages"] == program.run("lineages", "--json").json["lineages"]
    goal = progress["goal"]
    assert (goal["target"], goal["read"], goal["counted"], goal["owed"]) == (100, 2, 0, 2)
    assert (goal["day"], goal["days"], goal["today"]) == (1, 182, goal["start"])
    out = program.ok("lineages")
    assert re.fullmatch(r"0 / 4  ▒{5}░{15}  R-CNN to Faster R-CNN · 1 owed", out.splitlines()[0])
    assert program.ok("progress").splitlines()[0] == "0 / 100 counted · 2 owed · day 1 of 182"
    assert out in program.ok("progress")


def test_next_says_why(program: Program) -> None:
    program.ok("queue", "adam")
    program.ok("start", "sppnet")
    suggestions = program.run("next", "-n", "3", "--json").json["papers"]
    assert [(s["key"], s["why"]) for s in suggestions[:2]] == [
        ("sppnet", "you are reading it"),
        ("adam", "first in your queue"),
    ]
    assert len(suggestions) == 3
    out = program.ok("next", "-n", "3")
    assert keys_of(out) == [s["key"] for s in suggestions]
    assert all(s["why"] in out for s in suggestions)
