"""What stands for our own signs where only ASCII can be shown, and who can show more."""

from collections.abc import Mapping

_STANDS_FOR = {  # one cell each
    ".": "○…",
    "+": "◔└┬┴┻╭╮╰╯┼┏┓┗┛┌┐┘╔╗╚╝",
    "~": "◐◎",
    "*": "●★◉",
    "x": "✕×⊘",
    "#": "█▆▇▌▐▊■▰",
    "=": "▒▄▅▔━╾═▀",
    "o": "□▱◌",
    "-": "░·–—─−╸╺",
    "_": "▁▂▃",
    "|": "│┤├┃║▏▎▍▕╻╹",
    ":": "┊",
    "v": "✓▼▾↓",
    "V": "▽",
    "A": "△▲",
    "^": "↑⇧",
    ">": "→▶↪›",
    "<": "←◀⏎",
    "!": "✎≠",
    "@": "◆",
    "/": "╱",
    "\\": "╲",
    "'": "‘’",
    '"': "“”",
}
PLAIN_SIGNS: dict[int, str] = {ord(sign): plain for plain, signs in _STANDS_FOR.items() for sign in signs}
PLAIN_SIGNS |= {  # braille: one dot is the plan, more are the forecast
    code: ":" if (code - 0x2800).bit_count() > 1 else "." for code in range(0x2801, 0x2900)
}
_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")  # what Python sets itself where the locale is C (PEP 538)


def speaks_utf8(environ: Mapping[str, str], given: Mapping[str, str]) -> bool:
    """Tell whether the locale is one of UTF-8.

    Args:
        environ: this process's environment, in which Python may have named another locale than C.
        given: the environment it was started with, as far as that is known.
    """
    names = {name: environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")}
    if names["LC_CTYPE"] in _COERCED and names["LANG"] in ("", "C", "POSIX") and not given.get("LC_CTYPE"):
        del names["LC_CTYPE"]
    locale = next(filter(None, names.values()), "")
    return "utf8" in locale.lower().replace("-", "")
