"""`papertrail pdf`: whole or not at all, gone on from where it broke off, never twice; files of one's own."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.arxiv_server import Answer, ArxivServer, Behaviour, busy, web_page
from tests.cli.program import Program, Result
from tests.pdf_behaviours import HEADERS, PDF, asked, broken_off, pdf


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    with ArxivServer(timeout=1.0) as running:
        running.always(pdf(running))
        yield running


def files(program: Program) -> dict[str, bytes]:
    folder = program.trail / ".papertrail" / "pdfs"
    return {path.name: path.read_bytes() for path in folder.glob("*") if path.name != ".lock"}


def fetch(program: Program, server: ArxivServer, *keys: str) -> Result:
    return program.run("pdf", *keys, env=server.env())


def test_it_is_fetched_once(program: Program, server: ArxivServer) -> None:
    first = fetch(program, server, "rcnn", "1406.4729", "rcnn")
    assert (first.code, first.err) == (0, "")
    assert first.out == (
        "rcnn  fetched, 768 KB  .papertrail/pdfs/rcnn.pdf\n"
        "sppnet  fetched, 768 KB  .papertrail/pdfs/sppnet.pdf\n"
    )
    assert files(program) == {"rcnn.pdf": PDF, "sppnet.pdf": PDF}
    assert fetch(program, server, "rcnn").out.startswith("rcnn  there already, 768 KB")
    assert asked(server) == [("/pdf/1311.2524", None), ("/pdf/1406.4729", None)]
    assert program.ok("list", "rcnn").startswith("○  unread"), "having it is not reading it"
    assert program.run("undo").code == 1, "a file is no change of the trail"


def test_requests_are_apart(program: Program, server: ArxivServer) -> None:
    program.run("pdf", "rcnn", "sppnet", env={**server.env(), "PAPERTRAIL_ARXIV_DELAY": "0.4"})
    first, second = server.requests
    assert second.began - first.ended > 0.35


@pytest.mark.parametrize("after", [1, 500, 200_000, len(PDF) - 1])
def test_what_broke_off_is_gone_on_from(program: Program, server: ArxivServer, after: int) -> None:
    server.next(broken_off(after))
    assert fetch(program, server, "rcnn").code == 0
    assert asked(server) == [("/pdf/1311.2524", None), ("/pdf/1311.2524", f"bytes={after}-")]
    assert files(program) == {"rcnn.pdf": PDF}


def test_the_next_run_goes_on(program: Program, server: ArxivServer) -> None:
    server.next(broken_off(300_000), busy(503, retry_after=int(1e9)))
    stopped = fetch(program, server, "rcnn")
    assert (stopped.code, stopped.out) == (6, "")
    assert stopped.err.count("\n") == 1
    assert "rcnn.pdf" not in files(program), "half of it has not its name"
    assert program.run("open", "rcnn", "--pdf", env={"PAPERTRAIL_OPENER": "true"}).out.count("arxiv.org") == 1
    assert fetch(program, server, "rcnn").code == 0
    assert asked(server)[-1] == ("/pdf/1311.2524", "bytes=300000-")
    assert files(program) == {"rcnn.pdf": PDF}


def test_another_version_by_then_is_fetched_anew(program: Program, server: ArxivServer) -> None:
    other = PDF.replace(b"%PDF-1.7", b"%PDF-1.8")
    server.next(broken_off(300_000))
    server.always(pdf(server, other, '"second"'))
    assert fetch(program, server, "rcnn").code == 0
    assert files(program) == {"rcnn.pdf": other}, "no halves of two"


@pytest.mark.parametrize(
    ("broken", "rest"),
    [
        (broken_off(300_000), lambda server: pdf(server, ranges=False)),
        (broken_off(300_000), lambda server: pdf(server, PDF[:300_000])),
    ],
    ids=["a server that cannot", "it was shorter"],
)
def test_where_it_cannot_be_gone_on_all_is_fetched(
    program: Program, server: ArxivServer, broken: Behaviour, rest: object
) -> None:
    server.next(broken)
    server.always(rest(server))  # type: ignore[operator]
    assert fetch(program, server, "rcnn").code == 0
    assert files(program)["rcnn.pdf"] in (PDF, PDF[:300_000])
    assert list(files(program)) == ["rcnn.pdf"]


def elsewhere(_: Answer) -> Answer:
    return Answer(PDF[5:], 206, {**HEADERS, "Content-Range": f"bytes 5-{len(PDF) - 1}/{len(PDF)}"})


@pytest.mark.parametrize(
    ("behaviour", "code", "words"),
    [
        (lambda _: Answer(b"no", 404), 1, "arXiv has no PDF of 1311.2524"),
        (lambda _: Answer(b"no", 403), 6, "HTTP 403"),
        (web_page, 6, "is none"),
        (lambda _: Answer(b"", headers=HEADERS), 6, "is none"),
        (lambda _: Answer(b"x" * 2000 + b"%PDF-1.7", headers=HEADERS), 6, "is none"),
        (elsewhere, 6, "another place"),
        (broken_off(0), 6, "broke off"),
        (broken_off(300_000, headers={"Content-Type": "application/pdf"}), 6, "broke off"),
        (broken_off(300_000, headers={**HEADERS, "ETag": 'W/"weak"'}), 6, "broke off"),
        (lambda _: Answer(PDF, headers=HEADERS, length=10**10), 6, "larger than 200 MB"),
        (busy(503, retry_after=int(1e9)), 6, "busy"),
        (lambda _: Answer(b"", 302, {"Location": "file:///etc/passwd"}), 6, "not followed"),
    ],
)
def test_what_is_no_pdf_leaves_nothing(
    program: Program, server: ArxivServer, behaviour: Behaviour, code: int, words: str
) -> None:
    server.always(behaviour)
    result = fetch(program, server, "rcnn")
    assert (result.code, result.out) == (code, "")
    assert words in result.err and result.err.count("\n") == 1
    assert not files(program)


def test_one_that_is_not_there_costs_only_itself(program: Program, server: ArxivServer) -> None:
    server.next(lambda _: Answer(b"no", 404))
    result = fetch(program, server, "rcnn", "robbins-monro", "sppnet")
    assert result.code == 1
    assert "robbins-monro is not on arXiv: attach a file of your own" in result.err
    assert list(files(program)) == ["sppnet.pdf"]


def test_offline_nothing_is_asked(program: Program, server: ArxivServer) -> None:
    result = program.run("pdf", "rcnn", env={**server.env(), "PAPERTRAIL_OFFLINE": "1"})
    assert result.code == 6 and "stay offline" in result.err
    assert not server.requests


def test_a_disk_that_takes_nothing_is_told(program: Program, server: ArxivServer) -> None:
    (program.trail / ".papertrail" / "pdfs").write_text("in the way", encoding="utf-8")
    result = fetch(program, server, "rcnn")
    assert result.code == 5 and "Traceback" not in result.err
    assert result.err.startswith("papertrail: cannot write ")


def test_in_a_terminal_there_is_a_bar(program: Program, server: ArxivServer) -> None:
    code, screen = program.in_terminal("pdf", "rcnn", env=server.env())
    assert code == 0
    assert b"100%" in screen and b"#####" in screen
    assert b".papertrail/pdfs/rcnn.pdf" in screen


def test_stopped_by_the_reader_it_goes_on_later(program: Program, server: ArxivServer) -> None:
    server.next(broken_off(400_000, then=lambda: time.sleep(0.9)), busy(503, retry_after=20))
    terminal = program.start_in_terminal("pdf", "rcnn", env=server.env())
    terminal.wait_for(b"ctrl+c stops")
    terminal.interrupt()
    assert terminal.end()[0] == 130
    assert "rcnn.pdf" not in files(program)
    assert fetch(program, server, "rcnn").code == 0
    assert asked(server)[-1][1] == "bytes=400000-"
    assert files(program) == {"rcnn.pdf": PDF}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "mine [b] \u202e.pdf"
    path.write_bytes(b"\n%PDF-1.2 mine")
    return path


def test_a_file_of_ones_own_is_attached(program: Program, own: Path) -> None:
    assert program.ok("pdf", "robbins-monro", "--attach", str(own)).startswith("robbins-monro  attached")
    assert program.ok("pdf", "robbins-monro", "--attach", str(own)).startswith(
        "robbins-monro  the same file is there already"
    )
    own.write_bytes(b"%PDF-1.2 another one")
    refused = program.run("pdf", "robbins-monro", "--attach", str(own))
    assert refused.code == 2 and "there is another PDF in pdfs/robbins-monro.pdf: --replace" in refused.err
    assert files(program) == {"robbins-monro.pdf": b"\n%PDF-1.2 mine"}
    program.ok("pdf", "robbins-monro", "--attach", str(own), "--replace")
    assert files(program) == {"robbins-monro.pdf": b"%PDF-1.2 another one"}
    assert own.exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_text("<html>", encoding="utf-8"),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
        lambda path: (path.unlink(), path.mkdir()),
    ],
)
def test_what_is_no_pdf_is_not_attached(program: Program, own: Path, spoil: object) -> None:
    spoil(own)  # type: ignore[operator]
    result = program.run("pdf", "rcnn", "--attach", str(own))
    assert result.code == 2 and result.err.count("\n") == 1
    assert "\u202e" not in result.err
    assert not files(program)


@pytest.mark.parametrize(
    "arguments", [("rcnn", "sppnet", "--attach", "x.pdf"), ("rcnn", "--replace"), ("nobody",), ()]
)
def test_what_makes_no_sense_is_refused(program: Program, arguments: tuple[str, ...]) -> None:
    assert program.run("pdf", *arguments).code in (1, 2)
    assert not files(program)


def test_a_paper_with_another_key_keeps_its_pdf(program: Program, server: ArxivServer, own: Path) -> None:
    program.run("add", "1706.03762", env={"PAPERTRAIL_OFFLINE": "1"})
    program.ok("pdf", "1706.03762", "--attach", str(own))
    server.next(lambda answer: answer)
    program.run("fetch", "1706.03762", env=server.env())
    here = fetch(program, server, "vaswani2017attention")
    assert here.out.startswith("vaswani2017attention  there already")


@pytest.mark.parametrize(
    "behaviour", [web_page, lambda _: Answer(b"", headers=HEADERS), lambda _: Answer(b"no", 404)]
)
def test_what_comes_in_place_of_one_costs_only_itself(
    program: Program, server: ArxivServer, behaviour: Behaviour
) -> None:
    server.next(behaviour)
    result = fetch(program, server, "rcnn", "sppnet")
    assert result.code in (1, 6) and "1311.2524" in result.err
    assert list(files(program)) == ["sppnet.pdf"]


def test_the_pdf_of_a_removed_paper_is_no_others(program: Program, tmp_path: Path) -> None:
    own = tmp_path / "own.pdf"
    own.write_bytes(b"%PDF-1.7 of the first")
    added = ("add", "--title", "Perceptrons", "--author", "M. Minsky")
    first = program.ok(*added).split()[1]
    program.ok("pdf", first, "--attach", str(own))
    assert program.run("remove", first, "--yes").code == 0
    second = program.ok(*added).split()[1]
    assert second != first
    refused = program.run("rename", second, first)
    assert refused.code == 2 and "PDF of a paper that was removed" in refused.err
    program.ok("undo", "2")
    own.write_bytes(b"%PDF-1.7 of another")
    assert program.run("pdf", first, "--attach", str(own)).code == 2, "its own is there again"
