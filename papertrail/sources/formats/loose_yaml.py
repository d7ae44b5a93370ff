"""Properties as templates write them: a title as it comes, though YAML wants quotes around it."""

import re
from typing import Any

from papertrail.domain.yaml_text import yaml_string
from papertrail.sources.formats.yaml_entries import mapping

_LINE = re.compile(r"(?P<name>[^\W\d][\w ()-]*):[ \t]+(?P<value>\S.*?)[ \t]*\r?")
_CLOSED = {'"': '"', "'": "'", "[": "]", "{": "}"}


def loose_mapping(text: str) -> dict[str, Any]:
    """Return what properties say, where need be with single lines of them taken as they are written.

    The template that comes with Obsidian's Citations plugin is `title: {{title}}`, without quotes: a title
    with a colon, or with brackets at its beginning, is no YAML.

    Raises:
        ValueError: it cannot be read; the message says why.
    """
    try:
        return mapping(text)
    except ValueError:
        lines = text.split("\n")
        following = [*lines[1:], ""]
        mended = [_mended(line, after) for line, after in zip(lines, following, strict=True)]
        if mended == lines:
            raise
        return mapping("\n".join(mended))


def _mended(line: str, after: str) -> str:
    """Return a property with its value in quotes, where alone it is no YAML and does not go on below."""
    found = _LINE.fullmatch(line)
    if found is None or after[:1] in (" ", "\t", "-"):
        return line
    value = found["value"]
    if value[0] in _CLOSED and _CLOSED[value[0]] not in value[1:]:
        return line  # what is begun and not ended is damaged
    try:
        mapping(line)
    except ValueError:
        return f"{found['name']}: {yaml_string(value)}"
    return line
