"""CSV files as spreadsheets write them: which bytes are which text, and what stands between the cells."""

import csv
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from papertrail.domain.errors import BadInput, NotFound, StorageError

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; the packaged seeds take 180 a paper."""
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
"""What may stand between cells: spreadsheets write what is usual where their user lives."""
NOT_TEXT = re.compile("[\x00\ud800-\udfff]")  # bytes that are no text become lone surrogates

_SEP_LINE = re.compile(r'"?sep=([,;\t|:~^])"?[,;\t]*[\r\n]*', re.IGNORECASE)
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|[\r\n]|\Z)")
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_UTF_32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")


def read_utf8(path: Path, name: str) -> tuple[bytes, str]:
    """Return the file's text as UTF-8, without a mark, and what it is written in, `UTF-8` or `UTF-16`.

    UTF-16 is what spreadsheets call Unicode text. The bytes may be no text.

    Args:
        path: the file.
        name: how it is called in what is raised.

    Raises:
        NotFound: there is no such file.
        BadInput: it is a folder, or too large.
        StorageError: it cannot be read.
    """
    try:
        if path.is_dir():
            raise BadInput(f"{name} is a folder", "name the CSV file in it")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size  # as much as is asked for is set aside
            data = file.read(size + 1 if 0 < size < LARGEST_FILE else LARGEST_FILE + 1)
            if 0 < size < len(data):  # it grows, or is no ordinary file
                data += file.read(LARGEST_FILE + 1 - len(data))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise NotFound(f"there is no file {name}") from None
    except OSError as error:
        raise StorageError(f"{name} cannot be read", error.strerror or type(error).__name__) from error
    if len(data) > LARGEST_FILE:
        raise BadInput(f"{name} is larger than {LARGEST_FILE // 1024 // 1024} MiB", "is it a list of papers?")
    if encoding := _utf_16(data):
        text = data[: len(data) // 2 * 2].decode(encoding, errors="surrogatepass")
        return text.removeprefix("\ufeff").encode(errors="surrogatepass"), "UTF-16"
    return data.removeprefix(b"\xef\xbb\xbf"), "UTF-8"


def _utf_16(data: bytes) -> str | None:
    """Return which UTF-16 some bytes are, told by their mark, else by the zeros of a header in ASCII."""
    if data.startswith(_UTF_32):
        return None
    if encoding := _UTF_16.get(data[:2]):
        return encoding
    start = data[:400]
    pairs = len(start) // 2
    first, second = start[0 : 2 * pairs : 2].count(0), start[1 : 2 * pairs : 2].count(0)
    if pairs and 10 * second >= 7 * pairs and not first:
        return "utf-16-le"
    return "utf-16-be" if pairs and 10 * first >= 7 * pairs and not second else None


class Place(NamedTuple):
    """Where a line begins: its number, counted from 0, and its byte."""

    line: int
    byte: int


class CsvLines:
    """The physical lines of a file as an iterator whose place `at` can be set back.

    `separator` stands between the cells of a row; spreadsheets may name it in a first line like `sep=;`.
    Lines are taken out of the bytes one by one, so that a large file takes no more than its size. Bytes that
    are no text become lone surrogates.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = Place(0, 0)
        named = _SEP_LINE.fullmatch(next(self, ""))
        self.named = named[1] if named else ""
        self._begin = self.at if named else Place(0, 0)
        self.begin(self.named or ",")

    def begin(self, separator: str) -> None:
        """Go to the first line of the table, whose cells `separator` parts."""
        self.separator, self.at = separator, self._begin

    @property
    def candidates(self) -> Iterable[str]:
        """What may stand between the cells, the likeliest first."""
        return dict.fromkeys((*self.named, *SEPARATORS))

    @property
    def separator_word(self) -> str:
        """The word for the separator."""
        return SEPARATORS.get(self.separator, f"sign {self.separator}")

    @property
    def parted_by(self) -> str:
        """The word for the separator, with its article."""
        return f"a {self.separator_word}"

    @property
    def misquoted(self) -> str:
        """What is wrong with a row whose quotation marks cannot be understood."""
        ends = f"text in quotation marks ends before {self.parted_by}"
        return f'a quotation mark stands alone: {ends}, with "" for one inside'

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line, byte = self.at
        if byte == len(self._data):
            raise StopIteration
        match = _LINE.match(self._data, byte)
        assert match is not None
        self.at = Place(line + 1, match.end())
        return match[0].decode(errors="surrogateescape")

    def row(self) -> list[str] | None:
        """Return the cells of the next row, which may take several lines; None at the end.

        Raises:
            csv.Error: misplaced quotation marks, or a cell too long.
        """
        return next(csv.reader(self, delimiter=self.separator, strict=True, skipinitialspace=True), None)

    def first_row(self) -> list[str] | None:
        """Return the cells of the next row that is not blank; None when there is none.

        Raises:
            csv.Error: misplaced quotation marks, or a cell too long.
        """
        cells = self.row()
        while cells is not None and not any(map(str.strip, cells)):
            cells = self.row()
        return cells

    def row_at(self, place: Place) -> list[str]:
        """Return the cells of a row that was read before, and go on where one is."""
        here, self.at = self.at, place
        cells = self.row()
        self.at = here
        return cells or []

    def has_blank_after_separator(self, start: Place) -> bool:
        """Tell whether a cell of the row from `start` on begins with a blank, as text with commas does."""
        row = self._data[start.byte : self.at.byte].decode(errors="surrogateescape")
        return any(
            map(str.isspace, (cell[:1] for cell in next(csv.reader([row], delimiter=self.separator), [])))
        )

    def skip_from(self, start: Place) -> str:
        """Go on behind the line at `start`, whatever was read since; return that line."""
        self.at = start
        return next(self)
