"""The text of a file that somebody's program wrote, whatever it is written in."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decoded(data: bytes) -> str:
    r"""Return bytes as text, `\n` between its lines: UTF-8, else UTF-16 where a mark says so, else Windows'.

    A byte that is no sign of Windows-1252 either becomes that of Latin-1, so nothing is lost or refused.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            break
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("latin-1").translate(_WINDOWS)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _windows() -> dict[int, str]:
    signs = {}
    for byte in range(0x80, 0xA0):
        sign = bytes([byte]).decode("cp1252", "ignore")
        if sign:
            signs[byte] = sign
    return signs


_WINDOWS = _windows()
