"""What a bad day of the network costs: one clear line, nothing wrong in the trail, what was good is there."""

import signal
from collections.abc import Iterator

import pytest

from tests import arxiv_faults, arxiv_server
from tests.arxiv_server import ArxivServer, Behaviour, busy, record
from tests.cli.program import Program, Result

FIRST, SECOND = "1706.03762", "1512.03385"
FILLERS = [f"2405.{number:05}" for number in range(1, 121)]


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    with ArxivServer(timeout=0.5) as running:
        yield running


def keys(program: Program) -> set[str]:
    return {paper["key"] for paper in program.run("list", "--json").json["papers"]}


def error_lines(result: Result) -> list[str]:
    assert "Traceback" not in result.err
    return [line for line in result.err.splitlines() if line.startswith("papertrail: ")]


FAULTS: dict[str, Behaviour] = {
    "silent": arxiv_server.silence,
    "a byte a second": arxiv_faults.trickling_body,
    "first lines a byte a second": arxiv_faults.trickling_head,
    "endless body": arxiv_faults.endless_body,
    "gzip bomb": arxiv_faults.gzip_bomb,
    "double gzip bomb": arxiv_faults.double_gzip_bomb,
    "reset": arxiv_faults.reset,
    "short body": arxiv_server.cut_transfer,
    "429": busy(429),
    "503 for a long time": busy(503, retry_after="1000000000"),
    "400 with an error feed": arxiv_server.refused("incorrect id format"),
    "web page": arxiv_server.web_page,
    "rate exceeded": arxiv_server.rate_exceeded,
    "empty body": arxiv_server.empty,
    "cut XML": arxiv_server.cut_feed,
    "to a file": arxiv_faults.redirect("file:///etc/passwd"),
    "to the machine itself": arxiv_faults.redirect("http://localhost:9/"),
    "to another host": arxiv_faults.redirect("https://example.org/api/query"),
    "to a decimal address": arxiv_faults.redirect("http://2130706433:9/"),
    "in a circle": arxiv_faults.redirect("/api/query"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_6_one_line_and_nothing_stored(name: str, program: Program, server: ArxivServer) -> None:
    before = keys(program)
    server.always(FAULTS[name])
    env = server.env() | ({"PAPERTRAIL_ARXIV_DELAY": "4"} if name == "429" else {})
    result = program.run("add", "--wait", FIRST, SECOND, env=env)
    assert (result.code, result.out) == (6, ""), result.err
    assert len(error_lines(result)) == 1
    assert keys(program) == before


def test_what_was_good_before_a_fault_is_stored(program: Program, server: ArxivServer) -> None:
    server.add(*map(record, FILLERS))
    before = keys(program)
    server.next(arxiv_server.well, arxiv_faults.reset)
    result = program.run("add", "--wait", *FILLERS, env=server.env())
    assert result.code == 6 and len(error_lines(result)) == 1
    assert len(keys(program) - before) == 100


def test_an_odd_entry_among_99_costs_only_itself(program: Program, server: ArxivServer) -> None:
    server.add(*map(record, FILLERS))
    before = keys(program)
    server.always(arxiv_server.in_last(arxiv_server.without("published")))
    result = program.run("add", "--wait", *FILLERS[:100], env=server.env())
    assert f"arXiv's reply says no date for {FILLERS[0]} in its field published: left out" in result.err
    assert result.code == 1 and len(keys(program) - before) == 99


def test_an_odd_entry_alone_is_told(program: Program, server: ArxivServer) -> None:
    server.always(arxiv_server.without("title"))
    result = program.run("add", "--wait", SECOND, env=server.env())
    assert (result.code, result.out) == (6, "")
    assert error_lines(result) == [f"papertrail: arXiv's reply gives {SECOND} no title: try again later"]


def test_what_an_odd_entry_is_about_is_asked_for_again(program: Program, server: ArxivServer) -> None:
    wanted = "1506.01497"  # the small trail has it, and others that this server does not know
    server.next(arxiv_server.with_text(f"/abs/{wanted}v3</id>", f"/abs/{wanted}</id>"))
    result = program.run("fetch", env=server.env())
    assert result.code == 1
    assert error_lines(result) == [
        f"papertrail: arXiv's reply does not say which version of {wanted} it means: left out, "
        "asked for again by the next fetch"
    ]
    again = program.run("fetch", env=server.env())
    assert again.code == 0 and wanted in server.asked[-1]
    assert program.run("show", wanted, "--json").json["version"] == 3


@pytest.mark.parametrize(
    "behaviour", [arxiv_server.with_stub, arxiv_server.with_text("totalResults>1<", "totalResults>2<")]
)
def test_a_reply_that_counts_an_unknown_paper(
    behaviour: Behaviour, program: Program, server: ArxivServer
) -> None:
    server.always(behaviour)
    result = program.run("add", "--wait", FIRST, "2312.99999", env=server.env())
    assert result.code == 1
    assert result.out == "added  vaswani2017attention  Attention Is All You Need\n"
    assert error_lines(result) == [
        "papertrail: arXiv left out 2312.99999: check the id, or add it again later"
    ]


def test_other_papers_than_asked_are_not_stored(program: Program, server: ArxivServer) -> None:
    before = keys(program)
    server.always(arxiv_server.with_text("/abs/1512.03385v1", "/abs/1512.03386v1"))
    result = program.run("add", "--wait", SECOND, env=server.env())
    assert result.code == 1 and keys(program) == before


def test_waiting_is_told_and_limited(program: Program, server: ArxivServer) -> None:
    server.next(busy(429, retry_after=1))
    server.always(busy(429, retry_after=40))
    result = program.run("fetch", env=server.env())
    assert result.code == 6
    assert "arXiv asks to wait 1 s; ctrl+c stops" in result.err
    assert error_lines(result) == [
        "papertrail: arXiv is busy and turns us away (HTTP 429): try again in 40 s; --patient waits longer; "
        "5 of 5 papers are left for later"
    ]
    assert len(server.requests) == 2


def test_the_patient_are_told_as_well(program: Program, server: ArxivServer) -> None:
    server.always(busy(503, retry_after=4000))
    result = program.run("fetch", "--patient", env=server.env())
    assert error_lines(result) == [
        "papertrail: arXiv is busy and turns us away (HTTP 503): try again in 4000 s; "
        "5 of 5 papers are left for later"
    ]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_ends_the_waiting(program: Program, server: ArxivServer, number: int) -> None:
    server.always(busy(503, retry_after=3000))
    with_terminal = program.start_in_terminal("fetch", "--patient", env=server.env())
    with_terminal.wait_for(b"ctrl+c stops")
    with_terminal.interrupt(number)
    code, seen = with_terminal.end()
    assert code == 128 + number and b"Traceback" not in seen
    assert number == signal.SIGINT or seen.count(b"papertrail: ended by ") == 1


def test_what_is_asked_twice_comes_from_the_cache(program: Program, server: ArxivServer) -> None:
    for _ in range(2):
        assert program.run("add", "--wait", SECOND, env=server.env()).code == 0
        assert program.run("undo").code == 0
    assert len(server.requests) == 1
