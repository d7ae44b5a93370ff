"""A trail of somebody else's, or that came with a clone or an archive: told before anything is opened."""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from platformdirs import user_state_path

from papertrail.cli import output
from papertrail.cli.main import _finished
from papertrail.library import create_trail
from papertrail.store import trail_folder
from papertrail.store.known_trails import MOST_LISTED, remember, strange_trail
from papertrail.store.trail_folder import ID, is_known, known_list, state_folder
from tests.cli.conftest import clean_environment
from tests.cli.program import Program
from tests.trails import RCNN, small_trail

COMMANDS = (
    ("list",),
    ("show", "rcnn"),
    ("done", "rcnn"),
    ("note", "rcnn", "--print"),
    ("open", "rcnn"),
    ("export",),
    ("doctor",),
    ("set",),
    ("undo",),
    (),
)


@pytest.fixture
def reader(tmp_path: Path) -> dict[str, str]:
    """The environment of a reader who opens what there is with a question alone."""
    env = clean_environment(tmp_path / "home")
    del env["PAPERTRAIL_TRUST"]
    return env


@pytest.fixture
def own(made_once: Program, tmp_path: Path, reader: dict[str, str]) -> Program:
    """A trail that this reader knows."""
    shutil.copytree(made_once.trail, tmp_path / "own")
    assert remember(str(tmp_path / "own"), reader)
    return Program(tmp_path / "own", reader)


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(folder)): (path.lstat().st_mtime_ns, path.lstat().st_size)
        for path in folder.rglob("*")
    }


def cloned(made_once: Program, folder: Path, reader: Mapping[str, str]) -> Program:
    """Return a trail as it comes out of somebody else's archive."""
    shutil.copytree(made_once.trail, folder)
    (folder / ID).unlink(missing_ok=True)
    return Program(folder, reader)


def assert_refused(program: Program, why: str, *arguments: str) -> None:
    before = tree(program.trail)
    result = program.run(*arguments)
    assert (result.code, result.out, result.err.count("\n")) == (5, "", 1), result
    assert result.err.startswith(f"papertrail: {program.trail} ") and why in result.err
    assert result.err.endswith(f"say so once: papertrail trust {program.trail}\n")
    assert tree(program.trail) == before, "not a byte of it was opened to be written"


def test_what_one_made_oneself_is_never_asked_about(
    tmp_path: Path, reader: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand = Program(small_trail(tmp_path / "by-hand").root, reader)
    for command in COMMANDS[:3]:
        assert by_hand.ok(*command)
    assert known_list(reader).startswith(reader["HOME"])
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", reader["HOME"])
    made = create_trail(tmp_path / "made").root
    assert is_known(str(made), reader), "as init and the first start make it"
    ids = [(trail / ID).read_text(encoding="ascii") for trail in (by_hand.trail, made)]
    assert ids[0] != ids[1] and all(len(one) == 33 for one in ids)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_clone_is_told_and_not_opened(
    made_once: Program, tmp_path: Path, reader: dict[str, str], command: tuple[str, ...]
) -> None:
    clone = cloned(made_once, tmp_path / "clone", reader)
    (clone.trail / ".papertrail" / "library.db").write_bytes(b"nobody reads this")
    assert_refused(clone, "never opened here: it may have come with a clone or an archive", *command)


def test_it_is_told_once(made_once: Program, tmp_path: Path, reader: dict[str, str]) -> None:
    clone = cloned(made_once, tmp_path / "a clone; of\n\x1b[2J much", reader)
    result = clone.run("list")
    assert result.code == 5 and result.err.count("\n") == 1 and "\x1b" not in result.err
    told = clone.run("trust")
    assert (told.code, told.err, told.out.count("\n")) == (0, "", 1) and "\x1b" not in told.out
    assert "already" in clone.run("trust").out
    for command in (*COMMANDS[:3], ()):
        assert clone.ok(*command)
    assert Program(clone.trail, {**reader, "HOME": str(tmp_path)}).run("list").code == 5, (
        "this reader said so"
    )
    (clone.trail / ID).unlink()
    assert clone.run("list").code == 5, "another trail in the same place"


def test_one_may_name_the_folder(made_once: Program, tmp_path: Path, reader: dict[str, str]) -> None:
    clone = cloned(made_once, tmp_path / "clone", reader)
    elsewhere = Program(tmp_path, reader)
    assert elsewhere.run("trust", "nowhere").code == 1
    assert elsewhere.run("trust", "clone").code == 0
    assert clone.ok("list")


def test_one_that_was_moved_is_known_and_a_copy_is_not(own: Program, tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    own.trail.rename(tmp_path / "below" / "moved")
    moved = Program(tmp_path / "below" / "moved", own.env)
    assert moved.ok("list")
    (tmp_path / "link").symlink_to(moved.trail)
    assert moved.ok("--home", str(tmp_path / "link"), "list")
    shutil.copytree(moved.trail, tmp_path / "copy")
    copy = Program(tmp_path / "copy", own.env)
    assert_refused(copy, f"is a copy of {moved.trail} that you never opened", "list")
    assert copy.run("trust").code == 0
    assert copy.ok("list") and moved.ok("list")
    assert (copy.trail / ID).read_bytes() != (moved.trail / ID).read_bytes(), "each can be moved by itself"
    copy.trail.rename(tmp_path / "moved copy")
    assert Program(tmp_path / "moved copy", own.env).ok("list")


def test_one_that_was_restored_or_made_anew_is_known(own: Program, tmp_path: Path) -> None:
    assert own.run("backup", str(tmp_path / "all.zip")).code == 0
    assert own.run("restore", str(tmp_path / "all.zip"), "--to", str(tmp_path / "new")).code == 0
    new = Program(tmp_path / "new", own.env)
    assert new.ok("list")
    shutil.rmtree(new.trail / ".papertrail")
    assert new.run("rebuild").code in (0, 1)
    assert new.run("list").code == 0


def test_a_link_to_ones_own_database_is_no_key(own: Program, tmp_path: Path) -> None:
    small_trail(tmp_path / "evil")
    (tmp_path / "evil" / ".papertrail").symlink_to(own.trail / ".papertrail")
    assert_refused(Program(tmp_path / "evil", own.env), "is a copy of", "list")
    (tmp_path / "evil" / ".papertrail").unlink()
    shutil.copytree(own.trail / ".papertrail", tmp_path / "evil" / ".papertrail")
    (tmp_path / "evil" / ID).unlink()
    (tmp_path / "evil" / ID).symlink_to(own.trail / ID)
    assert_refused(Program(tmp_path / "evil", own.env), "never opened here", "list")
    (tmp_path / "evil" / ID).unlink()
    os.mkfifo(tmp_path / "evil" / ID)
    assert_refused(Program(tmp_path / "evil", own.env), "never opened here", "list")


@pytest.fixture
def somebody_else(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Make us another account than the one that owns our files, as far as papertrail can tell."""
    account = os.geteuid() + 4_000_000
    monkeypatch.setattr(trail_folder, "own_account", lambda: account)
    monkeypatch.setattr("papertrail.store.known_trails.own_account", lambda: account)
    yield account


def test_what_belongs_to_somebody_else(
    own: Program, somebody_else: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in {*os.environ} - {*own.env}:
        monkeypatch.delenv(name, raising=False)
    for name, value in {**own.env, "XDG_STATE_HOME": f"{own.env['HOME']}/of-somebody-else"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(own.trail / "seeds")

    def run(*arguments: str) -> tuple[int, str]:
        output._warned.clear()
        code = _finished(list(arguments))
        return code, capsys.readouterr().err

    code, err = run("list")
    assert code == 5 and f"{own.trail} belongs to the user " in err and "papertrail trust" in err
    assert run("trust") == (0, "")
    assert run("list") == (0, "")
    shutil.rmtree(own.trail / ".papertrail")
    code, err = run("list")
    assert code == 5 and "belongs to the user " in err, "seeds of somebody else's make no trail of ours"
    assert not (own.trail / ".papertrail").exists()


def test_a_database_of_somebody_else_s_in_one_s_own_folder(
    own: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, database = str(own.trail), str(own.trail / trail_folder.DATABASE)
    assert is_known(folder, own.env)
    stat = os.stat

    def planted(path: str) -> os.stat_result:
        found = stat(path)
        return os.stat_result((*found[:4], found.st_uid + 1, *found[5:])) if path == database else found

    monkeypatch.setattr(os, "stat", planted)
    assert not is_known(folder, own.env)
    strange = strange_trail(folder, own.env)
    assert strange is not None and strange.owner == os.geteuid() + 1


def test_where_no_list_can_be_kept_nobody_is_asked_in_vain(
    made_once: Program, tmp_path: Path, reader: dict[str, str]
) -> None:
    (tmp_path / "file").touch()
    clone = cloned(made_once, tmp_path / "clone", {**reader, "XDG_STATE_HOME": str(tmp_path / "file")})
    assert clone.ok("list") and clone.ok("list")


def test_an_environment_may_say_so(made_once: Program, tmp_path: Path, reader: dict[str, str]) -> None:
    clone = cloned(made_once, tmp_path / "clone", reader)
    for value, code in (
        ("", 5),
        (f"{clone.trail}x", 5),
        (f"/nowhere{os.pathsep}{clone.trail}", 0),
        ("*", 0),
        ("/*", 5),
    ):
        assert clone.run("list", env={"PAPERTRAIL_TRUST": value}).code == code, value


def test_at_a_terminal_one_is_asked(made_once: Program, tmp_path: Path, reader: dict[str, str]) -> None:
    clone = cloned(made_once, tmp_path / "clone", reader)
    before = tree(clone.trail)
    for answer, code in (("n\n", 5), ("\n", 5), ("\x04", 130)):
        terminal = clone.start_in_terminal("list")
        terminal.wait_for(b"Open it, now and later? [y/N]")
        assert b"rcnn" not in terminal.seen and b"never opened here" in terminal.seen
        terminal.type(answer)
        assert terminal.end()[0] == code
        assert tree(clone.trail) == before
    terminal = clone.start_in_terminal("list")
    terminal.wait_for(b"[y/N]")
    terminal.type("y\n")
    assert terminal.end()[0] == 0 and b"rcnn" in terminal.seen
    assert clone.in_terminal("list")[1].count(b"\r\n") == len(RCNN) + 1


def test_the_terminal_program_shows_a_page_first(
    made_once: Program, tmp_path: Path, reader: dict[str, str]
) -> None:
    clone = cloned(made_once, tmp_path / "clone", reader)
    terminal = clone.start_in_terminal(columns=80)
    terminal.wait_for(b"[y/N]")
    lines = terminal.seen.decode().splitlines()
    assert b"\x1b[?1049h" not in terminal.seen, "Textual has not begun"
    assert len(lines) < 24 and max(map(len, lines)) < 100, lines
    assert b"No setting of a trail names a program" in terminal.seen.replace(b"\r\n", b" ")
    terminal.type("y\n")
    terminal.wait_for(b"\x1b[?1049h")
    terminal.wait_for(b"today")
    terminal.type("q")
    assert terminal.end()[0] == 0


def test_a_shell_that_completes_opens_nothing(
    made_once: Program, tmp_path: Path, reader: dict[str, str]
) -> None:
    clone = cloned(made_once, tmp_path / "clone", reader)
    asked = ("__complete", "zsh", "show", "rc")
    assert "rcnn" not in clone.run(*asked).out
    assert clone.run("trust").code == 0
    assert "rcnn" in clone.run(*asked).out


def test_the_list_does_not_grow_for_ever(own: Program) -> None:
    path = Path(known_list(own.env))
    path.write_bytes(b"".join(b"%032x 0 /tmp/%d\n" % (n, n) for n in range(MOST_LISTED + 5)))
    assert not is_known(str(own.trail), own.env) and remember(str(own.trail), own.env)
    assert is_known(str(own.trail), own.env)
    assert path.read_bytes().count(b"\n") == MOST_LISTED // 2 + 1
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("state", [None, "/srv/state", ""])
def test_the_state_folder_is_the_usual_one(monkeypatch: pytest.MonkeyPatch, state: str | None) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    if state is not None:
        monkeypatch.setenv("XDG_STATE_HOME", state)
    assert state_folder(os.environ) == str(user_state_path("papertrail"))
