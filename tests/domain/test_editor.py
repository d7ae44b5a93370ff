"""Which editor is chosen."""

import errno
import os
from collections.abc import Callable

import pytest

from papertrail.domain.editor import AT_ONCE, Editor, choose_editor, why_not_started
from papertrail.domain.errors import BadInput
from tests.cases import each

HOME = {"HOME": "/home/ann", "TOOLS": "/my tools"}


def only(*programs: str) -> Callable[[str], str | None]:
    return lambda name: f"/usr/bin/{name}" if name in programs else None


@each(
    ("environ", "there", "command"),
    [
        ({"VISUAL": "vim", "EDITOR": "nano"}, ("vim", "nano"), ["vim"]),
        ({"EDITOR": "nano"}, ("nano",), ["nano"]),
        ({"VISUAL": "  ", "EDITOR": "nano"}, ("nano",), ["nano"]),
        ({"VISUAL": "vim -u NONE '+set tw=0'"}, ("vim",), ["vim", "-u", "NONE", "+set tw=0"]),
        ({"EDITOR": "'/my tools/ed'"}, ("/my tools/ed",), ["/my tools/ed"]),
        ({"EDITOR": "/my tools/ed"}, ("/my tools/ed",), ["/my tools/ed"]),
        ({"EDITOR": "/my tools/ed -x"}, ("/my tools/ed",), ["/my tools/ed", "-x"]),
        ({"EDITOR": "~/bin/ed"}, ("/home/ann/bin/ed",), ["/home/ann/bin/ed"]),
        ({"EDITOR": "~/my bin/ed -x"}, ("/home/ann/my bin/ed",), ["/home/ann/my bin/ed", "-x"]),
        ({"EDITOR": "$HOME/bin/ed"}, ("/home/ann/bin/ed",), ["/home/ann/bin/ed"]),
        ({"EDITOR": '"${TOOLS}/ed" -x'}, ("/my tools/ed",), ["/my tools/ed", "-x"]),
        ({"EDITOR": "$TOOLS/ed"}, ("/my tools/ed",), ["/my tools/ed"]),
        ({}, ("vi", "nano"), ["nano"]),
        ({}, ("vi",), ["vi"]),
    ],
)
def test_the_command(environ: dict[str, str], there: tuple[str, ...], command: list[str]) -> None:
    assert choose_editor(HOME | environ, only(*there)) == Editor(tuple(command))


def test_variables_before_the_program_are_set_for_it_alone() -> None:
    editor = choose_editor(HOME | {"EDITOR": "LC_ALL=C DIR=$HOME/x NO='a b' vim -n"}, only("vim"))
    assert editor == Editor(("vim", "-n"), {"LC_ALL": "C", "DIR": "/home/ann/x", "NO": "a b"})
    assert editor.name == "vim"


@each(
    ("text", "command"),
    [
        ("gvim", "gvim -f"),
        ("gvim -f", "gvim -f"),
        ("gvim --nofork", "gvim --nofork"),
        ("gvim -p", "gvim -p -f"),
        ("mvim", "mvim -f"),
        ("vim -g", "vim -g -f"),
        ("vim", "vim"),
        ("code", "code --wait"),
        ("code -w", "code -w"),
        ("code --wait -n", "code --wait -n"),
        ("code-insiders", "code-insiders --wait"),
        ("/opt/bin/code", "/opt/bin/code --wait"),
        ("subl", "subl --wait"),
        ("subl -w", "subl -w"),
        ("mate", "mate --wait"),
        ("gedit", "gedit --wait"),
        ("gedit -s", "gedit -s"),
        ("gnome-text-editor", "gnome-text-editor --standalone"),
        ("kate", "kate --block"),
        ("kate -b", "kate -b"),
        ("zed", "zed --wait"),
        ("nvim-qt", "nvim-qt --nofork"),
        ("emacsclient", "emacsclient"),
    ],
)
def test_editors_with_windows_are_told_to_wait(text: str, command: str) -> None:
    editor = choose_editor({"EDITOR": text}, only(text.split(maxsplit=1)[0]))
    assert " ".join(editor.command) == command


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({}, "no editor"),
        ({"VISUAL": "ed"}, "VISUAL names ed, which is not installed"),
        ({"EDITOR": "~/bin/ed -x"}, "EDITOR names /home/ann/bin/ed, which is not there, or may not be"),
        ({"EDITOR": "$NOWHERE/ed"}, "names $NOWHERE/ed"),
        ({"EDITOR": "vim 'unclosed"}, "EDITOR cannot be understood"),
        ({"EDITOR": "A=b"}, "names no program: A=b"),
    ],
)
def test_no_editor_is_said_with_what_was_tried(environ: dict[str, str], said: str) -> None:
    with pytest.raises(BadInput, match=said.replace("$", r"\$")) as caught:
        choose_editor(HOME | environ, only("vim") if environ else only())
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("command", "seconds", "asked"),
    [
        ("gvim", 0.1, True),
        ("/my/own script", 0.1, True),
        ("/my/own script", AT_ONCE + 1, False),
        ("/usr/bin/vim", 0.1, False),
        ("vim -g", 0.1, True),
        ("nano", 0.1, False),
    ],
)
def test_who_is_asked_about(command: str, seconds: float, asked: bool) -> None:
    words = [command] if "own" in command else command.split()
    assert Editor(tuple(words)).may_still_be_open(seconds) is asked


@pytest.mark.parametrize(
    ("number", "first_line", "why"),
    [
        (errno.ENOENT, b"#!/bin/sh\r", "carriage return"),
        (errno.ENOENT, b"#!/no/such/thing -x", "#!/no/such/thing -x"),
        (errno.ENOENT, b"", "No such file"),
        (errno.ENOEXEC, b"echo", "begins with #!"),
        (errno.EACCES, b"#!/bin/sh", "Permission denied"),
    ],
)
def test_why_an_editor_did_not_start(number: int, first_line: bytes, why: str) -> None:
    assert why in why_not_started(OSError(number, os.strerror(number)), first_line)
