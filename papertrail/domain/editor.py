"""Which editor the reader's environment names, and how it is told to wait."""

import errno
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from papertrail.domain.errors import BadInput

AT_ONCE = 2.0  # seconds; an editor that is back sooner with nothing written has perhaps only opened a window
_USUAL = ("nano", "vim", "vi")
_IN_TERMINAL = re.compile(
    r"ed|emacs-nox|helix|hx|jed|joe|jove|kak|kakoune|mcedit|mg|micro|r?nano|ne|neatvi|n?vi|n?vim|pico|r?vim"
    r"|tilde|view|vim\.(basic|nox|tiny)|vis|zile"
)
# These give the terminal back at once unless told to wait until the file is closed. Any of the options tells
# them; the last one is added.
_WAIT_OPTIONS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("atom", "bbedit", "code", "code-insiders", "codium", "cursor", "lapce", "mate", "nova", "pluma"),
        ("-w", "--wait"),
    ),
    **dict.fromkeys(
        ("rmate", "subl", "sublime_text", "vscodium", "windsurf", "xed", "zed"), ("-w", "--wait")
    ),
    **dict.fromkeys(("charm", "clion", "goland", "idea", "pycharm", "rubymine", "webstorm"), ("--wait",)),
    **dict.fromkeys(("eview", "evim", "gview", "gvim", "mview", "mvim", "rgvim"), ("--nofork", "-f")),
    "gedit": ("-s", "-w", "--standalone", "--wait"),
    "gnome-text-editor": ("-s", "--standalone"),
    "kate": ("-b", "--block"),
    "neovide": ("--no-fork",),
    "nvim-qt": ("--nofork",),
    "open": ("--wait-apps", "-W"),
}
_VIMS = ("vim", "vi")  # with -g these are gvim
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL | re.ASCII)
_VARIABLE = re.compile(r"\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor to be run.

    Attributes:
        command: the program and its options; the file's path is appended.
        environ: variables set for it alone.
    """

    command: tuple[str, ...]
    environ: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The program's name without its folder."""
        return re.split(r"[/\\]", self.command[0])[-1]

    def may_still_be_open(self, seconds: float) -> bool:
        """Tell whether it may have handed the file to a window of its own, after so many seconds."""
        return seconds < AT_ONCE and (not _IN_TERMINAL.fullmatch(self.name) or "-g" in self.command)


def choose_editor(environ: Mapping[str, str], which: Callable[[str], str | None]) -> Editor:
    """Return the reader's editor, told to wait until the file is closed.

    `VISUAL` and `EDITOR` are looked at, in this order, and understood as a shell does: options, quotes, `~`,
    `$HOME` and `NAME=value` before the program. A path with blanks in it needs no quotes.

    Args:
        environ: the reader's environment.
        which: tells where a program is, or None, such as `shutil.which`.

    Raises:
        BadInput: no editor is named, or the one named is not there.
    """
    for name in ("VISUAL", "EDITOR"):
        if text := environ.get(name, "").strip():
            return _understood(name, text, environ, which)
    for usual in _USUAL:
        if which(usual):
            return Editor((usual,))
    raise BadInput("no editor was found", "set one, for example: export EDITOR=nano")


def _understood(
    name: str, text: str, environ: Mapping[str, str], which: Callable[[str], str | None]
) -> Editor:
    import shlex

    whole = _expanded(text, environ)
    if which(whole):
        return Editor(_waiting([whole]))
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise BadInput(f"{name} cannot be understood ({error})", "for example: export EDITOR=vim") from error
    own: dict[str, str] = {}
    while words and (assignment := _ASSIGNMENT.fullmatch(words[0])):
        own[assignment[1]] = _expanded(assignment[2], environ)
        del words[0]
    words = [_expanded(word, environ) for word in words]
    if not words:
        raise BadInput(f"{name} names no program: {text}", "for example: export EDITOR=nano")
    for end in (1, *range(len(words), 1, -1)):  # the first word, else as many as are a path with blanks
        program = " ".join(words[:end])
        if which(program):
            return Editor(_waiting([program, *words[end:]]), own)
    tried = words[0]
    missing = "not there, or may not be executed" if "/" in tried else "not installed"
    raise BadInput(f"{name} names {tried}, which is {missing}", "for example: export EDITOR=nano")


def _expanded(word: str, environ: Mapping[str, str]) -> str:
    """Return a word with `~` and variables replaced as a shell does; what is not set stays to be seen."""
    if "HOME" in environ and (word == "~" or word.startswith("~/")):
        word = environ["HOME"] + word[1:]
    return _VARIABLE.sub(lambda found: environ.get(found[1] or found[2], found[0]), word)


def _waiting(command: list[str]) -> tuple[str, ...]:
    """Return a command with the option that makes the program wait, where it needs one."""
    name = Editor(tuple(command)).name
    options = _WAIT_OPTIONS.get(name.removesuffix(".exe"), ())
    if name in _VIMS and "-g" in command:
        options = _WAIT_OPTIONS["gvim"]
    if not options or set(options) & set(command[1:]):
        return tuple(command)
    return (*command, options[-1])


def why_not_started(error: OSError, first_line: bytes) -> str:
    """Return in words why the system did not run a program.

    Args:
        error: what the system said.
        first_line: of the program's file, without its line feed; empty if it cannot be read.
    """
    script = first_line.startswith(b"#!")
    if error.errno == errno.ENOENT and script and first_line.endswith(b"\r"):
        return "its first line ends in a carriage return; save it with Unix line ends"
    if error.errno == errno.ENOENT and script:
        return f"the program of its first line is not there: {first_line[:200].decode('utf-8', 'replace')}"
    if error.errno == errno.ENOEXEC:
        return "it is neither a program nor a script that begins with #!"
    return error.strerror or str(error)
