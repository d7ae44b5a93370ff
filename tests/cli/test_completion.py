"""Completion by the program itself, in real shells, and what it leaves alone."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from papertrail.cli.commands.completion import SHELLS
from papertrail.completion import installing
from papertrail.completion.sources import WORDS
from tests.cli.conftest import clean_environment, make_program
from tests.cli.program import Program, Terminal
from tests.tui.terminal import OWN_TERMINAL

HERE = [shell for shell in SHELLS if shutil.which(shell)]
# How each is started, so that nothing of the reader's is read; the home folder is empty.
STARTS = {
    "bash": ("bash", "--norc", "--noprofile", "-i"),
    "zsh": ("zsh", "-i"),
    "fish": ("fish", "-i"),
}
NAMES = (
    "plain",
    "two words",
    "$(touch run) `touch run` $HOME",
    "it's",
    'a "quoted" one',
    "back\\slash \\n",
    "semi; colon: & | < > ( ) { } [ ] * ? # ~ ! = ^",
    "残差 网络",
    "\x1b]52;c;ZXZpbA==\x07\x9b31m cut\noff",
    "%F{red}%d %s",
    "--option",
)


def expected(name: str) -> str:
    return name.replace("\x1b", "").replace("\x07", "").replace("\x9b", "").replace("\n", " ")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A trail of lineages with names that shells would act upon, and a program that shows its arguments."""
    folder = tmp_path_factory.mktemp("hostile")
    program = make_program(folder)
    with closing(sqlite3.connect(program.trail / ".papertrail" / "library.db")) as connection, connection:
        connection.executemany(
            "INSERT INTO lineage (name, position) VALUES (?, ?)",
            [(f"n{place}-{name}", 10 + place) for place, name in enumerate(NAMES)],
        )
        connection.executemany(
            "INSERT INTO tag (reader_id, paper_id, name) SELECT 1, id, ? FROM paper WHERE key = 'rcnn'",
            [("bow's'",), ("wow!",)],
        )
    bin_folder = folder / "bin"
    bin_folder.mkdir()
    script = bin_folder / "papertrail"
    script.write_text(
        f'#!/bin/sh\n[ "$1" = __complete ] && exec {sys.executable} -m papertrail "$@"\n'
        "printf '<%s>' \"$@\"\necho '<end>'\n",
        encoding="utf-8",
    )
    script.chmod(0o755)
    env = {**program.env, "PATH": f"{bin_folder}:{program.env['PATH']}", "PS1": "$ ", "TERM": "xterm"}
    return Program(program.trail, env)


def shell_with_completion(shell: str, program: Program) -> Terminal:
    """Start a shell that has the script of `papertrail completion` from where it installs it."""
    done = installing.install(shell, program.env)
    home = Path(program.env["HOME"])
    if shell == "zsh":
        setup = f"fpath=({done.path.parent} $fpath); autoload -Uz compinit; compinit -D -u; PS1='$ '\n"
        (home / ".zshrc").write_text(setup, encoding="utf-8")
    elif (
        shell == "fish"
    ):  # at its first start it reads all manual pages of the system, and goes on when killed
        (home / ".local" / "share" / "fish" / "generated_completions").mkdir(parents=True)
    name, *options = STARTS[shell]
    command = [*OWN_TERMINAL, shutil.which(name) or name, *options]
    terminal = Terminal(command, {**program.env, "ZDOTDIR": str(home)}, program.trail, 200)
    if shell == "bash":  # what the package bash-completion does at the first tab
        terminal.type(f". {done.path}\r")
    terminal.type("echo rea''dy\r")
    terminal.wait_for(b"ready\r\n")
    return terminal


@pytest.fixture(scope="module", params=HERE)
def in_shell(request: pytest.FixtureRequest, hostile: Program) -> Iterator[Callable[[str], str]]:
    """Types a line into a real shell, and gives what the program was then called with."""
    terminal = shell_with_completion(request.param, hostile)

    def call(keys: str) -> str:
        begin, ended = len(terminal.seen), terminal.seen.count(b"<end>")
        terminal.type(f"{keys}\r")
        terminal.wait_for(b"<end>", times=ended + 1)
        shown = terminal.seen[begin:].decode("utf-8", "replace").replace("\r", "").replace("\n", "")
        return shown[: shown.rindex("<end>")]

    yield call
    terminal.interrupt(signal.SIGKILL)  # whatever it waits for
    terminal.end()


def test_bash_is_always_tried() -> None:
    assert "bash" in HERE


@pytest.mark.parametrize(("quote", "names"), [("", NAMES), ('"', NAMES), ("'", NAMES[:4])])
def test_names_arrive_as_they_are(
    in_shell: Callable[[str], str], quote: str, names: Sequence[str], hostile: Program
) -> None:
    for place, name in enumerate(names):
        said = in_shell(f"papertrail list --lineage {quote}n{place}-\t")
        assert said.endswith(f"<list><--lineage><n{place}-{expected(name)}>"), (name, said)
    assert not (hostile.trail / "run").exists()


def test_keys_options_and_values(in_shell: Callable[[str], str]) -> None:
    for keys, wanted in (
        ("papertrail sho\tfaste\t", "<show><faster-rcnn>"),
        ("papertrail done rcnn sp\trob\t--o\ttod\t", "<done><rcnn><sppnet><robbins-monro><--on><today>"),
        ("papertrail list --status=que\t", "<list><--status=queued>"),
        ("papertrail list --lineage=n1-\t", "<list><--lineage=n1-two words>"),
        ("papertrail list --lineage N1-T\t", "<list><--lineage><n1-two words>"),
        ("papertrail list -l n6-semi\\;\\ colon:\\ \t", f"<list><-l><n6-{NAMES[6]}>"),
        ("papertrail list sta\tque\t", "<list><status:queued>"),
        ("papertrail list owed lineage:n1-\t", '<list><owed><lineage:"n1-two words">'),
        ("papertrail list ^status:dro\t", "<list><^status:dropped>"),
        ("papertrail list -status:dro\t", "<list><-status:dropped>"),
        ('papertrail list "lineage:\\"n1-\t', '<list><lineage:"n1-two words">'),
        ("papertrail list 'lineage:\"n1-\t", '<list><lineage:"n1-two words">'),
        ('papertrail list "lineage:n1-\t', '<list><lineage:"n1-two words">'),
        ("papertrail list 'lineage:n3-\t", '<list><lineage:"n3-it\'s">'),
        ("papertrail tag rcnn -b\t", "<tag><rcnn><-bow's'>"),
        ("papertrail tag rcnn '-b\t", "<tag><rcnn><-bow's'>"),
        ('papertrail tag rcnn "-wo\t', "<tag><rcnn><-wow!>"),
        ("papertrail edit rcnn ven\tX", "<edit><rcnn><venue=X>"),
        ("papertrail seed see\tpap\t", "<seed><seeds/papers.csv>"),
        ("papertrail init see\t", ("<init><seeds/>", "<init><seeds>")),
        ("papertrail goal rep\tcat\t", "<goal><replan><catch-up>"),
        ("papertrail show nothing\t", "<show><nothing>"),
        ("true; papertrail show faste\t", "<show><faster-rcnn>"),
    ):
        assert in_shell(keys).endswith(wanted), keys


def test_installed_and_taken_away_by_the_program(program: Program) -> None:
    home = Path(program.env["HOME"])
    path = home / ".config" / "fish" / "completions" / "papertrail.fish"
    result = program.run("completion", "--install", "--shell", "fish")
    assert (result.code, result.out, result.err) == (0, f"written: {path}\n", "a new fish knows it\n")
    assert program.ok("completion", "fish", "--install") == f"unchanged: {path}\n"
    assert path.read_text(encoding="utf-8") == program.ok("completion", "fish")
    assert program.ok("completion", "--uninstall", "--shell", "fish") == f"removed: {path}\n"
    assert program.ok("completion", "--uninstall", "--shell", "fish") == f"not there: {path}\n"
    written, put, line = program.ok("completion", "zsh", "--install").splitlines()
    assert written.startswith("written: ") and put == "put this into ~/.zshrc:"
    assert line.startswith("  fpath=(~/.local/share/zsh/site-functions $fpath)")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "name a shell"),
        (("--install", "--uninstall"), 2, "exclude each other"),
        (("bash", "--shell", "zsh"), 2, "exclude each other"),
        (("tcsh",), 2, "tcsh"),
    ],
)
def test_what_cannot_be_meant_is_told(
    shared: Program, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = shared.run("completion", *arguments)
    assert (result.code, result.out) == (code, "") and said in result.err


def test_a_file_of_somebody_elses_is_one_line(program: Program) -> None:
    path = Path(program.env["HOME"]) / ".config" / "fish" / "completions" / "papertrail.fish"
    path.parent.mkdir(parents=True)
    path.write_text("mine\n", encoding="utf-8")
    result = program.run("completion", "--install", "--shell", "fish")
    assert (result.code, result.out) == (2, "") and result.err.count("\n") == 1
    assert "is not papertrail's" in result.err and path.read_text(encoding="utf-8") == "mine\n"


def test_the_program_of_the_line_is_asked(in_shell: Callable[[str], str], hostile: Program) -> None:
    folder = hostile.env["PATH"].partition(":")[0]
    assert in_shell(f"{folder}/papertrail show faste\t").endswith("<show><faster-rcnn>")


def test_scripts_are_read_without_a_word(shared: Program) -> None:
    for shell in HERE:
        script = shared.ok("completion", shell)
        checks = [shell, "--no-rcs" if shell == "zsh" else "--norc" if shell == "bash" else "-N", "-n"]
        done = subprocess.run(checks, input=script.encode(), capture_output=True, timeout=60, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b""), shell


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_asks_in_the_way_that_is_answered(shared: Program, shell: str) -> None:
    script = shared.ok("completion", shell)
    assert f"__complete {shell} " in script and "2>/dev/null" in script
    for kind in ("file", "folder"):
        assert kind in script
    assert "eval" not in script
    asked = ("papertrail show faste", "faste") if shell == "bash" else ("show", "faste")
    answer = shared.ok("__complete", shell, *asked).splitlines()
    assert answer[0] == "words" and answer[1].rstrip() in ("faster-rcnn", "faster-rcnn\tFaster R-CNN")


def _newer(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 99")


def _damaged(database: Path) -> None:
    data = bytearray(database.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    database.write_bytes(data)


def _no_database(database: Path) -> None:
    database.write_bytes(b"nothing of the kind" * 500)


def _folder(database: Path) -> None:
    database.unlink()
    database.mkdir()


def _nothing(database: Path) -> None:
    shutil.rmtree(database.parent)


def everything_below(folder: Path) -> Mapping[str, bytes]:
    return {str(one): one.read_bytes() if one.is_file() else b"" for one in sorted(folder.rglob("*"))}


@pytest.mark.parametrize("spoil", [_newer, _damaged, _no_database, _folder, _nothing])
def test_a_trail_that_cannot_be_read_completes_nothing(
    program: Program, spoil: Callable[[Path], None]
) -> None:
    spoil(program.trail / ".papertrail" / "library.db")
    before = everything_below(program.trail.parent)
    for arguments in (("show", ""), ("list", "--lineage", ""), ("compare", "--section", "")):
        result = program.run("__complete", "zsh", *arguments)
        assert (result.code, result.err) == (0, "") and result.out in ("", "words\n")
    assert everything_below(program.trail.parent) == before


def test_no_trail_is_made(tmp_path: Path) -> None:
    program = Program(tmp_path, clean_environment(tmp_path / "home"))
    assert program.run("__complete", "fish", "show", "").out == "words\n"
    assert everything_below(tmp_path) == {str(tmp_path / "home"): b""}


def test_a_script_of_another_kind_runs_nothing(program: Program) -> None:
    result = program.run("remove", "rcnn", "--yes", env={"_PAPERTRAIL_COMPLETE": "bash_complete"})
    assert (result.code, result.out, result.err) == (0, "", "")
    assert "rcnn" in program.ok("show", "rcnn")


def test_next_to_nothing_is_imported(shared: Program) -> None:
    code = (
        "import sqlite3, sys; before = set(sys.modules)\n"
        "import papertrail.__main__\n"
        "from papertrail.completion.answer import answer\n"
        "answer(['zsh', 'show', 'faste'], {}); print(*sorted(set(sys.modules) - before), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=dict(shared.env),
        cwd=shared.trail,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert done.stdout == "words\nfaster-rcnn\tFaster R-CNN\n"
    assert all(name.startswith("papertrail") for name in done.stderr.split()), done.stderr
    assert len(done.stderr.split()) < 15


def test_words_of_the_command_are_those_of_completion() -> None:
    assert WORDS["shell"] == SHELLS
