"""A seeds file that cannot be read is one line of warning: every command goes on with what the trail has."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from papertrail.cli import output
from papertrail.cli.main import _finished
from tests.cli.program import Program
from tests.trails import COLUMNS

Commands = tuple[tuple[str, ...], ...]
Told = dict[Commands, list[tuple[int, str, list[str]]]]
GOES_ON = "; papertrail goes on with the papers it has"
HEADER = ",".join(COLUMNS)
GOOD = f"{HEADER}\nSGD,sgdr,SGDR,Ilya Loshchilov,2016,,1608.03983,,adam\n"


def holding(content: str | bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)

    return write


BROKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "empty": (holding(""), "is empty"),
    "blank": (holding("\n \n,,,\n"), "is empty"),
    "another separator": (holding("key|title\nx|X\n"), "lacks the columns key and title"),
    "no key": (holding("title,year\nX,2015\n"), "lacks the column key"),
    "no header": (holding("SGD,sgdr,SGDR,,,,,,\n"), "lacks the columns"),
    "two keys": (holding("key,title,key\nx,X,y\n"), "has two columns key"),
    "a column without letters": (holding("key,(s),--,title()x\nx,1,2,X\n"), "lacks the column title"),
    "UTF-32": (holding(GOOD.encode("utf-32")), "is not text in UTF-8"),
    "Latin-1": (holding("key,title,ann\xe9e\nx,X,1\n".encode("latin-1")), "is not text in UTF-8"),
    "binary": (holding(bytes(range(256)) * 16), "is not text in UTF-8"),
    "zip": (holding(b"PK\x03\x04\x14\x00\x06\x00" * 99), "is not text in UTF-8"),
    "a web page": (holding("<!DOCTYPE html>\n<html><head><title>404</title>\n"), "lacks the columns"),
    "an open quotation": (holding('"key,title\n' + "x,X\n" * 99), "does not begin with the names of columns"),
    "a folder": (Path.mkdir, "is a folder"),
    "a loop": (lambda path: path.symlink_to(path), "cannot be read"),
    "a pipe": (os.mkfifo, "is no file"),
}

COMMANDS: Commands = (
    (),
    ("list",),
    ("list", "rcnn", "--json"),
    ("show", "rcnn"),
    ("compare", "rcnn", "sppnet"),
    ("lineages",),
    ("lineages", "sgd"),
    ("next",),
    ("set",),
    ("set", "next-depth", "2"),
    ("goal",),
    ("goal", "set", "--target", "50"),
    ("goal", "replan"),
    ("goal", "history"),
    ("progress",),
    ("report",),
    ("queue", "adam"),
    ("start", "rcnn"),
    ("done", "rcnn"),
    ("drop", "adam"),
    ("unread", "adam"),
    ("note", "rcnn", "--print"),
    ("note", "rcnn", "--path"),
    ("add", "1706.03762"),
    ("fetch",),
    ("lineage", "add", "New", "rcnn"),
    ("lineage", "save", "-"),
    ("export", "--to", "out"),
    ("init", "."),
)
OF_EACH_WAY = ("empty", "another separator", "an open quotation", "UTF-32", "a folder", "a loop", "a pipe")
"""One of each way to be broken: nothing there, no columns, no header, no text, folder, no way in, a pipe."""
SOME: Commands = (
    ("list",),
    ("list", "rcnn", "--json"),
    ("goal", "set", "--target", "50"),
    ("done", "rcnn"),
    ("init", "."),
)


def replace_seeds(trail: Path, write: Callable[[Path], None]) -> Path:
    path = trail / "seeds" / "papers.csv"
    path.unlink()
    write(path)
    return path


class Runner:
    """Runs commands in this process, on a trail that is made anew each time at the same place."""

    def __init__(self, source: Path, trail: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.source, self.trail, self.capsys = source, trail, capsys

    def fresh(self, write: Callable[[Path], None] | None = None) -> Path:
        shutil.rmtree(self.trail, ignore_errors=True)
        shutil.copytree(self.source, self.trail)
        path = self.trail / "seeds" / "papers.csv"
        shutil.copystat(self.source / "seeds" / "papers.csv", path)
        return replace_seeds(self.trail, write) if write else path

    def run(self, *arguments: str) -> tuple[int, str, list[str]]:
        output._warned.clear()
        os.chdir(self.trail)
        code = _finished(list(arguments))
        out, err = self.capsys.readouterr()
        return code, out, err.splitlines()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One place for all trails: what commands say names it."""
    return tmp_path_factory.mktemp("place")


@pytest.fixture(scope="module")
def told() -> Told:
    """What the commands say on a trail that is whole, once it is known."""
    return {}


@pytest.fixture
def runner(
    shared: Program, place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Runner:
    for name, value in {**shared.env, "PAPERTRAIL_NOW": "2026-03-02T09:30"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(place)
    return Runner(shared.trail, place / "trail", capsys)


@pytest.mark.parametrize("kind", BROKEN)
def test_every_command_goes_on(runner: Runner, told: Told, kind: str) -> None:
    """Every command, of each way to be broken; of what is broken alike, some that read and write."""
    commands = COMMANDS if kind in OF_EACH_WAY else SOME
    if commands not in told:
        runner.fresh()
        told[commands] = [runner.run(*arguments) for arguments in commands]
    write, says = BROKEN[kind]
    path = runner.fresh(write)
    for arguments, expected in zip(commands, told[commands], strict=True):
        code, out, err = runner.run(*arguments)
        warnings = [line for line in err if line.endswith(GOES_ON)]
        rest = [line for line in err if line not in warnings]
        assert (code, out, rest) == expected, arguments
        if arguments[:1] != ("init",):  # there is a trail already: it is not even opened
            assert len(warnings) == 1, (arguments, err)
            assert warnings[0].startswith("papertrail: seeds/papers.csv ") and says in warnings[0]
    if path.is_file():
        code, out, err = runner.run("seed", "seeds/papers.csv")
        assert (code, out) == (2, "") and says in err[-1], "asked for by name it is an error"


def test_a_file_mended_is_taken_in_and_all_is_quiet(runner: Runner) -> None:
    path = runner.fresh(holding(""))
    assert len(runner.run("list")[2]) == 1
    path.write_text(GOOD, encoding="utf-8")
    code, out, err = runner.run("list", "sgdr")
    assert (code, err) == (0, []) and "SGDR" in out


def test_a_file_of_a_spreadsheet_elsewhere_is_read_as_what_it_is(runner: Runner) -> None:
    rows = f'\ufeff{HEADER}\nDiffusion,ddpm-x,"Denoising, étude",J. Ho,2020,NeurIPS 2020,2006.11239,,\n'
    cells = rows.replace(",", ";").replace('"Denoising;', '"Denoising,')
    runner.fresh(holding(cells.replace("J. Ho", '"J. Ho; A. Jain"').replace("\n", "\r\n")))
    code, out, err = runner.run("show", "ddpm-x", "--json")
    assert code == 0 and '"A. Jain"' in out and "Denoising, étude" in out
    assert err == ["papertrail: papers.csv, semicolons stand between its cells; they are read so"]
    assert runner.run("list")[2] == [], "told once, when it is taken in"


def test_what_is_guessed_and_left_out_is_told_once(runner: Runner) -> None:
    rows = "Key;Title;Author(s);Year;arXiv ID;Lineage;Mark\nDDPM-X;Denoising;J. Ho;2020.0;704.1;Diffusion;1\n"
    runner.fresh(holding(rows.encode("utf-16")))
    code, out, err = runner.run("show", "ddpm-x", "--json")
    assert code == 0 and '"J. Ho"' in out and '"year": 2020' in out
    assert [line.removeprefix("papertrail: papers.csv, ") for line in err] == [
        "its text is UTF-16; it is read so",
        "semicolons stand between its cells; they are read so",
        "the columns Author(s), arXiv ID and Lineage are taken for authors, arxiv_id and lineages",
        "the column Mark is left out",
        'line 2: the key "DDPM-X" is taken for ddpm-x',
        'line 2: the year "2020.0" is taken for 2020',
        'line 2, column arXiv ID: "704.1" is no arXiv id: a spreadsheet seems to have made it a number'
        " and cut zeros off; format the column as text",
    ]
    assert runner.run("list")[2] == []


@pytest.mark.parametrize("kind", ["UTF-32", "a folder", "a pipe"])
def test_a_new_trail_over_it_works_too(runner: Runner, kind: str) -> None:
    is_trail = runner.fresh(BROKEN[kind][0]).is_file()
    shutil.rmtree(runner.trail / ".papertrail")
    code, out, err = runner.run(*(["lineages"] if is_trail else ["init", "."]))
    assert (code, err[0].endswith(GOES_ON)) == (0, True), err
    assert out == "" if is_trail else "0 papers in 0 lineages" in out
    assert runner.run("next")[0] == 0


def test_as_a_process_of_its_own(program: Program) -> None:
    replace_seeds(program.trail, BROKEN["UTF-32"][0])
    listed = program.run("list")
    assert (listed.code, listed.out.count("\n"), listed.err.count("\n")) == (0, 6, 1)
    assert listed.err.startswith("papertrail: seeds/papers.csv is not text in UTF-8")
    assert program.run("list", "--json").json["papers"][0]["key"] == "rcnn"


@pytest.mark.parametrize("bad", [9, 10, 11, 12_345])
def test_the_first_ten_problems_are_told_and_the_rest_counted(program: Program, bad: int) -> None:
    file = program.trail / "bad.csv"
    file.write_text(HEADER + "\nLine,p0,Good,,,,,,\n" + "Line,,No key,,,,,,\n" * bad, encoding="utf-8")
    done = program.run("seed", str(file))
    told = done.err.splitlines()
    assert (done.code, done.out) == (1, "1 added, 0 changed, 0 as they were; 1 lineage changed\n")
    assert told[:2] == [f"papertrail: bad.csv, line {n}, column key: is empty" for n in (3, 4)]
    assert len(told) == min(bad, 11)
    assert bad <= 10 or told[-1] == f"papertrail: bad.csv, … and {bad - 10:,} more like these"
