"""The one door to the terminal: everything said is cleaned here, and coloured only after that."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, TextIO

import click

from papertrail.domain.text import clean

_WIDTH_IN_PIPES = 80
_USUAL_HEIGHT = 24
_WIDEST_TEXT = 88
_ALIGNED = 500  # rows of a table that are looked at before they are written
_ALIGNED_ON_SCREEN = 200  # the same where most are never looked at, as a reader leaves the pager before
_MOST_COLUMNS = 5_000  # more than any terminal has


class Tint(NamedTuple):
    """A piece of text with one of a few styles, shown on terminals only."""

    text: str
    style: str


Part = str | Tint

_STYLES: dict[str, dict[str, object]] = {
    "title": {"bold": True},
    "quiet": {"dim": True},
    "good": {"fg": "green"},
    "owed": {"fg": "yellow"},
    "active": {"fg": "cyan"},
    "bad": {"fg": "red"},
    "removed": {"fg": "red", "strikethrough": True},
    "added": {"fg": "green"},
    "ramp 1": {"fg": "yellow", "dim": True},
    "ramp 2": {"fg": "yellow"},
    "ramp 3": {"fg": "yellow", "bold": True},
    "ramp 4": {"fg": "bright_yellow", "bold": True},
}


def prepare_streams() -> None:
    """Let output that the terminal's encoding does not know be replaced instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


class _Paged(NamedTuple):
    """A pager's pipe, which stands for the terminal behind it."""

    pipe: TextIO
    terminal: TextIO


_paged: list[_Paged] = []  # one at most


@contextmanager
def paged(pipe: TextIO) -> Iterator[None]:
    """Write what goes to standard output into a pager's pipe, as for the terminal that it shows it on."""
    _paged.append(_Paged(pipe, sys.stdout))
    sys.stdout = pipe
    try:
        yield
    finally:
        sys.stdout = _paged.pop().terminal


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a stream is there and a terminal, or the pager that shows it on one."""
    try:
        return stream is not None and (any(stream is one.pipe for one in _paged) or stream.isatty())
    except ValueError:  # closed
        return False


def is_coloured() -> bool:
    """Tell whether styles are shown on standard output."""
    return _is_coloured(sys.stdout)


def line_width() -> int | None:
    """Return how many cells a line may take, or None when standard output is no terminal."""
    if not is_terminal(sys.stdout):
        return None
    try:
        return min(int(os.environ["COLUMNS"]), _MOST_COLUMNS)
    except (KeyError, ValueError):
        pass
    try:
        return _terminal_size().columns or _WIDTH_IN_PIPES
    except (OSError, ValueError):
        return _WIDTH_IN_PIPES


def screen_height() -> int:
    """Return how many lines the terminal at standard output has."""
    try:
        return _terminal_size().lines or _USUAL_HEIGHT
    except (OSError, ValueError):
        return _USUAL_HEIGHT


def _terminal_size() -> os.terminal_size:
    stream = _paged[0].terminal if _paged else sys.stdout
    return os.get_terminal_size(stream.fileno())


def text_width() -> int:
    """Return how wide running text is set."""
    return max(min(line_width() or _WIDTH_IN_PIPES, _WIDEST_TEXT), 20)


def size_words(size: int) -> str:
    """Return how large a file is: `640 KB`, `1.2 MB`."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(size // 1000, 1)} KB"


def say(*parts: Part) -> None:
    """Write one line of data to standard output."""
    _write(sys.stdout, (parts,))


def say_lines(lines: Iterable[Sequence[Part]]) -> None:
    """Write many lines of data to standard output at once."""
    _write(sys.stdout, lines)


def say_raw(data: bytes) -> None:
    """Write UTF-8 text as it is: byte for byte into a pipe; on a terminal cleaned, its newlines kept."""
    if sys.stdout is None:
        return
    if is_terminal(sys.stdout):
        text = clean(data.decode("utf-8", "replace"))
        click.echo(_signs_for(sys.stdout, text), nl=not text.endswith("\n"))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


def say_json(value: object) -> None:
    """Write one JSON document to standard output, without characters a terminal acts upon."""
    import json

    ascii_only = not _speaks_utf8(sys.stdout)
    click.echo(clean(json.dumps(value, ensure_ascii=ascii_only, indent=2)))


def say_json_list(name: str, values: Iterable[object]) -> None:
    """Write a JSON document that holds one list, as `say_json` would, entry by entry."""
    import json

    ascii_only = not _speaks_utf8(sys.stdout)
    begin = f"{{\n  {json.dumps(name)}: ["
    for value in values:
        text = json.dumps(value, ensure_ascii=ascii_only, indent=2).replace("\n", "\n    ")
        click.echo(clean(f"{begin}\n    {text}"), nl=False)
        begin = ","
    click.echo("\n  ]\n}" if begin == "," else f"{begin}]\n}}")


def hint(*parts: Part) -> None:
    """Write one line that is no data (progress, what to do next) to standard error."""
    _write(sys.stderr, (parts,))


_warned: set[str] = set()


def warn(text: str) -> None:
    """Write one line of warning or error to standard error, the same one once."""
    if text in _warned:
        return
    _warned.add(text)
    _write(sys.stderr, ((Tint("papertrail:", "bad"), f" {text}"),))


def say_table(
    rows: Iterable[Sequence[Part]],
    *,
    right: frozenset[int] = frozenset(),
    least: Callable[[], Sequence[int]] | None = None,
    below: Callable[[int], Sequence[Part]] | None = None,
) -> None:
    """Write rows in aligned columns to standard output; the last column is cut to the terminal's width.

    In a pipe nothing is cut and an empty cell is `-`, so that the columns can be told apart. Columns are as
    wide as they need to be for the first rows, and become wider further down where a cell is: what is long is
    written as it comes.

    Args:
        rows: each with the same number of cells.
        right: numbers of the columns set to the right.
        least: gives how wide the columns but the last are to be at least, asked where there are many rows.
        below: gives what stands on a line of its own below a row, by the row's number from 0; mostly nothing.
    """
    from itertools import islice

    from papertrail.cli.cells import fit, width

    limit = line_width()
    empty = "-" if limit is None else ""
    colour = _is_coloured(sys.stdout)
    coming = iter(rows)
    widths: Sequence[int] = ()
    written = 0
    at_once = _ALIGNED if limit is None else _ALIGNED_ON_SCREEN
    while table := list(islice(coming, at_once)):
        *columns, last = zip(*table, strict=True)
        if not widths:
            widths = least() if least is not None and len(table) == at_once else (0,) * len(columns)
        cleaned = [{part: _cleaned(part, empty) for part in set(column)} for column in columns]
        widths = [
            max(known, *(width(text) for text, _ in parts.values()))
            for known, parts in zip(widths, cleaned, strict=True)
        ]
        shown: list[Iterable[str]] = []
        for number, (column, parts) in enumerate(zip(columns, cleaned, strict=True)):
            cells = {
                part: _set(_styled(text, style, colour), widths[number] - width(text), number in right)
                for part, (text, style) in parts.items()
            }
            shown.append([cells[part] for part in column])
        room = None if limit is None else max(limit - sum(widths) - 2 * len(widths), 1)
        texts = [_cleaned(part, empty) for part in last]
        shown.append(
            _styled(text if room is None else fit(text, room), style, colour) for text, style in texts
        )
        lines = ["  ".join(cells).rstrip() for cells in zip(*shown, strict=True)]
        if below is not None:
            lines = [
                one for n, line in enumerate(lines, written) for one in (line, *_below(below(n), colour))
            ]
        written += len(table)
        _emit(sys.stdout, "\n".join(lines), colour)


def _below(parts: Sequence[Part], colour: bool) -> list[str]:
    return ["".join(_styled(*_cleaned(part), colour) for part in parts).rstrip()] if parts else []


def _set(shown: str, blanks: int, to_the_right: bool) -> str:
    """Return a cell with blanks before or after it."""
    return " " * blanks + shown if to_the_right else shown + " " * blanks


def _write(stream: TextIO | None, lines: Iterable[Sequence[Part]]) -> None:
    colour = _is_coloured(stream)
    shown = ("".join(_styled(*_cleaned(part), colour) for part in parts) for parts in lines)
    _emit(stream, "\n".join(line.rstrip() for line in shown), colour)


def _cleaned(part: Part, empty: str = "") -> tuple[str, str]:
    """Return a part's text, safe on one line, and its style; this is where every text is cleaned.

    Args:
        part: what is to be shown.
        empty: stands for an empty text.
    """
    text, style = part if isinstance(part, Tint) else (part, "")
    if not text.isprintable():  # printable text holds nothing that cleaning takes out
        text = clean(text).replace("\n", " ").replace("\t", " ")
    return text or empty, style


def _styled(text: str, style: str, colour: bool) -> str:
    """Return cleaned text in its style."""
    return click.style(text, **_STYLES[style]) if colour and style and text else text  # type: ignore[arg-type]


def _is_coloured(stream: TextIO | None) -> bool:
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _emit(stream: TextIO | None, text: str, colour: bool) -> None:
    """Write text that is cleaned and styled, with a line end."""
    if stream is not None:
        click.echo(_signs_for(stream, text), file=stream, color=colour)


def _speaks_utf8(stream: TextIO | None) -> bool:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return encoding.lower().replace("-", "").replace("_", "") == "utf8"


def _signs_for(stream: TextIO | None, text: str) -> str:
    """Return `text` with our own signs in ASCII where the stream cannot take them."""
    if text.isascii() or _speaks_utf8(stream):
        return text
    from papertrail.domain.plain_signs import PLAIN_SIGNS

    return text.translate(PLAIN_SIGNS)
