"""Links from one note to another: `[[key]]` as Obsidian writes them, `[text](key.md)`, and `### from key`."""

import re

from papertrail.domain.wiki_links import CODE

# One walk over the text: code comes first, since what stands in it is no link. A heading is one by its first
# words, also where its key is set as code.
_PIECES = rf"""
    (?P<heading>^[ ]{{0,3}}\#{{2,6}}[ \t]+from[ \t]+[`*_\[]*)KEY(?P<closing>(?![A-Za-z0-9-])[`*_]*)
  | {CODE}
  | (?P<wiki>\[\[(?:[^\[\]|\#\n]*/)?)KEY(?=(?:\.md)?(?:(?:\#|\\?\|)[^\[\]\n]*)?\]\])
  | (?P<inline>(?:\]\(|^[ ]{{0,3}}\[[^\[\]\n]+\]:)[ \t]*<?(?:[^\s()<>:?\#]*/)?)KEY(?=\.md(?:[\#?)>\s]|\Z))
"""


def with_links_to(text: str, key: str, new: str) -> str:
    """Return a note whose links to one paper lead to another key; code and addresses stay as they are.

    Args:
        text: with newlines as line ends.
        key: as it is.
        new: as it is to be.
    """
    if key not in text.casefold():
        return text
    named = _PIECES.replace("KEY", f"(?:{re.escape(key)})")
    pieces = re.compile(named, re.IGNORECASE | re.MULTILINE | re.VERBOSE)

    def follow(found: re.Match[str]) -> str:
        begin = found["heading"] or found["wiki"] or found["inline"]
        return found[0] if begin is None else f"{begin}{new}{found['closing'] or ''}"

    return pieces.sub(follow, text)
