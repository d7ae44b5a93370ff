"""Notes that a program keeps as HTML, as Markdown: paragraphs, lists, headings, emphasis, links."""

import re
from html.parser import HTMLParser

from papertrail.domain.text import clean

_BLOCKS = {"p", "div", "ul", "ol", "table", "tr", "blockquote", "section"}
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
_UNSEEN = {"script", "style", "head", "title"}


def markdown_of(text: str) -> str:
    """Return a note as Markdown; one that is no HTML stays as it is, but clean."""
    if not re.search(r"</?[a-zA-Z][^<>]*>", text):
        return clean(text).strip()
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return clean(re.sub(r"[ \t]*\n(?:[ \t]*\n)+", "\n\n", "".join(reader.parts))).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif re.fullmatch(r"h[1-6]", tag):  # sections of a note are its template's: a heading below them
            self.parts.append(f"\n\n{'#' * max(3, int(tag[1]))} ")
        elif tag in _MARKS:
            self.parts.append(_MARKS[tag])
        elif tag == "a":
            address = dict(attrs).get("href") or ""
            self._links.append(address if re.match(r"https?://[^\s()<>]+$", address) else "")
            self.parts.append("[" if self._links[-1] else "")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BLOCKS or re.fullmatch(r"h[1-6]", tag):
            self.parts.append("\n\n")
        elif tag in _MARKS:
            self.parts.append(_MARKS[tag])
        elif tag == "a" and self._links:
            address = self._links.pop()
            self.parts.append(f"]({address})" if address else "")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(re.sub(r"\s+", " ", data))
