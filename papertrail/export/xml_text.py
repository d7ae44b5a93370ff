"""Data as text of XML, on one line without the characters that XML forbids; styles within a picture."""

import re
from html import escape

from papertrail.domain.text import clean_line

_NO_XML = re.compile("[\ufffe\uffff\U0001fffe\U0001ffff]")


def legible(text: str) -> str:
    """Return data on one line without the characters that XML forbids."""
    return _NO_XML.sub("", clean_line(text))


def xml_text(text: str) -> str:
    """Return data as it stands in an element or between quotation marks."""
    return escape(legible(text), quote=True)


def scoped(rules: str, kind: str) -> str:
    """Return rules that hold inside of pictures of one class alone, also where these stand in a page."""
    return re.sub(r"(?<=[\n,]) ?(?=[.a-z][^\n]*\{)", f" .{kind} ", rules).replace("\n .", "\n.").lstrip()
