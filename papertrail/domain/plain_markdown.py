"""Markdown of headings, paragraphs and comments alone, as most notes are: taken apart without a parser.

The parser of Markdown takes a millisecond a note, and a tenth of a second to import.
"""

import re
from typing import NamedTuple

# Lines that mean the same wherever they stand: nothing, a heading, text that begins with a letter.
_HEADING = re.compile(r"(#{1,6}) ([^\s#](?:.*[^\s#])?)")
_COMMENT, _COMMENT_ENDS = "<!--", "-->"


class Block(NamedTuple):
    """One of the tokens that markdown-it would give, with what is read of them."""

    type: str
    tag: str
    level: int
    map: list[int] | None
    content: str
    markup: str


def plain_blocks(markdown: str) -> list[Block] | None:
    """Return the blocks of Markdown as markdown-it would; None where there is more to it."""
    lines = markdown.split("\n")
    has_signs = "\r" in markdown or "\t" in markdown or "\0" in markdown
    if has_signs or "\n".join(map(str.rstrip, lines)) != markdown:  # blanks at the end of a line
        return None
    found: list[Block] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        start, number = number, number + 1
        if not line:
            continue
        if line[0].isalpha():
            while number < len(lines) and (lines[number] and lines[number][0].isalpha()):
                number += 1
            content, tag, markup = "\n".join(lines[start:number]), "p", ""
        elif heading := _HEADING.fullmatch(line):
            markup, content = heading.groups()
            tag = f"h{len(markup)}"
        elif line.startswith(_COMMENT):
            while _COMMENT_ENDS not in lines[number - 1]:
                if number == len(lines):
                    return None
                number += 1
            text = "\n".join(lines[start:number]) + "\n" * (number < len(lines))
            found.append(Block("html_block", "", 0, [start, number], text, ""))
            continue
        else:
            return None
        kind = "paragraph" if tag == "p" else "heading"
        found += (
            Block(f"{kind}_open", tag, 0, [start, number], "", markup),
            Block("inline", "", 1, [start, number], content, ""),
            Block(f"{kind}_close", tag, 0, None, "", markup),
        )
    return found
