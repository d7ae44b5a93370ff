"""What is papertrail's in a file of a vault, and what is the reader's.

Ours are properties of our names, and the lines between the marks. All else is the reader's, and stays as it
is, byte for byte. Obsidian writes properties in its own way: they are told apart by what they say.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from papertrail.domain.vault_marks import BEGIN, BLOCK, END, is_marked, parted
from papertrail.domain.yaml_text import yaml_string

PROPERTIES = (
    "papertrail",
    "key",
    "lineage",
    "title",
    "aliases",
    "authors",
    "year",
    "venue",
    "arxiv",
    "doi",
    "status",
    "counted",
    "rating",
    "tags",
    "tag_names",
    "lineages",
    "place",
    "builds_on",
    "numbers",
    "added",
    "started",
    "read",
    "counted_on",
    "papers",
)
"""Those that papertrail writes, in this order."""
SHARED = ("aliases", "tags")
"""Lists in which the reader's own entries stay."""
_NAME = re.compile(r"""^(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'#:\-][^:\n]*?))[ \t]*:(?=\s|$)""")
_ITEM = re.compile(r"""[ \t]*-[ \t]+(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([^\n#]*?))[ \t]*\r?$""")

Value = str | int | bool | Sequence[str]


class Ours(NamedTuple):
    """What papertrail has to say in one file.

    Attributes:
        properties: by name; those that say nothing are left out.
        body: Markdown between the marks.
    """

    properties: Mapping[str, Value]
    body: str

    @property
    def block(self) -> str:
        """The lines from one mark to the other."""
        return f"{BEGIN}\n{self.body.strip()}\n{END}"

    @property
    def text(self) -> str:
        """A new file."""
        matter = "".join(_property(name, self.properties[name]) for name in PROPERTIES if self._says(name))
        return f"---\n{matter}---\n\n{self.block}\n"

    def _says(self, name: str) -> bool:
        return name in self.properties and self.properties[name] not in ("", ())

    @property
    def digest(self) -> str:
        """What `digest_in` makes of a new file, without reading it."""
        block = self.block
        if not is_marked(block):
            return ""
        own = {
            name: _as_read(value)
            for name, value in self.properties.items()
            if name not in SHARED and self._says(name) and value != []
        }
        return _digest(own, block)

    @property
    def lists(self) -> dict[str, list[str]]:
        """Our entries in the lists that the reader adds to."""
        return {name: listed for name in SHARED if (listed := _listed(self.properties.get(name, ())))}

    def put_into(self, text: str, before: Mapping[str, Sequence[str]]) -> str | None:
        """Return a file with what is ours in it as it is to be; None where its marks are broken.

        Args:
            text: the file as it is.
            before: what `lists` gave when it was written last: what is there of it, and ours no more, goes.
        """
        if not is_marked(text):
            return None
        newline = "\r\n" if "\r\n" in text.partition(END)[0] else "\n"
        matter, rest = parted(text)
        kept = _kept(matter, self.properties, before)
        lines = "".join(
            _property(name, [*_listed(self.properties[name]), *kept.more.get(name, ())])
            if name in SHARED
            else _property(name, self.properties[name])
            for name in PROPERTIES
            if self._says(name)
        )
        block = self.block.replace("\n", newline)
        body = BLOCK.sub(lambda _: block + ("\r" if newline == "\r\n" else ""), rest, count=1)
        mark = text[: text.startswith("\ufeff")]
        return f"{mark}---{newline}{lines.replace(chr(10), newline)}{kept.lines}---{newline}{body}"


class _Kept(NamedTuple):
    """What of the properties is the reader's: whole ones as they are written, and entries of shared lists."""

    lines: str
    more: Mapping[str, list[str]]


def digest_in(text: str) -> str:
    """Return what stands for what is ours in a file, however written; empty where its marks are broken."""
    if not is_marked(text):
        return ""
    matter, _ = parted(text)
    own = {
        name: value for name, value in _values(matter).items() if name in PROPERTIES and name not in SHARED
    }
    return _digest(own, BLOCK.findall(text)[0])


def _digest(own: Mapping[str, object], block: str) -> str:
    """Return the digest of properties as they are read, and of the lines between the marks."""
    lines = "\n".join(line.rstrip() for line in block.replace("\r", "").split("\n"))
    told = json.dumps([own, lines], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def is_ours_alone(text: str) -> bool:
    """Tell whether a file holds nothing of the reader's."""
    matter, rest = parted(text)
    return not BLOCK.sub("", rest).strip() and all(name in PROPERTIES for name, _ in _entries(matter) if name)


def _entries(matter: str) -> list[tuple[str, str]]:
    """Return each property with its lines; lines before the first one have no name."""
    found: list[tuple[str, str]] = []
    for line in matter.splitlines(keepends=True):
        name = _NAME.match(line)
        if name is not None:
            found.append((next(one for one in name.groups() if one is not None).strip(), line))
        elif found:
            found[-1] = (found[-1][0], found[-1][1] + line)
        else:
            found.append(("", line))
    return found


def _kept(matter: str, ours: Mapping[str, Value], before: Mapping[str, Sequence[str]]) -> _Kept:
    lines, more = "", dict[str, list[str]]()
    for name, written in _entries(matter):
        if name not in PROPERTIES:
            lines += written if written.endswith("\n") else f"{written}\n"
        elif name in SHARED:
            own = {*_listed(ours.get(name, ())), *before.get(name, ())}
            more[name] = [one for one in _items(written) if one not in own]
            if name not in ours and more[name]:
                lines += _property(name, more[name])
    return _Kept(lines, more)


def _values(matter: str) -> dict[str, object]:
    """Return what the properties say, whatever marks stand around their values."""
    return {
        name: _items(written) if len(written.rstrip().splitlines()) > 1 else _scalar(written)
        for name, written in _entries(matter)
        if name and (_items(written) or _scalar(written))
    }


def _scalar(written: str) -> str:
    value = written.partition(":")[2].strip()
    if value.startswith('"') and value.endswith('"') and len(value) > 1:
        try:
            return str(json.loads(value))
        except ValueError:
            return value
    return value[1:-1].replace("''", "'") if value[:1] == value[-1:] == "'" and len(value) > 1 else value


def _items(written: str) -> list[str]:
    """Return the entries of a list, a line each or between brackets."""
    first = written.partition(":")[2].split("\n")[0].strip()
    if first.startswith("[") and first.endswith("]") and not first.startswith("[["):
        return [one.strip().strip("\"'") for one in first[1:-1].split(",") if one.strip()]
    found = (_ITEM.fullmatch(line) for line in written.split("\n")[1:])
    return [_scalar(f":{one[0].strip()[1:]}") for one in found if one is not None]


def _as_read(value: Value) -> object:
    """Return what `_values` says of a property that `_property` wrote."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | str) else list(value)


def _listed(value: Value) -> list[str]:
    return (
        [value]
        if isinstance(value, str)
        else [str(one) for one in value]
        if isinstance(value, Sequence)
        else []
    )


def _property(name: str, value: Value) -> str:
    if isinstance(value, bool):
        return f"{name}: {str(value).lower()}\n"
    if isinstance(value, int):
        return f"{name}: {value}\n"
    if isinstance(value, str):
        is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", value)
        return f"{name}: {value if is_day else yaml_string(value)}\n"
    return f"{name}:\n" + "".join(f"  - {yaml_string(one)}\n" for one in value)
