"""`papertrail search`: from the words to arXiv's grammar, and back to a table."""

from collections.abc import Iterator

import pytest

from tests.arxiv_server import CATALOGUE, HOSTILE, ArxivServer, busy, record, web_page
from tests.cli.program import Program
from tests.cli.test_json import documented, fields_in, section

FULL = ("residual", "learning", "-a", "He", "-c", "cs.CV", "--from", "2015", "-n", "5")


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    learning = record(
        "1605.07146", "Wide Residual Learning", authors=("S. Zagoruyko",), categories=("cs.LG",)
    )
    with ArxivServer([*CATALOGUE, learning], timeout=2.0) as running:
        yield running


def test_what_is_found_is_a_table_with_what_is_here_marked(program: Program, server: ArxivServer) -> None:
    program.ok("queue", "faster-rcnn")
    found = program.run("search", "cat:cs.CV", env=server.env())
    assert (found.code, found.err) == (0, "")
    first, second = found.out.splitlines()
    assert first.split()[:4] == ["1", "◔", "faster-rcnn", "2015"]
    assert second.split()[:4] == ["2", "-", "1512.03385", "2015"]
    assert second.endswith("Image Recognition · Kaiming He, Xiangyu Zhang, Shaoqing Ren, Jian Sun")
    assert program.run("list", "--json").json == program.run("list", "--json").json
    assert program.run("show", "1512.03385").code == 1, "nothing is stored"


def test_all_conditions_are_one_query(program: Program, server: ArxivServer) -> None:
    found = program.run("search", *FULL, "--to", "2020-06", "--json", env=server.env()).json
    query = "all:residual AND all:learning AND au:He AND cat:cs.CV"
    query += " AND submittedDate:[201501010000 TO 202006302359]"
    assert server.searched == [query] and found["query"] == query
    assert [each["arxiv_id"] for each in found["results"]] == ["1512.03385"]
    assert "max_results=5" in server.requests[0].path and "sortBy=relevance" in server.requests[0].path


def test_the_newest_come_first(program: Program, server: ArxivServer) -> None:
    found = program.run("search", "-c", "cs.LG", "-c", "cs.CV", "--newest", "--json", env=server.env()).json
    days = [each["published"] for each in found["results"]]
    assert len(days) == found["total"] == 5 and days == sorted(days, reverse=True)


def test_by_number_they_are_added_without_asking_again(program: Program, server: ArxivServer) -> None:
    program.run("search", "-c", "cs.CV", env=server.env())
    added = program.run("search", "-c", "cs.CV", "--add", "2, 1,2", env=server.env())
    assert (added.code, added.err) == (0, "")
    assert added.out.splitlines()[0] == "added  he2015deep   Deep Residual Learning for Image Recognition"
    assert added.out.splitlines()[1].split()[:2] == ["known", "faster-rcnn"]
    assert len(server.requests) == 1
    paper = program.run("show", "he2015deep", "--json").json
    assert (paper["metadata_state"], paper["arxiv_id"]) == ("fetched", "1512.03385")
    assert program.ok("undo").startswith("taken back: added he2015deep")


@pytest.mark.parametrize("numbers", ["0", "x", "1,,2", "21", "-1", "", "9" * 5000])
def test_numbers_that_are_none_are_refused_before_asking(
    program: Program, server: ArxivServer, numbers: str
) -> None:
    refused = program.run("search", "residual", f"--add={numbers}", env=server.env())
    assert (refused.code, refused.out) == (2, "") and "is no number from 1 to 20" in refused.err
    assert server.requests == []


def test_a_number_beyond_what_is_found_adds_nothing(program: Program, server: ArxivServer) -> None:
    refused = program.run("search", "-c", "cs.CV", "--add", "2,9", env=server.env())
    assert refused.code == 2 and "there is no number 9: 2 papers were found" in refused.err
    refused = program.run("search", "residual", "learning", "image", "--add", "9", env=server.env())
    assert refused.code == 2 and "there is no number 9: 1 paper was found" in refused.err
    assert program.run("show", "1512.03385").code == 1


@pytest.mark.parametrize(
    "words", [(), ('"open',), ("a OR b",), ("x", "--from", "soon"), ("x", "-c", "c v"), ("x", "-n", "101")]
)
def test_what_cannot_be_searched_for_is_one_line(
    program: Program, server: ArxivServer, words: tuple[str, ...]
) -> None:
    refused = program.run("search", *words, env=server.env())
    assert (refused.code, refused.out) == (2, "") and server.requests == [] and "Traceback" not in refused.err


@pytest.mark.parametrize("way", ["offline", "away", "busy", "page"])
def test_no_answer_is_one_line(program: Program, server: ArxivServer, way: str) -> None:
    env = server.env()
    if way == "offline":
        env["PAPERTRAIL_OFFLINE"] = "1"
    elif way == "away":
        server.go_down()
    else:
        server.always(busy(503, retry_after=1000) if way == "busy" else web_page)
    failed = program.run("search", "residual", env=env)
    assert (failed.code, failed.out, failed.err.count("\n")) == (6, "", 1)
    assert {
        "offline": "stay offline",
        "away": "cannot reach 127.0.0.1",
        "busy": "busy",
        "page": "a web page came",
    }[way] in failed.err


def test_nothing_found_is_said_and_asked_again(program: Program, server: ArxivServer) -> None:
    for _ in range(2):
        nothing = program.run("search", "unheard-of", env=server.env())
        assert (nothing.code, nothing.out) == (0, "") and "finds no such paper" in nothing.err
    assert len(server.searched) == 2


def test_hostile_titles_are_inert(program: Program) -> None:
    with ArxivServer(HOSTILE) as server:
        found = program.run("search", "-c", "cs.CV", env=server.env())
        assert found.code == 0 and len(found.out.splitlines()) == len(HOSTILE)
        assert not {"\x1b", "\x07", "\x9b", "\x9d", "\u202e", "\u2066", "\u200b"} & set(found.out)
        assert "[@click=app.quit]x" in found.out and "残差网络" in found.out
        code, raw = program.in_terminal("search", "-c", "cs.CV", env=server.env(), columns=80)
        assert code == 0 and b"\x1b]52" not in raw and b"6 papers" in raw


def test_each_field_is_documented(program: Program, server: ArxivServer) -> None:
    found = program.run("search", "-c", "cs.CV", "--json", env=server.env()).json
    assert fields_in(found) == documented(section("`papertrail search"))
