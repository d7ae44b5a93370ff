"""Data as Markdown that cannot become markup: escaped text, file names, links."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from papertrail.domain.keys import is_valid_key
from papertrail.domain.text import clean_line, fold

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~$&@-])")
# Nothing is tried twice, so that a long text takes no longer than its letters.
_PLAIN = re.compile(r"[A-Za-z,;?'][A-Za-z0-9,;?' ]*+(?:(?<=[A-Za-z0-9])-(?=[A-Za-z0-9])[A-Za-z0-9,;?' ]++)*+")
_NOT_IN_NAMES = re.compile(r"[^\w]+")
_SAFE = re.compile(r"[A-Za-z0-9/:.#?=&%_~-]*")
_NUMBERED = re.compile(r"^(\d+)([.)])")
_ADDRESS = re.compile(r"[a-z0-9_-]+")
_NOT_IN_ADDRESS = re.compile(r"[^\w -]")
_LONGEST_NAME = 60
_REMEMBERED = 20_000  # texts: stories say each key and title several times


def inert(text: str) -> str:
    """Return data as Markdown that shows exactly that text, on one line.

    A hyphen inside a word needs no escape and keeps `R-CNN` readable in the source.
    """
    return text if _is_plain(text) else _escaped(text)


def _is_plain(text: str) -> bool:
    """Tell whether there is nothing to escape, as in most texts, and no blank to be taken out."""
    return _PLAIN.fullmatch(text) is not None and text[-1] != " " and "  " not in text


@lru_cache(maxsize=_REMEMBERED)
def _escaped(text: str) -> str:
    line = clean_line(text)
    escaped = _SPECIAL.sub(r"\\\1", line)
    if "-" in line:
        escaped = re.sub(r"(?<=\w)\\-(?=\w)", "-", escaped)
    if "_" in line and "__" not in escaped:
        escaped = re.sub(r"(?<=\w)\\_(?=\w)", "_", escaped)
    escaped = _NUMBERED.sub(r"\1\\\2", escaped)
    # Obsidian hides what stands between %% and marks what stands between ==.
    escaped = escaped.replace("%%", "\\%\\%").replace("==", "\\=\\=")
    # `www.x.org` and `http://` would be made links by viewers that follow GitHub's rules.
    return escaped.replace("://", "\\://").replace("www.", "www\\.")


def inert_inside(text: str) -> str:
    """Return data as `inert` does, for the middle of a line, where a number begins no list."""
    if _is_plain(text):
        return text
    return inert(f"x {text}").removeprefix("x").removeprefix(" ")


def anchor(heading: str) -> str:
    """Return the address GitHub gives a heading within its page; `heading` is data.

    Obsidian looks for the heading's text instead: both agree where it is one word, or words and hyphens.
    """
    if _ADDRESS.fullmatch(heading):
        return heading
    return _NOT_IN_ADDRESS.sub("", clean_line(heading).lower()).replace(" ", "-")


def link(label: str, target: str) -> str:
    """Return a link to a file or page, the label alone without one; `label` is data, `target` ours."""
    if not target:
        return inert(label)
    address = target if _SAFE.fullmatch(target) else quote(target, safe="/:.#?=&%-_~")
    return f"[{inert(label)}]({address})"


def file_names(names: Iterable[str]) -> dict[str, str]:
    """Return for each lineage name a file name without ending: readable, safe everywhere, unique.

    Letters of any script stay; `R-CNN to Faster R-CNN` becomes `r-cnn-to-faster-r-cnn`.
    """
    taken: set[str] = set()
    found: dict[str, str] = {}
    for number, name in enumerate(names, start=1):
        stem = _NOT_IN_NAMES.sub("-", fold(name).replace("_", "-")).strip("-")[:_LONGEST_NAME].strip("-")
        if not stem or (stem.isascii() and not is_valid_key(stem)):
            stem = f"lineage-{number}"
        unique, count = stem, 1
        while unique in taken:
            count += 1
            unique = f"{stem}-{count}"
        taken.add(unique)
        found[name] = unique
    return found
