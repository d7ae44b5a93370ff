"""A text that comes on standard input, typed or through a pipe."""

import sys

from papertrail.cli import output
from papertrail.domain.errors import BadInput


def typed_text(what: str, empty: BadInput) -> str:
    """Return standard input as text.

    Args:
        what: is asked for on a terminal, as `type the note`.
        empty: raised where nothing came.

    Raises:
        BadInput: it is empty, or no UTF-8.
    """
    if output.is_terminal(sys.stdin):
        output.hint(f"{what}, end it with ctrl+d on a line of its own")
    data = b"" if sys.stdin is None else sys.stdin.buffer.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"the text is not UTF-8 (byte {error.start})", "convert it first, for example with iconv -t utf-8"
        ) from error
    if not text.strip():
        raise empty
    return text
