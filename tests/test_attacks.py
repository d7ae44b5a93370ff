"""A table of attacks: what others put in a reader's way is refused, or does no harm.

Planted names and links among notes, exports and pictures stand with those who write them (`tests/disk`),
trails that came with a clone or an archive in `tests/cli/test_strange_trails.py`.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from ast import literal_eval
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from papertrail.cli import output
from papertrail.cli.main import _finished
from papertrail.store import known_trails, trail_folder
from tests.cli.conftest import clean_environment, make_program
from tests.cli.program import Program
from tests.openers import Opener
from tests.trails import NOTE, write_seeds

FOLDER = Path(__file__).parents[1]
NOBODY = 65534
SECRET = b"PRIVATE KEY of the reader\n"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return make_program(tmp_path_factory.mktemp("made"))


@pytest.fixture
def program(made: Program, tmp_path: Path) -> Program:
    shutil.copytree(made.trail, tmp_path / "trail")
    return Program(tmp_path / "trail", clean_environment(tmp_path / "home"))


@pytest.fixture
def run(program: Program, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run commands on the trail within this process; return exit code, standard output and error."""
    for name, value in program.env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(program.trail)

    def in_process(*arguments: str) -> tuple[int, str, str]:
        output._warned.clear()
        code = _finished(list(arguments))
        return code, *capsys.readouterr()

    return in_process


def change(program: Program, statement: str, *values: object) -> None:
    """Write into the database behind papertrail's back."""
    with closing(sqlite3.connect(program.trail / trail_folder.DATABASE)) as connection, connection:
        connection.execute(statement, values)


# Standard streams that are closed: the next file that is opened would get such a number.

CLOSED = """
import json, os, sys
from tests.cli.starter import _import_all
_import_all("commands")
from papertrail.__main__ import main
for closed, arguments in json.loads(sys.stdin.read()):
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            setattr(sys, name, None)
            os.close(number)
        os.dup2(os.open(os.devnull, os.O_RDWR), 3)
        for number in range(3):
            if number not in closed:
                os.dup2(3 if number == 0 else tell, number)
                setattr(sys, ("stdin", "stdout", "stderr")[number], os.fdopen(number, "rw"[number > 0]))
        for number in closed:
            try:
                os.close(number)
            except OSError:
                pass
        sys.argv[1:] = arguments
        code = main()
        leads = [os.path.realpath(f"/dev/fd/{number}") for number in closed]
        os.write(tell, json.dumps(leads).encode())
        os._exit(code)
    os.close(tell)
    said = b""
    while data := os.read(told, 65536):
        said += data
    os.close(told)
    print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said.decode()]))
"""
KINDS: dict[tuple[str, ...], tuple[int, ...]] = {
    ("--version",): (0,),
    ("nonsense",): (2,),
    ("list",): (0,),
    ("show", "nothing"): (1,),
    (): (0,),
    ("done", "rcnn"): (0,),
    ("note", "rcnn", "--print"): (0, 1),
    ("note", "rcnn", "--stdin"): (0, 2),
    ("note", "rcnn"): (2, 5),
    ("export", "--to", "out"): (0,),
    ("compare", "rcnn", "sppnet", "--format", "csv"): (0, 1),
    ("doctor",): (0, 1),
    ("trust",): (0,),
    ("__complete", "zsh", "show", "rc"): (0,),
}
WRITING = (("done", "rcnn"), ("note", "rcnn", "--stdin"), ("export", "--to", "out"))
WHICH: Sequence[tuple[int, ...]] = ((0,), (1,), (2,), (0, 1, 2))


def test_closed_standard_streams(program: Program) -> None:
    # Each kind of command loses two sets of streams, those that write all four.
    runs = [
        (closed, command)
        for number, command in enumerate(KINDS)
        for closed in (WHICH if command in WRITING else WHICH[number % 2 :: 2])
    ]
    done = subprocess.run(
        [sys.executable, "-c", CLOSED],
        input=json.dumps(runs),
        capture_output=True,
        env={**program.env, "PYTHONPATH": str(FOLDER), "EDITOR": "false"},
        cwd=program.trail,
        timeout=300,
        encoding="utf-8",
        check=True,
    )
    told: list[Any] = [json.loads(line) for line in done.stdout.splitlines()]
    for (closed, command), (code, said) in zip(runs, told, strict=True):
        where = f"{' '.join(command)} without {closed}: {code} {said}"
        assert code in KINDS[command], where
        assert "Traceback" not in said and "unexpected" not in said, where
        if command[:1] != ("__complete",):
            assert said.endswith(json.dumps(["/dev/null"] * len(closed))), where
    for path in program.trail.rglob("*"):
        assert not path.is_file() or b"papertrail: " not in path.read_bytes(), f"{path} got what was said"
    with closing(sqlite3.connect(program.trail / trail_folder.DATABASE)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]


# Folders that others have put above the one we are in.


def give_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a folder belong to another account: by giving it away where we may, else by being another one."""
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.lchown(path, NOBODY, NOBODY)
    else:
        for module in (trail_folder, known_trails):
            monkeypatch.setattr(module, "own_account", lambda: os.geteuid() + 1)


@pytest.mark.parametrize("kind", ["a private folder", "a whole trail", "seeds"])
def test_a_trail_planted_above(
    run: Run, made: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    planted, below = tmp_path / "shared", tmp_path / "shared" / "mine"
    below.mkdir(parents=True)
    if kind == "a whole trail":
        shutil.copytree(made.trail, planted, dirs_exist_ok=True)
    elif kind == "seeds":
        write_seeds(planted / "seeds" / "papers.csv", [("L", "x", "X", *[""] * 6)])
    else:
        (planted / ".papertrail").mkdir()
    monkeypatch.delenv("PAPERTRAIL_TRUST")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    give_away(planted, monkeypatch)
    monkeypatch.chdir(below)
    before = sorted(planted.rglob("*"))
    for command in (("list",), ("done", "rcnn"), ("note", "rcnn", "--print"), ("export",), ()):
        code, out, err = run(*command)
        assert (code, out) == (5, "") and "belongs to the user " in err, err
        assert sorted(planted.rglob("*")) == before


def test_another_user_cannot_look_into_a_trail(program: Program) -> None:
    """As the system sees to it: the private folder is the reader's alone, and nothing else in it is open."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        private = Path(folder, "trail", ".papertrail")
        shutil.copytree(program.trail, private.parent)
        mine = Program(private.parent, program.env)
        assert mine.run("note", "rcnn", "--stdin", stdin=NOTE).code == 0
        assert private.stat().st_mode & 0o077 == 0
        assert [path for path in private.rglob("*") if path.stat().st_mode & 0o022] == []
        nobody: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": ()}
        if os.geteuid() != 0:  # what is another's is closed to us in the same way
            nobody = {}
            private.chmod(0)
        done = subprocess.run(
            ["ls", str(private.parent), str(private)], capture_output=True, check=False, cwd="/", **nobody
        )
        private.chmod(0o700)
    assert b"notes" in done.stdout and b"library.db" not in done.stdout
    assert done.returncode != 0


# Files of a trail that lead elsewhere.

LINKS = (
    ".papertrail/library.lock",
    ".papertrail/notes.lock",
    ".papertrail/backups.lock",
    ".papertrail/journal.jsonl",
    ".papertrail/id",
    ".papertrail/library.db-wal",
    ".papertrail/library.db-shm",
)


@pytest.mark.parametrize("name", LINKS)
@pytest.mark.parametrize("kind", ["there", "new"])
def test_a_link_in_the_private_folder(
    run: Run, program: Program, tmp_path: Path, name: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = tmp_path / "authorized_keys"
    if kind == "there":
        victim.write_bytes(SECRET)
    link = program.trail / name
    link.unlink(missing_ok=True)
    link.symlink_to(victim)
    monkeypatch.setattr("sys.stdin", None)
    for command in (
        ("list",),
        ("done", "rcnn"),
        ("note", "rcnn", "--path"),
        ("tag", "rcnn", "+x"),
        ("backup",),
        ("trust",),
        ("undo",),
    ):
        code, _, err = run(*command)
        assert code in (0, 1, 3, 5) and "unexpected" not in err, (command, err)
        assert SECRET.decode() not in err
    assert victim.read_bytes() == SECRET if kind == "there" else not victim.exists()


# What a database can say that papertrail never wrote.

KEYS = (
    "../../evil",
    "/etc/passwd",
    "..",
    "a/../../evil",
    "a\0b",
    "--to",
    "-rf",
    "CON",
    "a\nb",
    ".hidden",
    "~/x",
)


@pytest.mark.parametrize("key", KEYS, ids=ascii)
def test_a_key_that_leads_out(run: Run, program: Program, tmp_path: Path, key: str) -> None:
    change(program, "UPDATE paper SET key = ? WHERE key = 'rcnn'", key)
    before = {path for path in tmp_path.rglob("*") if program.trail not in path.parents}
    for command in (
        ("list",),
        ("show", key),
        ("note", key, "--path"),
        ("note", key, "--print"),
        ("done", "--", key),
        ("export", "--to", "out"),
        ("doctor",),
    ):
        code, _, err = run(*(part.replace("\0", "") for part in command))
        assert code in (0, 1, 2) and "unexpected" not in err, (command, err)
    assert {path for path in tmp_path.rglob("*") if program.trail not in path.parents} == before
    outside = [
        path
        for path in (program.trail / "out").rglob("*")
        if not path.resolve().is_relative_to(program.trail)
    ]
    assert outside == []


PAGES = (
    "file:///etc/passwd",
    "javascript:alert(1)",
    "--upload=/etc/passwd",
    "https://arxiv.org/$(touch pwned)",
    "https://x.org/;touch pwned",
    "https://good.org@evil.org/",
    "\x1b]52;c;ZXZpbA==\x07https://x.org",
    " https://x.org --flag",
)


def test_an_address_is_one_and_nothing_else(
    run: Run, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener, began = Opener(tmp_path / "bin"), 0
    monkeypatch.setenv("PAPERTRAIL_OPENER", str(opener.path))
    for page in PAGES:
        for column in ("arxiv_id", "doi"):
            change(program, "UPDATE paper SET arxiv_id = NULL, doi = NULL WHERE key = 'rcnn'")
            change(program, f"UPDATE paper SET {column} = ? WHERE key = 'rcnn'", page)  # noqa: S608
            code, out, err = run("open", "rcnn")
            assert code in (0, 1, 2) and "unexpected" not in err and "\x1b" not in out + err
            began += code == 0
    assert began
    for arguments in map(literal_eval, opener.wait(began)):
        (address,) = arguments
        assert address.startswith(("https://arxiv.org/", "https://doi.org/")), address
        assert address.isascii() and address.isprintable()
    assert not list(tmp_path.rglob("pwned"))


def test_no_setting_names_a_program(
    run: Run, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a trail brings along can choose colours and columns, and no more."""
    opener = Opener(tmp_path / "bin")  # the reader's own: a page is opened by it
    monkeypatch.setenv("PAPERTRAIL_OPENER", str(opener.path))
    pwned = tmp_path / "pwned"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {pwned}\n", encoding="utf-8")
    script.chmod(0o755)
    names = ("editor", "pager", "opener", "browser", "theme", "hook", "list-columns", "on-open", "offline")
    for name in names:
        change(program, "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, str(script))
    for place in (
        "hooks/post-open",
        ".papertrail/hooks/open",
        "notes/.hook",
        "template.md",
        ".envrc",
        "sitecustomize.py",
    ):
        path = program.trail / place
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(script, path)
    for command in (
        ("list",),
        ("set",),
        ("open", "rcnn"),
        ("note", "rcnn", "--path"),
        ("export",),
        ("next",),
    ):
        assert "unexpected" not in run(*command)[2]
    assert program.run("list").code == 0, "as a process of its own, in the trail"
    opener.wait()
    assert not pwned.exists()


# Text that others wrote, in commands that hand it on.


def test_a_note_s_own_signs_stay_in_the_note_and_leave_what_is_made_of_it(
    run: Run, program: Program, tmp_path: Path
) -> None:
    text = NOTE.replace("slow.", "sl\u200bow \u202ereversed\u202c \u2066x\u2069 \U000e0041 soft\xadhyphen.")
    path = program.trail / "notes" / "rcnn.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    assert run("done", "rcnn")[0] == 0
    for command in (
        ("export", "--to", "out"),
        ("export", "--lineage", "R-CNN to Faster R-CNN", "--to", "story.md"),
        ("export", "--format", "anki", "--to", "cards.txt"),
    ):
        assert run(*command)[0] == 0, command
    made = [
        tmp_path / "trail" / "story.md",
        tmp_path / "trail" / "cards.txt",
        *(program.trail / "out").rglob("*.md"),
    ]
    shown = [run("compare", "rcnn", "sppnet", "--format", form)[1] for form in ("csv", "markdown", "json")]
    texts = [*(path.read_text(encoding="utf-8") for path in made), *shown, run("report")[1]]
    assert sum("slow reversed x" in one.replace("\\", "") for one in texts) >= 5
    for one in texts:
        assert not set(one) & set("\u200b\u202e\u202c\u2066\u2069\U000e0041\xad")
    assert path.read_text(encoding="utf-8") == text, "to the letter"
