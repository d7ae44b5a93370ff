"""SIGTERM and SIGHUP end a command as ctrl+c does, whenever they come: with a word, and nothing half."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from papertrail.ending import is_by_interrupt
from tests.cli.program import Program
from tests.trails import COLUMNS

FOLDER = Path(__file__).parents[2]

# Runs each command line, first to its end, then once for each signal, which comes when it has made so large a
# part of its calls; every time in a child of its own. Told of each are exit code and standard error.
SIGNALLED = """
import json, os, sys, tempfile
warm, wanted = json.loads(sys.stdin.read())
if warm:
    from tests.cli.starter import _import_all
    _import_all("commands")

def run(arguments, number=0, at=0):
    with tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as counted:
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(0, 1)
            os.dup2(err.fileno(), 2)
            calls = 0
            def count(frame, event, _):
                nonlocal calls
                if event == "call":
                    calls += 1
                    if calls == at:
                        os.kill(os.getpid(), number)
            from papertrail.__main__ import main
            sys.argv[1:] = arguments
            sys.setprofile(count)
            code = main()
            sys.setprofile(None)
            os.write(counted.fileno(), str(calls).encode())
            os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        err.seek(0)
        counted.seek(0)
        print(json.dumps([code, err.read().decode()]))
        return int(counted.read() or 0)

for arguments, signals in wanted:
    calls = run(arguments)
    for number, part in signals:
        run(arguments, number, max(int(calls * part), 1))
"""
TRIES = 3
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("list", "--json"),
    ("list", "--nonsense"),
    ("done", "rcnn"),
    ("seed", "more.csv"),
    ("export", "--to", "out"),
    ("export", "--story", "sgd", "--to", "story.md"),
    ("progress", "--svg", "p.svg"),
    ("lineage", "save", "all.csv"),
    ("backup",),
    ("restore", "all.zip", "--yes"),
    ("doctor", "--fix"),
)


def assert_ends_at_any_moment(
    program: Program, commands: Sequence[tuple[str, ...]], *, warm: bool, seed: int
) -> None:
    chance = random.Random(seed)
    kinds = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    wanted = [(one, [(chance.choice(kinds), chance.random()) for _ in range(TRIES)]) for one in commands]
    done = subprocess.run(
        [sys.executable, "-c", SIGNALLED],
        input=json.dumps([warm, wanted]),
        capture_output=True,
        env={**program.env, "PYTHONPATH": str(FOLDER), "PAPERTRAIL_HOME": str(program.trail)},
        cwd=program.trail,
        timeout=300,
        encoding="utf-8",
        check=True,
    )
    results = iter([json.loads(line) for line in done.stdout.splitlines()])
    ended = 0
    for _, signals in wanted:
        whole, _ = next(results)
        for number, _ in signals:
            code, err = next(results)
            assert "Traceback" not in err and "Exception ignored" not in err, err
            told = "" if number == signal.SIGINT else f"papertrail: ended by {signal.Signals(number).name}\n"
            if code == 128 + number:
                assert err.endswith(told) and err.count("ended by") == bool(told), err
                ended += 1
            else:
                assert code == whole and "ended by" not in err, err
    assert ended > len(wanted) * TRIES / 2


def test_at_any_moment(program: Program) -> None:
    more = [",".join(COLUMNS), *(f"Long line,p-{n},Paper {n},A. Uthor,2015,,,," for n in range(100))]
    (program.trail / "more.csv").write_text("\n".join(more), encoding="utf-8")
    assert program.run("backup", "all.zip").code == 0
    assert_ends_at_any_moment(program, COMMANDS, warm=True, seed=2026)
    left = [path for path in program.trail.rglob("*") if path.name.endswith(".tmp")]
    assert left == [], "what was half written is taken away"
    with closing(sqlite3.connect(program.trail / ".papertrail" / "library.db")) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    assert program.run("list").code == 0


def test_while_the_program_is_being_imported(shared: Program) -> None:
    assert_ends_at_any_moment(shared, [("list",)], warm=False, seed=1)


# Has the program be told to end while a class that a module makes tells its parts their names.
NAMED = """
import os, sys
class Told:
    def __set_name__(self, owner, name):
        os.kill(os.getpid(), int(os.environ["NUMBER"]))
class Finder:
    def find_spec(self, name, *_):
        if name == os.environ["MODULE"]:
            sys.meta_path.remove(self)
            type("Made", (), {"part": Told()})
sys.meta_path.insert(0, Finder())
from papertrail.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("module", ["papertrail.cli.main", "papertrail.cli.commands.list"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_while_a_class_is_made(shared: Program, module: str, number: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NAMED, "list"],
        capture_output=True,
        env={
            **shared.env,
            **{"PYTHONPATH": str(FOLDER), "PAPERTRAIL_HOME": str(shared.trail)},
            **{"MODULE": module, "NUMBER": str(int(number))},
        },
        cwd=shared.trail,
        encoding="utf-8",
        check=False,
    )
    told = "" if number == signal.SIGINT else f"papertrail: ended by {signal.Signals(number).name}"
    assert (done.returncode, done.stderr.strip()) == (128 + number, told)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_while_it_waits_for_its_reader(shared: Program, number: int) -> None:
    terminal = shared.start_in_terminal("note", "rcnn", "--stdin")
    terminal.wait_for(b"ctrl+d")
    terminal.interrupt(number)
    code, seen = terminal.end()
    name = signal.Signals(number).name.encode()
    assert code == 128 + number and seen.endswith(b"papertrail: ended by " + name + b"\r\n"), seen


def test_what_is_deaf_to_a_hangup_stays_so(shared: Program) -> None:
    """As `nohup` makes it."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "papertrail", "note", "rcnn", "--stdin"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=dict(shared.env), cwd=shared.trail,
        )  # fmt: skip
    finally:
        signal.signal(signal.SIGHUP, before)
    process.send_signal(signal.SIGHUP)
    _, err = process.communicate(b"", timeout=120)
    assert process.returncode == 2 and b"ended by" not in err, err


def test_an_interruption_that_a_destructor_swallows_comes_again(shared: Program) -> None:
    script = (
        "import os, signal, sys, time\n"
        "from papertrail import ending\n"
        "ending.listen()\n"
        "class Dying:\n"
        "    def __del__(self): os.kill(os.getpid(), signal.SIGTERM)\n"
        "try:\n"
        "    Dying()\n"
        "    time.sleep(60)\n"
        "    code = 0\n"
        "except KeyboardInterrupt: code = 130\n"
        "sys.exit(ending.code_of(code))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, cwd=FOLDER, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (143, b"papertrail: ended by SIGTERM\n")


KILLED = "__import__('os').kill(__import__('os').getpid(), {number})"
WINDOWS = {
    "a string that is evaluated, as of a dataclass": "cli.main = lambda: eval({killed!r})",
    "a string that is run": "cli.main = lambda: exec({killed!r})",
    "before the command line is there": "os.fstat = lambda number: {killed}",
    "a destructor at the very end": (
        "class Dying:\n    def __del__(self): {killed}\ncli.main = lambda: Dying() and None or 0"
    ),
}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_in_each_window_for_which_nothing_seemed_to_answer(tmp_path: Path, window: str, number: int) -> None:
    killed = KILLED.format(number=int(number))
    (tmp_path / "struck.py").write_text(
        "import os, sys, time, types\n"
        "from papertrail.__main__ import main\n"
        "sys.modules['papertrail.cli'] = cli = types.ModuleType('papertrail.cli')\n"
        f"{window.format(killed=killed)}\n"
        "code = main()\n"
        "time.sleep(0.02)\n"  # longer than what was swallowed takes to come again
        "sys.exit(code)\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "struck"],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": f"{FOLDER}{os.pathsep}{tmp_path}"},
        timeout=120,
        check=False,
    )
    told = f"papertrail: ended by {signal.Signals(number).name}\n".encode()
    assert (done.returncode, done.stderr) == (128 + number, told)


def test_errors_that_come_of_each_other_in_a_ring_are_looked_through_once() -> None:
    first, second = ValueError("first"), ValueError("second")
    first.__context__, second.__context__ = second, first
    assert not is_by_interrupt(first)
    second.__cause__ = KeyboardInterrupt()
    assert is_by_interrupt(first)
