"""Markdown as a part of a page of HTML: nothing in it acts, and nothing is asked for by itself."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from papertrail.domain.links import browsable
from papertrail.domain.text import clean
from papertrail.export.inert import anchor

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

_DEEPEST = 6
_PAPER = re.compile(r"(?:\./|\.\./papers/|papers/)?([a-z0-9][a-z0-9-]*)\.md")
_LINEAGE = re.compile(r"(?:\.\./)?lineages/([^/#?]+)\.md")


@dataclass(frozen=True, slots=True)
class Place:
    """Where on a page Markdown stands.

    Attributes:
        deeper: by how many levels its headings are lowered.
        named: what begins the addresses of its headings, and of its links to them; None where its headings
            have none, and its links to them lead nowhere.
        papers: keys of the papers that stand on the page: links to their files lead there.
        lineages: the same for the names of lineages' files.
    """

    deeper: int = 0
    named: str | None = ""
    papers: Collection[str] = ()
    lineages: Collection[str] = ()


def paper_id(key: str) -> str:
    """Return the address of a paper on a page; no heading has one with a colon."""
    return f"paper:{key}"


def lineage_id(file: str) -> str:
    """Return the address of a lineage on a page, by the name of its file."""
    return f"lineage:{file}"


def as_html(markdown: str, place: Place) -> str:
    """Return Markdown as HTML; HTML in it is shown as text, and pictures say what they show."""
    html: str = _renderer().render(clean(markdown), {"place": place})
    return html


@cache
def _renderer() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.add_render_rule("heading_open", _heading)
    markdown.add_render_rule("heading_close", _heading_end)
    markdown.add_render_rule("paragraph_open", _paragraph)
    markdown.add_render_rule("link_open", _link)
    markdown.add_render_rule("image", _image)
    markdown.add_render_rule("th_open", _cell)
    markdown.add_render_rule("td_open", _cell)
    return markdown


def _heading(
    self: "RendererHTML",
    tokens: "Sequence[Token]",
    at: int,
    options: "OptionsDict",
    env: "MutableMapping[str, Any]",
) -> str:
    """Give the headings of the document the addresses that its links lead to."""
    token, place = tokens[at], env["place"]
    if place.named is not None and token.level == 0 and token.tag in {"h1", "h2"}:
        said = "".join(child.content for child in tokens[at + 1].children or [])
        token.attrSet("id", place.named + anchor(said))
    _lower(token, place)
    return self.renderToken(tokens, at, options, env)


def _heading_end(
    self: "RendererHTML",
    tokens: "Sequence[Token]",
    at: int,
    options: "OptionsDict",
    env: "MutableMapping[str, Any]",
) -> str:
    _lower(tokens[at], env["place"])
    return self.renderToken(tokens, at, options, env)


def _lower(token: "Token", place: Place) -> None:
    token.tag = f"h{min(int(token.tag[1]) + place.deeper, _DEEPEST)}"


def _paragraph(
    self: "RendererHTML",
    tokens: "Sequence[Token]",
    at: int,
    options: "OptionsDict",
    env: "MutableMapping[str, Any]",
) -> str:
    """Mark what stands above a part of a step: a line that is bold from end to end."""
    inside = tokens[at + 1].children or []
    kinds = [token.type for token in inside if token.level == 0 and (token.content or token.type != "text")]
    if inside and kinds == ["strong_open", "strong_close"] and not tokens[at].hidden:
        tokens[at].attrSet("class", "part")
    return self.renderToken(tokens, at, options, env)


def _link(
    self: "RendererHTML",
    tokens: "Sequence[Token]",
    at: int,
    options: "OptionsDict",
    env: "MutableMapping[str, Any]",
) -> str:
    """Leave a link its address if it is on the page, or one that a browser may be given."""
    target = _on_page(str(tokens[at].attrGet("href") or ""), env["place"])
    if target.startswith("#") or browsable(target) is not None:
        tokens[at].attrSet("href", target)
    else:
        tokens[at].attrs = {}
    return self.renderToken(tokens, at, options, env)


def _on_page(target: str, place: Place) -> str:
    """Return where a link leads, as it is written on the page; empty for nowhere."""
    if target.startswith("#"):
        return "" if place.named is None else f"#{place.named}{target[1:]}"
    if (found := _PAPER.fullmatch(target)) and found[1] in place.papers:
        return f"#{paper_id(found[1])}"
    if (found := _LINEAGE.fullmatch(target)) and found[1] in place.lineages:
        return f"#{lineage_id(found[1])}"
    return target


def _cell(
    self: "RendererHTML",
    tokens: "Sequence[Token]",
    at: int,
    options: "OptionsDict",
    env: "MutableMapping[str, Any]",
) -> str:
    """Say by a class to which side a cell's words go: a page's policy allows no style in an element."""
    style = str(tokens[at].attrs.pop("style", ""))
    if style:
        tokens[at].attrSet("class", style.removeprefix("text-align:"))
    return self.renderToken(tokens, at, options, env)


def _image(
    self: "RendererHTML",
    tokens: "Sequence[Token]",
    at: int,
    options: "OptionsDict",
    env: "MutableMapping[str, Any]",
) -> str:
    """Say what a picture shows instead of asking for it."""
    said = self.renderInlineAsText(tokens[at].children or [], options, env)
    return f"<em>[{escape(said or '…')}]</em>"
