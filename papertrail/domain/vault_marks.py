"""The marks between which papertrail writes in the files of a vault."""

import re

BEGIN, NOTE, END = "%% papertrail:begin %%", "%% papertrail:note %%", "%% papertrail:end %%"
"""Obsidian hides what stands between `%%`."""
_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
BLOCK = re.compile(rf"^{re.escape(BEGIN)}[ \t]*\r?$.*?^{re.escape(END)}[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_MARK = re.compile(rf"^(?:{re.escape(BEGIN)}|{re.escape(END)})(?=[ \t]*\r?$)", re.MULTILINE)
_NOTE = re.compile(rf"^{re.escape(NOTE)}[ \t]*\r?\n(.*?)^{re.escape(END)}", re.DOTALL | re.MULTILINE)


def parted(text: str) -> tuple[str, str]:
    """Return what stands between the fences of the properties, and what comes behind them."""
    found = _MATTER.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def is_marked(text: str) -> bool:
    """Tell whether a file has both marks, each once."""
    return [found[0] for found in _MARK.finditer(text)] == [BEGIN, END] and BLOCK.search(text) is not None


def words_in(text: str) -> tuple[str, str]:
    """Return what a file of a vault has of the note, and what its reader wrote outside the marks.

    Args:
        text: with newlines as line ends.
    """
    note = _NOTE.search(text)
    return undefused(note[1]).strip("\n") if note else "", BLOCK.sub("", parted(text)[1]).strip("\n")


def defused(markdown: str) -> str:
    """Return a note's Markdown in which no line is a mark of ours."""
    return re.sub(r"%%(?=[ \t]*papertrail:)", "%\\\\%", markdown)


def undefused(markdown: str) -> str:
    """Return Markdown as it was before `defused`."""
    return re.sub(r"%\\%(?=[ \t]*papertrail:)", "%%", markdown)
