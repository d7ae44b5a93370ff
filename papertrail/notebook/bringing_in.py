"""What another program kept of a paper, put into its note."""

import re
from collections.abc import Sequence
from itertools import pairwise

from papertrail.domain.yaml_text import yaml_string
from papertrail.notebook.front_matter import split_front_matter
from papertrail.notebook.outline import newlines

BROUGHT_IN = "Brought in"
"""The section of what other programs kept; the template does not ask for it."""
_HEADING = re.compile(r"^(#{1,2})(?=[ \t])", re.MULTILINE)
_FEW = 3  # words, of which fewer may stand within others by chance
_SECTION = re.compile(rf"^## {BROUGHT_IN}[ \t]*\n", re.MULTILINE)
_NEXT = re.compile(r"^## ", re.MULTILINE)
_SAID = re.compile(r"\A(?:## .*\n)?(?:\s|<!--.*?-->|Q:|A:)*(?!\s|<!--|Q:|A:)\S", re.DOTALL)
"""More than a heading and what the template says below it."""


def with_body(note: str, body: str, numbers: Sequence[str] = ()) -> str:
    """Return a new note, as the template has it down to its title, with another text below that.

    Args:
        note: that the template makes.
        body: Markdown.
        numbers: for the front matter, if the template has any.
    """
    begin = _NEXT.search(note)
    matter, head = split_front_matter(note if begin is None else note[: begin.start()])
    if numbers and matter:
        lines, fence, _ = matter.rstrip("\n").rpartition("---")
        listed = "".join(f"  - {yaml_string(one)}\n" for one in numbers)
        matter = f"{lines}numbers:\n{listed}{fence}\n"
    return f"{matter}{head.rstrip()}\n\n{newlines(body).strip()}\n"


def with_brought_in(note: str, text: str) -> str:
    """Return a note with a text at the end of its section of what was brought in; as it is if that has it.

    Args:
        note: with any line ends.
        text: Markdown; its headings become those of parts of the section.
    """
    said = _HEADING.sub("###", newlines(split_front_matter(newlines(text))[1]).strip())
    if not said or _has(note, said) or (len(said.split()) >= _FEW and said in newlines(note)):
        return note
    begin = _SECTION.search(note)
    if begin is None:
        return (
            f"{note.rstrip()}\n\n## {BROUGHT_IN}\n\n{said}\n"
            if note.strip()
            else f"## {BROUGHT_IN}\n\n{said}\n"
        )
    after = _NEXT.search(note, begin.end())
    end = len(note) if after is None else after.start()
    head, tail = note[:end].rstrip(), note[end:]
    return f"{head}\n\n{said}\n" + (f"\n{tail}" if tail else "")


def sections_beyond(note: str, body: str) -> str:
    """Return those sections of another text of a note that the note has not, nor what was brought in of them.

    Args:
        note: with any line ends.
        body: Markdown.
    """
    starts = [0, *(found.start() for found in _NEXT.finditer(body)), len(body)]
    parts = (body[begin:end].strip() for begin, end in pairwise(starts))
    return "\n\n".join(
        part
        for part in parts
        if _SAID.search(part) and not _has(note, part) and not _has(note, _HEADING.sub("###", part))
    )


def _has(note: str, said: str) -> bool:
    """Tell whether a note has whole lines, blanks at their ends aside."""
    wanted = [line.rstrip() for line in newlines(said).split("\n")]
    if wanted[0] not in note:
        return False
    there = [line.rstrip() for line in newlines(note).split("\n")]
    return "\n".join(("", *wanted, "")) in "\n".join(("", *there, ""))
