"""Bytes of a note's file to text and back: UTF-8, and the line ends the reader's other programs made."""


def decode_note(data: bytes) -> str:
    """Return the text of a file, with newlines as line ends where every line ends in CR LF, else as it is.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    text = data.decode("utf-8")
    return text.replace("\r\n", "\n") if _ends_in_crlf(data) else text


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
