"""`papertrail open` and `papertrail cite`: what is opened, by which program, and what is not."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.program import Program, Result
from tests.openers import Opener

EVIL = (
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:text/html,x",
    "https://arxiv.org@evil.example/",
    "https://good.example\\@evil.example/",
    "https://evil.example/\x1b]52;c;ZXZpbA==\x07",
    "https://evil.example/\u202egnp.exe",
    'https://evil.example/"; touch /tmp/x; "',
    "https://evil.example/$(touch x) -c",
    "-c touch",
    "https://",
    "https://[::1",
    "https://evil.example:99999/",
    "https://" + "x" * 5000,
    "ftp://evil.example/",
)


def keep_links(program: Program, *links: str, key: str = "robbins-monro") -> None:
    """Keep these with a paper, as an older papertrail, or a hand, may have written them."""
    connection = sqlite3.connect(program.trail / ".papertrail" / "library.db")
    with connection:
        connection.execute("UPDATE paper SET urls = ? WHERE key = ?", ["\n".join(links), key])
    connection.close()


@pytest.fixture
def opener(tmp_path: Path) -> Opener:
    return Opener(tmp_path / "programs")


def open_by(opener: Opener, program: Program, *arguments: str) -> Result:
    return program.run("open", *arguments, env={"PAPERTRAIL_OPENER": str(opener.path)})


@pytest.mark.parametrize(
    ("options", "url", "host"),
    [
        ((), "https://arxiv.org/abs/1311.2524", "arxiv.org"),
        (("--abs",), "https://arxiv.org/abs/1311.2524", "arxiv.org"),
        (("--pdf",), "https://arxiv.org/pdf/1311.2524", "arxiv.org"),
        (("--html",), "https://ar5iv.labs.arxiv.org/html/1311.2524", "ar5iv.labs.arxiv.org"),
        (("--code",), "https://github.com/rbgirshick/rcnn", "github.com"),
        (("--translation",), "https://example.org/%E4%B8%AD", "example.org"),
    ],
)
def test_a_page_is_opened(
    program: Program, opener: Opener, options: tuple[str, ...], url: str, host: str
) -> None:
    links = ("https://arxiv.org/abs/1311.2524", "https://github.com/rbgirshick/rcnn")
    keep_links(program, *links, "translation: https://example.org/中", key="rcnn")
    before = program.ok("list")
    result = open_by(opener, program, "rcnn", *options)
    assert (result.code, result.err) == (0, f"{url}\n")
    assert host in result.out
    assert opener.opened == [repr([url])]
    assert program.ok("list") == before, "opening is not reading"
    assert program.run("undo").code == 1


def test_a_paper_of_arxiv_s_newer_ones_is_set_there(program: Program, opener: Opener) -> None:
    program.run("add", "2312.00001", env={"PAPERTRAIL_OFFLINE": "1"})
    open_by(opener, program, "2312.00001", "--html")
    assert opener.opened == [repr(["https://arxiv.org/html/2312.00001"])]


def test_the_pdf_in_the_trail_comes_first(program: Program, opener: Opener, tmp_path: Path) -> None:
    own = tmp_path / "own.pdf"
    own.write_bytes(b"%PDF-1.4")
    program.ok("pdf", "rcnn", "--attach", str(own))
    assert "the PDF of 1 KB in the trail" in open_by(opener, program, "rcnn", "--pdf").out
    assert opener.opened == [repr([str(program.trail.resolve() / ".papertrail" / "pdfs" / "rcnn.pdf")])]


@pytest.mark.parametrize("option", ["--pdf", "--abs", "--html", "--code", "--translation", None])
def test_what_is_not_there_is_not_opened(program: Program, opener: Opener, option: str | None) -> None:
    result = open_by(opener, program, "robbins-monro", *([option] if option else []))
    assert result.code == 1 and result.err.startswith("papertrail: robbins-monro has no ")
    assert not opener.opened
    assert "it has --abs, --pdf, --html" in open_by(opener, program, "rcnn", "--code").err


@pytest.mark.parametrize("url", EVIL)
@pytest.mark.parametrize("label", ["", "code: "])
def test_nothing_else_than_a_web_address_is_opened(
    program: Program, opener: Opener, url: str, label: str
) -> None:
    keep_links(program, f"{label}{url}")
    for options in ((), ("--code",), ("--pdf",)):
        result = open_by(opener, program, "robbins-monro", *options)
        assert result.code == 1
        assert result.err.count("\n") == 1 and "\x1b" not in result.err
    assert not opener.opened


def test_the_host_is_told_as_it_is_asked_for(program: Program, opener: Opener) -> None:
    keep_links(program, "https://аrxiv.org/abs/1")  # a Cyrillic letter
    result = open_by(opener, program, "robbins-monro")
    assert "xn--rxiv-43d.org" in result.out
    assert opener.opened == [repr(["https://xn--rxiv-43d.org/abs/1"])]


def test_no_shell_takes_part(program: Program, opener: Opener) -> None:
    url = "https://example.org/a;touch$IFS'x'&b=$(id)"
    keep_links(program, url)
    open_by(opener, program, "robbins-monro")
    assert opener.opened == [repr([url])]


def test_options_of_the_program_stay_apart(program: Program, opener: Opener) -> None:
    env = {"PAPERTRAIL_OPENER": f"'{opener.path}' --tab=%s 'two words'"}
    assert program.run("open", "rcnn", env=env).code == 0
    assert opener.opened == [repr(["--tab=https://arxiv.org/abs/1311.2524", "two words"])]


def test_a_browser_is_for_pages(program: Program, opener: Opener) -> None:
    assert program.run("open", "rcnn", env={"BROWSER": f"not-there:{opener.path}"}).code == 0
    assert opener.opened == [repr(["https://arxiv.org/abs/1311.2524"])]


def test_a_browser_in_the_terminal_has_it(program: Program, opener: Opener) -> None:
    in_terminal = opener.path.rename(opener.path.with_name("w3m"))
    assert program.in_terminal("open", "rcnn", env={"BROWSER": str(in_terminal)})[0] == 0
    assert opener.opened == [repr(["https://arxiv.org/abs/1311.2524"])]


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("not-there", "PAPERTRAIL_OPENER names no program: not-there"),
        ("'", "PAPERTRAIL_OPENER names no program"),
        ("\x1b]52;c;x\x07", "PAPERTRAIL_OPENER names no program: ]52"),
        ("false", "false ended with exit code 1: open it yourself: https://arxiv.org/abs/1311.2524"),
    ],
)
def test_a_program_that_does_not_do_it_is_told(program: Program, named: str, words: str) -> None:
    result = program.run("open", "rcnn", env={"PAPERTRAIL_OPENER": named})
    assert result.code in (1, 2) and words in result.err and "\x1b" not in result.err


def test_it_is_cited(program: Program) -> None:
    assert program.ok("cite", "fast-rcnn") == (
        "@article{fast-rcnn,\n"
        "  author        = {Girshick, Ross},\n"
        "  title         = {{Fast R-CNN}},\n"
        "  journal       = {ICCV},\n"
        "  year          = {2015},\n"
        "  eprint        = {1504.08083},\n"
        "  archiveprefix = {arXiv},\n"
        "  url           = {https://arxiv.org/abs/1504.08083},\n"
        "}\n"
    )
    assert program.ok("cite", "1504.08083", "rcnn", "--markdown") == (
        "[Fast R-CNN](https://arxiv.org/abs/1504.08083)\n"
        "[Rich feature hierarchies](https://arxiv.org/abs/1311.2524)\n"
    )
    assert program.ok("cite", "rcnn", "--plain") == (
        "Ross Girshick, Jeff Donahue (2013). Rich feature hierarchies. arXiv:1311.2524. "
        "https://arxiv.org/abs/1311.2524\n"
    )
    assert program.run("cite", "nobody").code == 1
