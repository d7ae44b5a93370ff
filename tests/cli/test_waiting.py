"""Papers added where arXiv cannot be asked, and what is told of those that it leaves out."""

from collections.abc import Iterator

import pytest

from tests.arxiv_server import CATALOGUE, ArxivServer, busy, closed_url, record, silence, web_page
from tests.cli.program import Program

AWAY = {"PAPERTRAIL_ARXIV_API": closed_url(), "PAPERTRAIL_ARXIV_DELAY": "0"}
WORDS = "## Problem\nwords enough\n"


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    with ArxivServer(CATALOGUE, timeout=1.0) as running:
        yield running


def on(day: str) -> dict[str, str]:
    return {"PAPERTRAIL_NOW": f"{day}T12:00"}


def test_a_paper_is_worked_with_before_anything_is_known_of_it(program: Program, server: ArxivServer) -> None:
    added = program.run("add", "1706.03762", "--lineage", "Attention", env=AWAY)
    assert (added.code, added.out) == (0, "waiting  arxiv-1706-03762  arXiv:1706.03762\n")
    assert "cannot reach 127.0.0.1" in added.err and "comes with the next fetch" in added.err
    key = "arxiv-1706-03762"
    assert program.run("show", key, "--json").json["metadata_state"] == "waiting"
    assert "papertrail fetch" in program.ok("show", key)
    program.ok("queue", key)
    program.ok("done", key)
    fetched = program.run("fetch", key, env=server.env())
    assert fetched.code == 0 and server.asked == [["1706.03762"]]
    paper = program.run("show", key, "--json").json
    assert (paper["key"], paper["title"]) == ("vaswani2017attention", "Attention Is All You Need")
    assert (paper["status"], paper["lineages"]) == ("read", ["Attention"])
    assert program.ok("start", key).startswith("vaswani2017attention  read → reading again")
    assert program.run("list", "-l", "attention", "--json").json["papers"][0]["key"] == "vaswani2017attention"


def test_a_key_with_words_under_it_stays(program: Program, server: ArxivServer) -> None:
    program.run("add", "1706.03762", env=AWAY)
    program.run("note", "arxiv-1706-03762", "--stdin", stdin=WORDS)
    assert program.run("fetch", "arxiv-1706-03762", env=server.env()).code == 0
    paper = program.run("show", "1706.03762", "--json").json
    assert (paper["key"], paper["title"]) == ("arxiv-1706-03762", "Attention Is All You Need")
    assert "words enough" in program.ok("note", "arxiv-1706-03762", "--print")


@pytest.mark.parametrize("behaviour", [silence, web_page, busy(503)])
def test_a_bad_day_of_arxiv_refuses_nothing(program: Program, server: ArxivServer, behaviour: object) -> None:
    server.always(behaviour)  # type: ignore[arg-type]
    added = program.run("add", "1706.03762", "1512.03385", env=server.env())
    assert added.code == 0 and added.out.count("waiting") == 2 and "Traceback" not in added.err
    assert program.ok("undo").startswith("taken back: added arxiv-1706-03762")
    assert program.run("show", "1706.03762").code == 1


def test_what_waits_is_asked_for_by_adding_it_again(program: Program, server: ArxivServer) -> None:
    program.run("add", "1706.03762", env=AWAY)
    again = program.run("add", "1706.03762", env=server.env())
    assert again.code == 0 and again.out == "known  vaswani2017attention  Attention Is All You Need\n"


@pytest.mark.parametrize("way", ["variable", "setting"])
def test_nothing_is_asked_of_arxiv_offline(program: Program, server: ArxivServer, way: str) -> None:
    env = server.env()
    if way == "variable":
        env["PAPERTRAIL_OFFLINE"] = "1"
    else:
        program.ok("set", "offline", "on")
    added = program.run("add", "1706.03762", env=env)
    assert added.code == 0 and "stay offline" in added.err
    fetched = program.run("fetch", env=env)
    assert fetched.code == 6 and "set offline off" in fetched.err
    assert server.asked == []


def test_what_arxiv_leaves_out_is_a_doubt_at_first(program: Program) -> None:
    with ArxivServer(()) as server:  # knows no paper
        assert program.run("fetch", "rcnn", env={**server.env(), **on("2026-03-01")}).code == 0
        paper = program.run("show", "rcnn", "--json").json
        assert (paper["metadata_state"], paper["absent_on"]) == ("not-found", ["2026-03-01"])
        assert "left it out on 2026-03-01: it will be asked for again" in program.ok("show", "rcnn")
        number = len(server.asked)
        program.run("fetch", "rcnn", env={**server.env(), **on("2026-03-01")})
        assert len(server.asked) > number, "asked for by its key at once"
        assert program.run("show", "rcnn", "--json").json["absent_on"] == ["2026-03-01"], "a day counts once"
        for day, is_asked in (("2026-03-02", True), ("2026-03-05", False), ("2026-03-10", True)):
            before = len(server.asked)
            program.run("fetch", env={**server.env(), **on(day)})
            asked = {id_ for ids in server.asked[before:] for id_ in ids}
            assert ("1311.2524" in asked) is is_asked, day
        told = "arXiv does not have it: asked on 2026-03-01 and 2026-03-10"
        assert told in program.ok("show", "rcnn")
        server.add(record("1311.2524"))
        assert program.run("fetch", "rcnn", env=server.env()).code == 0
        paper = program.run("show", "rcnn", "--json").json
        assert (paper["metadata_state"], paper["absent_on"]) == ("fetched", [])


def test_what_waits_and_is_left_out_is_doubted_and_not_told_unknown(program: Program) -> None:
    program.run("add", "1706.03762", env=AWAY)
    with ArxivServer(()) as server:
        again = program.run("add", "1706.03762", env=server.env())
    assert (again.code, again.out) == (0, "known  arxiv-1706-03762  arXiv:1706.03762\n")
    assert "has no paper" not in again.err
    assert program.run("show", "1706.03762", "--json").json["metadata_state"] == "not-found"


def test_no_lineage_is_made_for_nobody(program: Program) -> None:
    before = program.run("lineages", "--json").json
    with ArxivServer(()) as server:
        assert program.run("add", "9912.99999", "--lineage", "Nobody", env=server.env()).code == 1
    assert program.run("lineages", "--json").json == before
