"""`[[key]]`, `[[key|words]]` and `[[key#Section]]` in Markdown: what they lead to, and what they become."""

import re
from collections.abc import Callable

from papertrail.domain.note import NoteLink
from papertrail.domain.text import clean_line, shorten

CODE = r"""
    ^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*(?:\n(?![ ]{0,3}(?P=fence))[^\n]*)*(?:\n[^\n]*)?
  | (?<!`)(?P<ticks>`+)(?!`)(?:[^`\n]|\n(?![ \t]*\n)|(?!(?<!`)(?P=ticks)(?!`))`)*(?P=ticks)(?!`)
"""
"""What is code in Markdown, nearly: links in it are none."""
# What Obsidian embeds, with a mark before it, is a picture as a rule. In a table it writes `\|` for the bar.
_WIKI = re.compile(
    rf"""{CODE}
  | !\[\[[^\[\]\n]*\]\]
  | \[\[(?P<target>[^\[\]|\#\n]+?)(?P<section>\#[^\[\]|\n]*?)?(?:\\?\|(?P<words>[^\[\]\n]*))?\]\]
""",
    re.MULTILINE | re.VERBOSE,
)
_MOST, _LONGEST = 1_000, 120


def links_in(text: str) -> tuple[NoteLink, ...]:
    """Return what the `[[…]]` of a note lead to, outside of code, each once with the line of the first.

    Args:
        text: with newlines as line ends.
    """
    if "[[" not in text:
        return ()
    found: dict[str, NoteLink] = {}
    line, at = 1, 0
    for link in _WIKI.finditer(text):
        if link["target"] is None:
            continue
        line, at = line + text.count("\n", at, link.start()), link.start()
        target = _target(link["target"])
        if target and target not in found and len(found) < _MOST:
            found[target] = NoteLink(target, line)
    return tuple(found.values())


def with_wiki_links(text: str, linked: Callable[[str, str], str | None]) -> str:
    """Return Markdown whose `[[…]]` outside of code are what `linked` makes of them; None leaves one.

    Args:
        text: with newlines as line ends.
        linked: is given what a link leads to, and the words that it shows.
    """
    if "[[" not in text:
        return text

    def follow(found: re.Match[str]) -> str:
        if found["target"] is None:
            return found[0]
        target = _target(found["target"])
        words = (found["words"] or "").strip() or f"{found['target'].strip()}{found['section'] or ''}"
        return linked(target, words) or found[0]

    return _WIKI.sub(follow, text)


def _target(text: str) -> str:
    """Return the key that a link names: the file's name without its folder and ending, in small letters.

    Notes about literature are often called `@` and how the paper is cited.
    """
    name = clean_line(text.rpartition("/")[2]).casefold().removeprefix("@")
    return shorten(name.removesuffix(".md").strip(), _LONGEST)
