"""The marks between which papertrail writes in the files of a vault."""

import re

from papertrail.domain.paper import Status
from papertrail.domain.text import clean_line

BEGIN, NOTE, END = "%% papertrail:begin %%", "%% papertrail:note %%", "%% papertrail:end %%"
"""Obsidian hides what stands between `%%`."""
_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
BLOCK = re.compile(rf"^{re.escape(BEGIN)}[ \t]*\r?$.*?^{re.escape(END)}[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_MARK = re.compile(rf"^(?:{re.escape(BEGIN)}|{re.escape(END)})(?=[ \t]*\r?$)", re.MULTILINE)
_ANY = re.compile(rf"^(?:{re.escape(BEGIN)}|{re.escape(END)})[ \t]*\r?$\n?", re.MULTILINE)
_STATES = "".join(status.glyph for status in Status)
_FACTS = re.compile(
    rf"\A\s*# [^\n]*\n(?:\s*(?:[^\n]+\n)?(?:[^\n]* · )?[{_STATES}] [^\n]*(?:\n(?:★|\\#)[^\n]*)?)?"
)
"""The title and the facts of a paper."""
_ABSTRACT = re.compile(r"(?:^>[^\n]*(?:\n|\Z))+", re.MULTILINE)


def tag_called(name: str) -> str:
    """Return what a tag is called in a vault: Obsidian takes no blanks in them."""
    return "-".join(clean_line(name).split())


def parted(text: str) -> tuple[str, str]:
    """Return what stands between the fences of the properties, and what comes behind them."""
    found = _MATTER.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def is_marked(text: str) -> bool:
    """Tell whether a file has both marks, each once."""
    return [found[0] for found in _MARK.finditer(text)] == [BEGIN, END] and BLOCK.search(text) is not None


def words_in(text: str) -> tuple[str, str]:
    """Return what a file of a vault has of the note, and what its reader wrote elsewhere in it.

    Of a file whose marks are broken all that is not told to be papertrail's is the reader's.

    Args:
        text: with newlines as line ends.
    """
    rest = parted(text)[1]
    block = BLOCK.search(rest) if is_marked(text) else None
    beside, own = (BLOCK.sub("", rest), block[0]) if block is not None else ("", rest)
    head, _, note = _ANY.sub("", own).partition(NOTE)
    written = "\n\n".join(part for part in (beside.strip("\n"), by_hand(head)) if part)
    return undefused(note).strip("\n"), written


def by_hand(head: str, link: str = "[[") -> str:
    """Return what somebody wrote among what papertrail says above a note.

    Args:
        head: with newlines as line ends.
        link: how those begin that papertrail makes there; empty where it may make none.
    """
    ours = re.compile(rf"- (?:\d+ of \d+ in|builds on|built on by|named in the notes of) {re.escape(link)}")
    told = _ABSTRACT.sub("", _FACTS.sub("", head), count=1)
    kept = "\n".join(line for line in told.split("\n") if not ours.match(line))
    return re.sub(r"\n{3,}", "\n\n", kept).strip("\n")


def defused(markdown: str) -> str:
    """Return a note's Markdown in which no line is a mark of ours."""
    return re.sub(r"%%(?=[ \t]*papertrail:)", "%\\\\%", markdown)


def undefused(markdown: str) -> str:
    """Return Markdown as it was before `defused`."""
    return re.sub(r"%\\%(?=[ \t]*papertrail:)", "%%", markdown)
