"""The text of a file that somebody's program wrote, whatever it is written in."""

import codecs

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decoded(data: bytes) -> str:
    r"""Return bytes as text, `\n` between its lines: UTF-8, or UTF-16 where a mark says so.

    What is no UTF-8 among it is taken for Windows-1252, byte by byte: one that a program broke takes no
    other word along. A byte that is no sign of that either becomes Latin-1's: nothing is lost or refused.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            break
    else:
        text = data.decode("utf-8", _HANDLER)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _windows() -> dict[int, str]:
    signs = {}
    for byte in range(0x80, 0xA0):
        sign = bytes([byte]).decode("cp1252", "ignore")
        if sign:
            signs[byte] = sign
    return signs


def _western(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    return wrong.decode("latin-1").translate(_WINDOWS), error.end


_WINDOWS = _windows()
_HANDLER = "papertrail.windows"
codecs.register_error(_HANDLER, _western)
