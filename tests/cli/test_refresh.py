"""`fetch --refresh` and `--all`: what arXiv has changed since, told in a line a paper."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from tests.arxiv_server import CATALOGUE, ArxivServer, record
from tests.cli.program import Program

FASTER = CATALOGUE[0]
GONE = "This paper has been withdrawn by the authors due to an error in Section 3"


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    with ArxivServer(CATALOGUE, timeout=2.0) as running:
        yield running


def on(day: str) -> dict[str, str]:
    return {"PAPERTRAIL_NOW": f"{day}T12:00"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"version": 4, "updated": "2017-02-03T00:00:00Z"}, "v4 of 2017-02-03 (v3 before)"),
        ({"comment": GONE}, "withdrawn"),
        ({"comment": "Superseded by arXiv:1706.03762"}, "superseded by arXiv:1706.03762"),
        ({"journal_ref": "IEEE TPAMI 39 (2017)"}, 'now in "IEEE TPAMI 39 (2017)"'),
        ({"comment": "Accepted at CVPR 2026"}, 'says "Accepted at CVPR 2026"'),
        ({"version": 5, "comment": GONE}, "withdrawn; v5 of 2016-01-06 (v3 before)"),
        ({"comment": "Fixed typos", "summary": "Other words.", "title": "Another one"}, None),
    ],
)
def test_what_has_changed_is_one_line_a_paper(
    program: Program, server: ArxivServer, change: dict[str, object], told: str | None
) -> None:
    env = server.env()
    assert ": v" not in program.run("fetch", "faster-rcnn", env=env).out, "what is heard first is no change"
    server.add(replace(FASTER, **change))  # type: ignore[arg-type]
    again = program.run("fetch", "--refresh", "faster-rcnn", env=env)
    assert again.code == 0 and server.asked[-1] == ["1506.01497"]
    head = "1 paper: abstracts and dates fetched"
    assert again.out == (
        f"{head}; nothing has changed\n" if told is None else f"{head}\nfaster-rcnn: {told}\n"
    )
    third = program.run("fetch", "--refresh", "faster-rcnn", env=env)
    assert third.out == f"{head}; nothing has changed\n", "it is told once"


def test_only_what_is_older_than_a_day_is_asked_for_again(program: Program, server: ArxivServer) -> None:
    program.run("fetch", "faster-rcnn", env={**server.env(), **on("2026-03-01")})
    program.run("add", "1706.03762", env={**server.env(), **on("2026-03-02")})
    server.add(replace(FASTER, journal_ref="TPAMI"), replace(CATALOGUE[2], journal_ref="NIPS 2017"))
    program.run("fetch", env={**server.env(), **on("2026-03-02")})  # all that lack them
    before = len(server.asked)
    told = program.run("fetch", "--refresh", env={**server.env(), **on("2026-03-02")})
    asked = {id_ for ids in server.asked[before:] for id_ in ids}
    assert asked == {"1506.01497"} and 'faster-rcnn: now in "TPAMI"' in told.out
    before = len(server.asked)
    nothing = program.run("fetch", "--refresh", env={**server.env(), **on("2026-03-02")})
    assert nothing.out == "arXiv was asked for every paper within a day: nothing to fetch\n"
    assert len(server.asked) == before
    everything = program.run("fetch", "--all", env={**server.env(), **on("2026-03-02")})
    assert 'vaswani2017attention: now in "NIPS 2017"\n' in everything.out
    asked = {id_ for ids in server.asked[before:] for id_ in ids}
    assert {"1506.01497", "1706.03762", "1311.2524"} <= asked


def test_what_the_reader_edited_stays(program: Program, server: ArxivServer) -> None:
    program.run("fetch", "faster-rcnn", env=server.env())
    with closing(sqlite3.connect(program.trail / ".papertrail" / "library.db")) as connection, connection:
        connection.execute(
            "UPDATE paper SET venue = 'My venue', comment = 'My words', metadata_state = 'edited',"
            " edited_fields = 'venue comment' WHERE key = 'faster-rcnn'"
        )
    server.add(replace(FASTER, comment="Accepted at CVPR", journal_ref="TPAMI", version=4))
    told = program.run("fetch", "--refresh", "faster-rcnn", env=server.env())
    assert told.out.endswith('\nfaster-rcnn: v4 of 2016-01-06 (v3 before); now in "TPAMI"\n')
    paper = program.run("show", "faster-rcnn", "--json").json
    assert (paper["venue"], paper["comment"], paper["metadata_state"]) == ("My venue", "My words", "edited")


def test_a_hostile_comment_is_told_inertly(program: Program, server: ArxivServer) -> None:
    server.add(record("2401.00009", "Fine"))
    key = program.run("add", "2401.00009", env=server.env()).out.split()[1]
    server.add(record("2401.00009", "Fine", journal_ref="\x9b2J[red]x[/red] \u202e" + "y" * 1000))
    told = program.run("fetch", "--refresh", key, env=server.env())
    assert told.code == 0 and "[red]x[/red]" in told.out and not {"\x9b", "\x1b", "\u202e"} & set(told.out)
    assert len(told.out) < 400


def test_all_and_keys_do_not_go_together(program: Program) -> None:
    refused = program.run("fetch", "--all", "rcnn")
    assert refused.code == 2 and "--all names every paper" in refused.err
