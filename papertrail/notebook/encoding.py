"""Bytes of a note's file to text and back: UTF-8, and the line ends the reader's other programs made."""

import codecs
import re

# The longest first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_WESTERN = "windows-1252"
_LONE = "papertrail.western"


def decode_note(data: bytes) -> str:
    """Return the text of a file, with newlines as line ends where every line ends in CR LF, else as it is.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    text = data.decode("utf-8")
    return text.replace("\r\n", "\n") if _ends_in_crlf(data) else text


def decode_anyway(data: bytes) -> str:
    """Return the text of a file as `decode_note` does, with U+FFFD for what is not UTF-8."""
    return decode_note(data.decode("utf-8", "replace").encode("utf-8"))


def decode_foreign(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of a file that is not UTF-8, and the encoding it was taken for.

    Without being told, files that begin with a mark of UTF-16 or UTF-32 are taken for that, and bytes that
    stand alone between ASCII for Western Europe's; whatever is UTF-8 among them stays.

    Raises:
        LookupError: there is no such encoding.
        UnicodeError: the file is not in it, or what it is in cannot be told.
    """
    if encoding is not None:
        return data.decode(encoding).removeprefix("\ufeff"), codecs.lookup(encoding).name
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name), name
    lone = [run[0] for run in _BEYOND_ASCII.finditer(data) if not _is_utf8(run[0])]
    if b"\0" in data or sum(map(len, lone)) > 2 * len(lone):  # é à la fin: one, seldom two
        raise UnicodeError("what it is in cannot be told")
    codecs.register_error(_LONE, _western)
    return data.decode("utf-8", _LONE), _WESTERN


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _western(error: UnicodeError) -> tuple[str, int]:
    """Return for bytes that are not UTF-8 what Western Europe's encoding makes of them."""
    assert isinstance(error, UnicodeDecodeError)
    lone = error.object[error.start : error.end]
    try:
        return lone.decode(_WESTERN), error.end
    except UnicodeDecodeError:  # five bytes of it stand for nothing
        return lone.decode("latin-1"), error.end


def encode_note(text: str, before: bytes) -> bytes:
    """Return the bytes of a text, with the line ends of the version that was there before."""
    if "\r" not in text and _ends_in_crlf(before):
        text = text.replace("\n", "\r\n")
    return utf8(text)


def utf8(text: str) -> bytes:
    """Return text as UTF-8; lone surrogates, which no file can hold, become U+FFFD."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")


def _ends_in_crlf(data: bytes) -> bool:
    """Tell whether each line of a file ends in CR LF, and there is one."""
    pairs = data.count(b"\r\n")
    return pairs > 0 and pairs == data.count(b"\r") == data.count(b"\n")
