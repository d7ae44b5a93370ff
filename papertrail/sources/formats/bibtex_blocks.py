"""A bibliography taken apart into its blocks: plain entries at once, whatever else by bibtexparser.

bibtexparser looks at each brace, comma and line end by itself, which takes half of the time that a file
takes to be read. Nearly every entry is one that a program wrote, in which there is nothing to decide.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from bibtexparser.model import Block
from bibtexparser.splitter import Splitter

# What stands so at the beginning of a line is a block for bibtexparser wherever it is met, also within one
# that does not end: so each can be read by itself.
_BEGIN = re.compile(r"\n[^\S\n]*(?=@\w*[ \t]*[{(])")
_HEAD = re.compile(r"@(?!comment|string|preamble)(\w+)[ \t]*\{([^{}\",=\\@]*),", re.IGNORECASE)
# What text has at the beginning of a line, a decorator or a macro: no entry, which has a key and a comma.
NO_ENTRY = re.compile(
    r"@(?!comment|string|preamble)\w+[ \t]*(?:\{[^{}(),=]*\}|\([^{}(),=]*\))", re.IGNORECASE
)
# Braces within braces within braces, or quotation marks, or a word.
_FIELD = re.compile(
    r"([^{}\",=\\@%]+)=\s*"
    r"(\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+\}|\"[^\"{}\\]*\"|[\w.:/+-]+)\s*([,}])"
)


class PlainEntry(NamedTuple):
    """An entry of which each part is where one looks for it.

    Attributes:
        kind: behind the `@`.
        key: by which it is cited.
        fields: values as they are written by their small names.
    """

    kind: str
    key: str
    fields: dict[str, str]


def blocks(text: str) -> Iterator[tuple[int, PlainEntry | Block]]:
    """Yield each block, and how many lines stand before what its own lines are counted from.

    Args:
        text: with newlines as line ends.
    """
    text = f"\n{text}"  # so that each beginning, which is sought by it, has one before it
    starts = [found.end() for found in _BEGIN.finditer(text)]
    line = -1
    parts = [text[start:end] for start, end in pairwise([0, *starts, len(text)])]
    at = 0
    while at < len(parts):
        part, entry = parts[at], _plain_entry(parts[at])
        at += 1
        end = at
        if entry is None and _HEAD.match(part):
            while end < len(parts) and NO_ENTRY.match(parts[end]):
                end += 1
        if end > at and (entry := _plain_entry(whole := "".join(parts[at - 1 : end]))) is not None:
            part, at = whole, end  # whose value goes on behind such a word
        if entry is not None:
            yield line, entry
        elif part and not part.isspace():
            yield from ((line, block) for block in Splitter(part).split().blocks)
        line += part.count("\n")


def _plain_entry(part: str) -> PlainEntry | None:
    """Return the entry that a part of a bibliography is; None where it is none, or takes more to be read."""
    head = _HEAD.match(part)
    if head is None or "\\{" in part or "\\}" in part:  # of which braces none is one
        return None
    fields: dict[str, str] = {}
    at, after = head.end(), ","
    while after == "," and (found := _FIELD.match(part, at)):
        name, value, after = found.groups()
        name = name.strip().lower()
        if not name or name in fields:
            return None
        fields[name] = value
        at = found.end()
    if part[at:].strip() != ("}" if after == "," else ""):
        return None
    return PlainEntry(head[1].lower(), head[2].strip(), fields)
