"""A story as one page of HTML that needs nothing else: no script, no address that is asked for anything."""

from collections.abc import Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.links import browsable
from papertrail.domain.story import StoryForm
from papertrail.domain.text import clean_line
from papertrail.export.inert import anchor
from papertrail.export.story import MAP, Sources, story_blocks

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark; --ink: #2b2620; --quiet: #6f6656; --rule: #d8cfbf; --sheet: #fffdf8; --amber: #8a5a00 }
@media (prefers-color-scheme: dark) {
:root { --ink: #ded6c7; --quiet: #98907f; --rule: #3a342c; --sheet: #191714; --amber: #e0a94a }
}
html { background: var(--sheet) }
body { max-width: 46rem; margin: 3rem auto; padding: 0 1.2rem; color: var(--ink);
  font: 16px/1.55 Charter, "Iowan Old Style", Georgia, "DejaVu Serif", "Noto Serif CJK SC", "Noto Sans CJK SC", serif }
h1, h2, h4, h5, h6 { font-family: system-ui, "Segoe UI", "DejaVu Sans", "Noto Sans CJK SC", sans-serif; line-height: 1.25 }
h1 { font-size: 1.9rem; margin: 0 0 1rem; border-bottom: 2px solid var(--amber); padding-bottom: .4rem }
h2 { font-size: 1.3rem; margin: 2.2rem 0 .4rem }
h2 + p { color: var(--quiet); font-size: .9rem; margin-top: 0 }
a { color: var(--amber); text-decoration: none; border-bottom: 1px solid var(--rule) }
table { border-collapse: collapse; width: 100%; margin: 1.2rem 0; font-size: .88rem; line-height: 1.4 }
th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--rule) }
td:first-child, th { white-space: nowrap }
pre { overflow-x: auto; padding: .7rem .9rem; border-left: 3px solid var(--rule); font-size: .82rem; line-height: 1.35 }
code, pre { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--rule); color: var(--quiet) }
figure { margin: 1.6rem 0; text-align: center }
figure svg { max-width: 100%; height: auto }
@page { size: A4; margin: 16mm 17mm }
@media print {
:root { color-scheme: light }
body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; line-height: 1.42 }
h2 { break-after: avoid }
pre, table, figure, tr { break-inside: avoid }
pre { white-space: pre-wrap }
a { color: inherit }
}
"""
_SHORT = """
@media print {
html { font-size: 13px }
body { font-size: 9.2pt; line-height: 1.36 }
h1 { font-size: 1.6rem; margin-bottom: .5rem }
p, ol { margin: .45rem 0 }
ol { padding-left: 1.3rem }
table { margin: .6rem 0; font-size: 8.4pt }
th, td { padding: .14rem .5rem .14rem 0 }
figure { margin: .5rem 0 0 }
figure svg { max-height: 96mm; width: auto }
}
"""


def story_page(
    progress: LineageProgress, keys: Sequence[str], sources: Sources, form: StoryForm, picture: str
) -> str:
    """Return the story as a page; its links are what a reader may follow, nothing is asked for by itself.

    Args:
        progress: of the lineage.
        keys: of its papers, in order.
        sources: what it is told from.
        form: how it is told.
        picture: the map as the text of an SVG file; empty without one.
    """
    figure = f"<figure>\n{picture}</figure>\n" if picture else ""
    blocks = story_blocks(progress, keys, sources, form)
    body = "".join(figure if block == MAP else _markdown().render(block) for block in blocks)
    head = (
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(clean_line(progress.name))}</title>\n"
        f"<style>{_STYLE}{_SHORT if form.short else ''}</style>\n"
    )
    return f'<!doctype html>\n<html lang="{sources.words.language}">\n<head>\n{head}</head>\n<body>\n{body}</body>\n</html>\n'


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.add_render_rule("heading_open", _heading)
    markdown.add_render_rule("link_open", _link)
    markdown.add_render_rule("image", _image)
    return markdown


def _heading(
    self: "RendererHTML", tokens: "Sequence[Token]", at: int, options: "OptionsDict", env: "MutableMapping[str, Any]"
) -> str:
    """Give the headings of the document the addresses that its links lead to."""
    token = tokens[at]
    if token.level == 0 and token.tag in {"h1", "h2"}:
        said = "".join(child.content for child in tokens[at + 1].children or [])
        token.attrSet("id", anchor(said))
    return self.renderToken(tokens, at, options, env)


def _link(
    self: "RendererHTML", tokens: "Sequence[Token]", at: int, options: "OptionsDict", env: "MutableMapping[str, Any]"
) -> str:
    """Leave a link its address if it is on the page, or one that a browser may be given."""
    target = str(tokens[at].attrGet("href") or "")
    if not target.startswith("#") and browsable(target) is None:
        tokens[at].attrs = {}
    return self.renderToken(tokens, at, options, env)


def _image(
    self: "RendererHTML", tokens: "Sequence[Token]", at: int, options: "OptionsDict", env: "MutableMapping[str, Any]"
) -> str:
    """Say what a picture shows instead of asking for it."""
    said = self.renderInlineAsText(tokens[at].children or [], options, env)
    return f"<em>[{escape(said or '…')}]</em>"
