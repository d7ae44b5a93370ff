"""Reads a page of HTML as a browser does, and finds what could act in it."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from urllib.parse import unquote

_PLAIN = """
html head meta title body h1 h2 h3 h4 h5 h6 p ol ul li a em strong s code pre blockquote hr br div span nav
main section article header figure details summary table thead tbody tr th td form input output style
script svg g path rect circle text clippath
"""
"""Elements that ask for nothing and run nothing; `style` and `script` are held to the page's policy."""
_ATTRIBUTES = """
charset http-equiv content name lang class id href title role hidden type placeholder aria-label
aria-hidden autocomplete open start target xmlns width height viewbox preserveaspectratio x y cx cy r rx d
text-anchor pointer-events data-place data-text
"""
_ADDRESS = re.compile(r"#|https?://")


class Page(HTMLParser):
    """A page taken apart.

    Attributes:
        faults: what stands in it that may act, or leads to where nothing is.
        ids: the addresses on it.
        targets: those that its links lead to, on the page.
        texts: what its elements say, by their tags.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.targets: set[str] = set()
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self._policy = ""
        self.feed(page)
        self.close()
        self._look()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _PLAIN.split():
            self.faults.append(f"<{tag}>")
        self.texts.setdefault(tag, []).append("")
        self._open.append(tag)
        for name, value in attrs:
            if name not in _ATTRIBUTES.split() and (name, value) != ("clip-path", "url(#plot)"):
                self.faults.append(f"<{tag} {name}={value!r}>")
            if name == "href":
                if not _ADDRESS.match(value or ""):
                    self.faults.append(f"<{tag} href={value!r}>")
                elif value is not None and value.startswith("#"):
                    self.targets.add(unquote(value[1:]))
            if name == "id":
                self.ids.append(value or "")
        said = dict(attrs)
        if said.get("http-equiv") == "Content-Security-Policy":
            self._policy = said.get("content") or ""
        elif "http-equiv" in said:
            self.faults.append(f"<meta {attrs}>")

    def handle_data(self, data: str) -> None:
        for tag in self._open[-1:]:
            self.texts[tag][-1] += data

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def _look(self) -> None:
        directives = dict(part.strip().partition(" ")[::2] for part in self._policy.split(";"))
        if directives.get("default-src") != "'none'":
            self.faults.append(f"policy: {self._policy!r}")
        for tag in ("style", "script"):
            texts = self.texts.get(tag, [])
            allowed = [f"'sha256-{_digest(text)}'" for text in texts]
            if directives.get(f"{tag}-src", "").split() != allowed or len(texts) > 1:
                self.faults.append(f"{len(texts)} {tag}, {directives.get(f'{tag}-src')}")
        for outside in re.findall(r"url\(|@import|https?:", "".join(self.texts.get("style", []))):
            self.faults.append(f"style: {outside}")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
