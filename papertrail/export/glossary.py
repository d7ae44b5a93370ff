"""What terms mean, out of the lines `Term: …` that notes have."""

import re
from collections.abc import Iterator

from papertrail.domain.text import clean_line

_MARKS = r"(?:[*_`]{1,3})?"
_TERM = re.compile(
    rf" {{0,3}}(?:[-*+] +)?{_MARKS}(?P<term>[^\s:：*_`>#|][^:：\n]{{0,59}}?){_MARKS} ?[:：]{_MARKS}"
    r"(?:(?<=：)|\s)\s*(?P<means>\S.*)"
)


def terms(markdown: str) -> Iterator[tuple[str, str]]:
    """Yield each term with what it means, Markdown on one line; lines that follow go on with it."""
    found: list[str] = []
    term = ""
    for line in [*markdown.split("\n"), ""]:
        goes_on = bool(found) and line[:2].isspace() and line.strip()[:2] not in ("- ", "* ", "+ ")
        match = None if goes_on else _TERM.fullmatch(line)
        if match is None and line.strip() and found and not line.lstrip().startswith(("#", "|", ">", "```")):
            found.append(line.strip())
            continue
        if found:
            yield term, " ".join(found)
        term, found = (
            (clean_line(match["term"]).strip("*_` "), [match["means"].strip()]) if match else ("", [])
        )
