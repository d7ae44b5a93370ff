"""Which program shows a page or a file of the reader's: argument lists only, nothing passes a shell."""

import re
import shlex
from collections.abc import Callable, Mapping

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line, shorten

OPENER = "PAPERTRAIL_OPENER"
_USUAL: dict[str, tuple[tuple[str, ...], ...]] = {
    "darwin": (("open",),),
    "win32": (("rundll32", "url.dll,FileProtocolHandler"),),
}
_USUAL_ELSEWHERE = (("wslview",), ("xdg-open",), ("gio", "open"))
_IN_TERMINAL = frozenset({"browsh", "carbonyl", "elinks", "links", "links2", "lynx", "w3m", "www-browser"})
_EXAMPLE = f"name one, for example: export {OPENER}=firefox"


def opener_command(
    target: str, environ: Mapping[str, str], which: Callable[[str], str | None], platform: str
) -> list[str]:
    """Return the command that opens a page or a file.

    `PAPERTRAIL_OPENER`, for pages `BROWSER` as well (programs with a colon between them, the first that is
    there), else what the system has for it. Both may have options, and `%s` where the address goes.

    Args:
        target: an address that was checked, or the absolute path of a file.
        environ: the reader's environment.
        which: tells where a program is, or None, such as `shutil.which`.
        platform: as `sys.platform` names it.

    Raises:
        BadInput: the program that is named is not there, or none was found.
    """
    if named := environ.get(OPENER, "").strip():
        words = _words(named)
        if not words or not which(words[0]):
            raise BadInput(f"{OPENER} names no program: {shorten(clean_line(named), 60)}", _EXAMPLE)
        return _with(words, target)
    is_page = target.startswith(("https://", "http://"))
    for browser in environ.get("BROWSER", "").split(":") if is_page else ():
        if (words := _words(browser)) and which(words[0]):
            return _with(words, target)
    for usual in _USUAL.get(platform, _USUAL_ELSEWHERE):
        if which(usual[0]):
            return [*usual, target]
    raise BadInput("no program that opens pages was found", _EXAMPLE)


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return []


def _with(words: list[str], target: str) -> list[str]:
    """Put the target where `%s` stands, else at the end."""
    if any("%s" in word for word in words[1:]):
        return [words[0], *(word.replace("%s", target) for word in words[1:])]
    return [*words, target]


def needs_terminal(program: str) -> bool:
    """Tell whether a program shows what it opens in the terminal itself."""
    return re.split(r"[/\\]", program)[-1] in _IN_TERMINAL
