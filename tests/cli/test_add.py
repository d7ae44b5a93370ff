"""add and fetch, asked of a real server on loopback."""

from collections.abc import Iterator

import pytest

from tests.arxiv_server import (
    CATALOGUE,
    HOSTILE,
    STYLES,
    ArxivServer,
    Behaviour,
    Style,
    busy,
    closed_url,
    cut_feed,
    cut_transfer,
    record,
    silence,
    web_page,
)
from tests.cli.program import Program, Result
from tests.cli.test_hostile import assert_inert


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    with ArxivServer((*CATALOGUE, *HOSTILE), timeout=1.0) as running:
        yield running


def add(program: Program, server: ArxivServer, *arguments: str) -> Result:
    return program.run("add", *arguments, env=server.env())


def titles(program: Program) -> list[str]:
    return [paper["title"] for paper in program.run("list", "--json").json["papers"]]


@pytest.mark.parametrize("style", STYLES)
def test_one_id(program: Program, style: Style) -> None:
    with ArxivServer(style=style) as server:
        result = add(program, server, "1706.03762")
        assert server.asked == [["1706.03762"]]
    assert result.code == 0
    assert result.out == "added  vaswani2017attention  Attention Is All You Need\n"
    assert "asking arXiv for 1 paper" in result.err
    paper = program.run("show", "vaswani2017attention", "--json").json
    assert paper["arxiv_id"] == "1706.03762" and paper["year"] == 2017 and paper["version"] == 7
    assert paper["authors"][0] == "Ashish Vaswani" and len(paper["authors"]) == 8
    assert paper["abstract"].startswith("A translation model") and paper["categories"] == ["cs.CL", "cs.LG"]
    assert paper["published"].startswith("2017-06-12T17:57:34") and paper["metadata_state"] == "fetched"
    assert paper["status"] == "unread" and paper["lineages"] == []
    shown = program.ok("show", "vaswani2017attention")
    assert "Abstract\n  A translation model" in shown


def test_several_with_one_unknown_and_one_known(program: Program, server: ArxivServer) -> None:
    result = add(program, server, "1706.03762", "9912.99999", "1506.01497", "1512.03385", "cs/0112017")
    assert result.code == 1
    assert [line.split()[:2] for line in result.out.splitlines()] == [
        ["added", "vaswani2017attention"],
        ["added", "he2015deep"],
        ["added", "example2001old"],
        ["known", "faster-rcnn"],
    ]
    assert (
        result.err.splitlines()[-1]
        == "papertrail: arXiv left out 9912.99999: check the id, or add it again later"
    )
    assert server.asked == [["1706.03762", "9912.99999", "1512.03385", "cs/0112017"]], (
        "one request, no known one"
    )
    assert len(titles(program)) == 9


@pytest.mark.parametrize(
    "form",
    [
        "https://arxiv.org/abs/1512.03385v1",
        "https://arxiv.org/pdf/1512.03385.pdf",
        "arxiv.org/html/1512.03385",
        "arXiv:1512.03385",
        "10.48550/arXiv.1512.03385",
    ],
)
def test_any_form_of_an_id(program: Program, server: ArxivServer, form: str) -> None:
    assert add(program, server, form).out.startswith("added  he2015deep  Deep Residual")
    assert server.asked == [["1512.03385"]]


def test_an_old_style_id(program: Program, server: ArxivServer) -> None:
    assert add(program, server, "quant-ph/0201082").out.startswith("added  example2002old  ")
    assert program.run("show", "quant-ph/0201082", "--json").json["journal_ref"] == "J. Old Phys. 1, 2 (2002)"


def test_known_ones_are_not_asked_for(program: Program, server: ArxivServer) -> None:
    result = add(program, server, "1506.01497v1", "https://arxiv.org/abs/1412.6980")
    assert (result.code, result.err) == (0, "")
    assert result.out == "known  faster-rcnn  Faster R-CNN\nknown  adam         Adam\n"
    assert server.asked == []


@pytest.mark.parametrize(
    "bad", ["foo", "1506.99", "", "https://example.org/1506.01497x", "\x1b]52;c;x\x07", ";"]
)
def test_a_malformed_id_is_2_and_nothing_is_asked(program: Program, server: ArxivServer, bad: str) -> None:
    result = add(program, server, "1706.03762", bad)
    assert (result.code, result.out) == (2, "") and result.err.count("\n") == 1 and "\x1b" not in result.err
    assert server.asked == [] and len(titles(program)) == 6


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (["1706.03762;1512.03385, cs/0112017"], ["1706.03762", "1512.03385", "cs/0112017"]),
        (["arXiv:1706.03762\nhttps://arxiv.org/pdf/1512.03385v1.pdf"], ["1706.03762", "1512.03385"]),
        (["1706.03762 1512.03385", "arXiv:1706.03762v3"], ["1706.03762", "1512.03385"]),
        (["[7] K. He et al. Deep residual\nlearning. arXiv preprint\narXiv:1512.03385."], ["1512.03385"]),
        (["https://doi.org/10.48550/\narXiv.1512.03385"], ["1512.03385"]),
        (["~/Downloads/1512.03385 (1).pdf"], ["1512.03385"]),
    ],
)
def test_several_in_one_argument(
    program: Program, server: ArxivServer, arguments: list[str], asked: list[str]
) -> None:
    result = add(program, server, *arguments)
    assert result.code == 0 and server.asked == [asked]
    assert [line.split()[0] for line in result.out.splitlines()] == ["added"] * len(asked)


LISTED = "\ufeff# to read\n1706.03762\n\nfoo\nHe, arXiv:1512.03385, 2015\n10.1109/5.726791\r\n1706.03762v2\n"


@pytest.mark.parametrize("way", ["file", "stdin", "stdin as file"])
def test_a_list_of_lines_is_read_and_what_is_wrong_is_told_by_its_line(
    program: Program, server: ArxivServer, way: str
) -> None:
    (program.trail / "list.txt").write_text(LISTED, encoding="utf-8")
    arguments = {"file": ["--from", "list.txt"], "stdin": ["-"], "stdin as file": ["--from", "-"]}[way]
    stdin = "" if way == "file" else LISTED
    result = program.run("add", *arguments, env=server.env(), stdin=stdin)
    assert result.code == 1 and server.asked == [["1706.03762", "1512.03385"]]
    assert [line.split()[:2] for line in result.out.splitlines()] == [
        ["added", "vaswani2017attention"],
        ["added", "he2015deep"],
    ]
    name = "list.txt" if way == "file" else "standard input"
    assert [line for line in result.err.splitlines() if "asking" not in line] == [
        f"papertrail: {name}, line 4: foo is no arXiv id",
        f"papertrail: {name}, line 6: 10.1109/5.726791 is a DOI, but none of arXiv's",
        "2 entries passed over",
    ]


def test_arguments_a_file_and_standard_input_go_into_one_request(
    program: Program, server: ArxivServer
) -> None:
    (program.trail / "list.txt").write_text("1512.03385\n1506.01497\n", encoding="utf-8")
    result = program.run(
        "add", "1706.03762", "-", "--from", "list.txt", env=server.env(), stdin="cs/0112017\n1706.03762"
    )
    assert result.code == 0 and server.asked == [["1706.03762", "cs/0112017", "1512.03385"]]


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "told"),
    [
        ([], b"", 2, "name the papers"),
        (["-"], b"", 2, "standard input is empty: write one or more arXiv ids a line"),
        (["-"], b"# nothing\n\n", 2, "standard input is empty"),
        (["-"], b"\xff\xfe1\x00", 2, "standard input is not UTF-8 (byte 0)"),
        (["-"], b"1706.03762\n" * 400_000, 2, "that is more than 4 MiB"),
        (["-"], b"foo\n\x1b]52;c;x\x07\n", 1, "standard input, line 2: ]52;c;x is no arXiv id"),
        (["--from", "none.txt"], b"", 1, "there is no file none.txt"),
        (["--from", "notes"], b"", 5, "notes cannot be read"),
        (["1706.03762; foo"], b"", 2, "foo is no arXiv id"),
        (["see arXiv:1706.03762 or arXiv:1512.03385"], b"", 2, "two papers in it, 1706.03762 and 1512.03385"),
        (["10.1109/5.726791"], b"", 2, "10.1109/5.726791 is a DOI, but none of arXiv's"),
        (["1512.03385 metres"], b"", 2, "metres is no arXiv id"),
    ],
)
def test_lists_that_are_none(
    program: Program, server: ArxivServer, arguments: list[str], stdin: bytes, code: int, told: str
) -> None:
    (program.trail / "notes").mkdir(exist_ok=True)
    result = program.run("add", *arguments, env=server.env(), stdin=stdin)
    assert (result.code, result.out, server.asked) == (code, "", [])
    assert told in result.err and "Traceback" not in result.err and "\x1b" not in result.err


@pytest.mark.parametrize(
    "form",
    [
        "https://www.alphaxiv.org/audio/1506.01497",
        "10.48550/\narXiv.1506.01497",
        "arXiv:1506.01497v3 [cs.CV] 6 Jan 2016",
        "[1506.01497] Faster R-CNN",
        "~/Downloads/1506.01497v3.pdf",
    ],
)
def test_a_paper_is_found_by_its_id_in_any_form(program: Program, form: str) -> None:
    assert program.run("show", form, "--json").json["key"] == "faster-rcnn"
    assert program.run("queue", form).code == 0


def test_a_key_that_is_two_ids_or_a_doi(program: Program) -> None:
    two = program.run("show", "arXiv:1506.01497 arXiv:1412.6980")
    assert two.code == 2 and "two papers in it, 1506.01497 and 1412.6980: give one at a time" in two.err
    unknown = program.run("start", "https://doi.org/10.9999/NOT.here.")
    assert unknown.code == 1 and "doi:10.9999/not.here is not in this trail" in unknown.err
    row = ["lineages,key,title,doi", "X,lenet,LeNet,10.1109/5.726791", "X,alexnet,AlexNet,10.1145/3065386X"]
    (program.trail / "more.csv").write_text("\n".join(row), encoding="utf-8")
    assert program.run("seed", "more.csv").code == 0
    for form in ("10.1109/5.726791.", "doi:10.1109/5.726791", "https://dl.acm.org/doi/10.1145/3065386x"):
        assert program.run("show", form, "--json").json["key"] in ("lenet", "alexnet")


def test_a_lineage_known_or_new(program: Program, server: ArxivServer) -> None:
    result = add(program, server, "1706.03762", "1412.6980", "--lineage", "Attention")
    assert result.code == 0 and result.err.endswith("in the new lineage Attention\n")
    assert add(program, server, "1512.03385", "-l", "sgd").err.endswith("in lineage SGD\n")
    line = program.run("list", "-l", "attention", "--json").json["papers"]
    assert {paper["key"] for paper in line} == {"vaswani2017attention", "adam"}
    assert program.run("show", "he2015deep", "--json").json["lineages"] == ["SGD"]
    assert program.run("show", "adam", "--json").json["lineages"] == ["SGD", "Attention"]


@pytest.mark.parametrize("behaviour", [silence, web_page, cut_feed, cut_transfer, busy(503)])
def test_a_bad_answer_that_is_waited_for_is_6_and_nothing_is_stored(
    program: Program, server: ArxivServer, behaviour: Behaviour
) -> None:
    server.always(behaviour)
    result = add(program, server, "--wait", "1706.03762", "1512.03385")
    assert (result.code, result.out) == (6, "")
    errors = [line for line in result.err.splitlines() if line.startswith("papertrail: ")]
    assert len(errors) == 1 and ": " in errors[0][12:] and "Traceback" not in result.err
    assert len(titles(program)) == 6


def test_a_server_that_is_down_and_waited_for_is_6(program: Program) -> None:
    result = program.run("add", "--wait", "1706.03762", env={"PAPERTRAIL_ARXIV_API": closed_url()})
    assert (result.code, result.out) == (6, "")
    assert result.err.splitlines()[-1].startswith("papertrail: cannot reach 127.0.0.1: ")


def test_a_busy_server_is_asked_again(program: Program, server: ArxivServer) -> None:
    server.next(busy(429, retry_after=1))
    result = add(program, server, "1706.03762")
    assert result.code == 0 and result.out.startswith("added  ") and "wait 1 s" in result.err
    assert len(server.asked) == 2


def test_hostile_titles_arrive_inert(program: Program, server: ArxivServer) -> None:
    terminal = program.in_terminal("add", *(f"2401.0000{i}" for i in range(1, 7)), env=server.env())
    assert terminal[0] == 0
    assert_inert(terminal[1])
    assert "残差网络".encode() in terminal[1] and b"a [/] b" in terminal[1]
    assert_inert(program.in_terminal("list")[1])


def test_fetch_fills_what_is_lacking(program: Program, server: ArxivServer) -> None:
    server.add(record("1311.2524"), record("1406.4729"))
    result = program.run("fetch", env=server.env())
    assert result.code == 0
    assert result.out == "4 papers: abstracts and dates fetched; 1 left out by arXiv (fast-rcnn)\n"
    assert len(server.asked) == 1 and result.err.splitlines()[-1] == "5 of 5 papers"
    paper = program.run("show", "faster-rcnn", "--json").json
    assert paper["abstract"].startswith("Proposing regions") and paper["metadata_state"] == "fetched"
    assert paper["published"].startswith("2015-06-04") and paper["version"] == 3
    again = program.run("fetch", env=server.env())
    assert (again.code, again.err) == (0, "") and "nothing to fetch" in again.out
    assert len(server.asked) == 1


def test_fetch_shows_a_bar_in_a_terminal(program: Program, server: ArxivServer) -> None:
    code, seen = program.in_terminal("fetch", env=server.env())
    assert code == 0 and b"asking arXiv" in seen and b"100%" in seen and b"2 papers: abstracts" in seen


def test_fetch_without_a_network_is_6(program: Program) -> None:
    result = program.run("fetch", env={"PAPERTRAIL_ARXIV_API": closed_url()})
    assert (result.code, result.out) == (6, "") and result.err.startswith("papertrail: cannot reach")
