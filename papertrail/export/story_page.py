"""A story as one page of HTML that needs nothing else: no script, no address that is asked for anything."""

import re
from collections.abc import Sequence
from functools import cache
from html import escape
from math import sqrt
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
:root { color-scheme: light dark; --ink: #2b2620; --quiet: #6f6656; --rule: #d8cfbf; --sheet: #fffdf8;
  --amber: #8a5a00; --plain: system-ui, "Segoe UI", "DejaVu Sans", "Noto Sans CJK SC", sans-serif }
@media (prefers-color-scheme: dark) {
:root { --ink: #ded6c7; --quiet: #98907f; --rule: #3a342c; --sheet: #191714; --amber: #e0a94a }
}
html { background: var(--sheet) }
body { max-width: 46rem; margin: 3rem auto; padding: 0 1.2rem; color: var(--ink);
  font: 16px/1.55 Charter, "Iowan Old Style", Georgia, "DejaVu Serif", "Noto Serif CJK SC",
  "Noto Sans CJK SC", serif }
h1, h2, h4, h5, h6 { font-family: var(--plain); line-height: 1.25 }
h1 { font-size: 1.9rem; margin: 0 0 1rem; border-bottom: 2px solid var(--amber); padding-bottom: .4rem }
h2 { font-size: 1.3rem; margin: 2.2rem 0 .4rem }
h2 + p { color: var(--quiet); font-size: .9rem; margin-top: 0 }
.part { font-family: var(--plain); font-size: .92em; margin: 1.1em 0 .2em }
.part + * { margin-top: .2em }
a { color: var(--amber); text-decoration: none; border-bottom: 1px solid var(--rule) }
table { border-collapse: collapse; width: 100%; margin: 1.2rem 0; font-size: .88rem; line-height: 1.4 }
th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem 0;
  border-bottom: 1px solid var(--rule) }
td:first-child { white-space: nowrap }
th:nth-child(3) { min-width: 18em }
th { vertical-align: bottom; font-weight: 600 }
pre { overflow-x: auto; padding: .7rem .9rem; border-left: 3px solid var(--rule);
  font-size: .82rem; line-height: 1.35 }
code, pre { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--rule); color: var(--quiet) }
figure { margin: 1.6rem 0; text-align: center }
figure svg { max-width: 100%; height: auto }
@page { size: A4; margin: 16mm 17mm }
@media print {
:root { color-scheme: light }
html { background: none }
body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; line-height: 1.42 }
h2, .part { break-after: avoid }
pre, table, figure, tr { break-inside: avoid }
pre { white-space: pre-wrap }
a { color: inherit }
}
"""
_SHORT = """
@media print {{
html {{ font-size: {em:.2f}mm }}
body {{ font-size: 1em; line-height: 1.36 }}
h1 {{ font-size: 1.7em; margin-bottom: .4em }}
p, ol {{ margin: .45em 0 }}
ol {{ padding-left: 1.4em }}
table {{ margin: .6em 0; font-size: .92em }}
th, td {{ padding: .12em .6em .12em 0 }}
{figure}
}}
"""
_BELOW = "figure {{ margin: .5em 0 0 }}\nfigure svg {{ max-height: {high:.0f}mm; width: auto }}"
_BESIDE = "figure {{ float: right; width: {wide:.0f}mm; margin: .3em 0 0 6mm }}\nfigure svg {{ width: 100% }}"
_EM, _LINE, _ROW = 3.25, 103, 48  # millimetres; letters on a line, and in the third column of the table
_NUMBER = 11  # letters in the columns behind it
_WIDE = 176.0  # millimetres of a line
_SIZE = re.compile(r'<svg [^>]*width="([\d.]+)" height="([\d.]+)"')
_TALL = 0.9  # times as high as wide, from which on a picture stands beside the steps
_BESIDE_LEAST, _BESIDE_MOST, _TALLEST_BESIDE = 40.0, 68.0, 120.0  # millimetres of it
_LEAST_EM = 2.1
_TEXT, _PAGE = 190.0, 256.0  # millimetres that the words may fill, and the page holds
_TALLEST = 100.0  # millimetres of a picture


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
    ratio = _ratio(picture)
    beside = _room_beside(blocks, ratio) if form.short else 0.0
    style = _fitting(blocks, beside) if form.short else ""
    if beside:  # what floats stands before what flows around it
        at = _steps(blocks)
        blocks[at : at + 2] = reversed(blocks[at : at + 2])
    body = "".join(figure if block == MAP else _markdown().render(block) for block in blocks)
    body = body.replace(" %</td>", "\N{NO-BREAK SPACE}%</td>")
    head = (
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(clean_line(progress.name))}</title>\n"
        f"<style>{_STYLE}{style}</style>\n"
    )
    begin = f'<!doctype html>\n<html lang="{sources.words.language}">\n<head>\n{head}</head>\n'
    return f"{begin}<body>\n{body}</body>\n</html>\n"


def _fitting(blocks: Sequence[str], beside: float) -> str:
    """Return a style by which the short form fits on one page: smaller letters, the picture in what is left.

    How high words become is reckoned from how many letters they have.

    Args:
        blocks: of the story.
        beside: millimetres of a picture that stands beside the steps; 0 if it stands below them.
    """
    steps = blocks[_steps(blocks)] if beside else ""
    above = _height([block for block in blocks if block != steps], _LINE)
    narrow = _height([steps], _LINE * (_WIDE - beside - 8) / _WIDE) if beside else 0.0
    em = max(min(1.0, sqrt((_PAGE if beside else _TEXT) / (above + narrow))) * _EM, _LEAST_EM)
    if beside:
        return _SHORT.format(em=em, figure=_BESIDE.format(wide=beside))
    high = min(max(_PAGE - above * (em / _EM) ** 2, 30.0), _TALLEST)
    return _SHORT.format(em=em, figure=_BELOW.format(high=high))


def _steps(blocks: Sequence[str]) -> int:
    """Return which block the steps of the short form are: the one before the map."""
    return blocks.index(MAP) - 1


def _height(blocks: Sequence[str], letters: float) -> float:
    """Return how many millimetres blocks take with so many letters on a line."""
    height = 4.0 * _EM
    for block in blocks:
        if block.startswith("|"):
            rows = [line.strip("| ").split(" | ") for line in block.split("\n")]
            for row in rows[:1] + rows[2:]:
                high = max(_lines(len(cell), _NUMBER) for cell in ["", *row[3:]])
                high = max(high, _lines(len(row[2]), _ROW) if len(row) > 2 else 1)
                height += (high * 1.29 + 0.25) * _EM
        elif block != MAP:
            height += sum(_lines(len(line), int(letters)) for line in _paragraphs(block)) * 1.36 * _EM
            height += 0.5 * _EM
    return height


def _room_beside(blocks: Sequence[str], ratio: float) -> float:
    """Return how many millimetres wide a picture may be beside the steps; 0 where it stands better below."""
    if MAP not in blocks or not blocks[_steps(blocks)].startswith("1.") or ratio < _TALL:
        return 0.0
    wide = min(_BESIDE_MOST, _TALLEST_BESIDE / ratio)
    return wide if wide >= _BESIDE_LEAST else 0.0


def _ratio(picture: str) -> float:
    """Return how many times as high as wide a picture is; 0 without one."""
    size = _SIZE.search(picture)
    return float(size[2]) / float(size[1]) if size and float(size[1]) else 0.0


def _lines(letters: int, in_line: int) -> int:
    return -(-letters // in_line) or 1


def _paragraphs(block: str) -> Sequence[str]:
    """Return what begins a line on the page: an entry of a list does, a line of a paragraph does not."""
    return block.split("\n") if block[:1].isdigit() else [block]


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.add_render_rule("heading_open", _heading)
    markdown.add_render_rule("paragraph_open", _paragraph)
    markdown.add_render_rule("link_open", _link)
    markdown.add_render_rule("image", _image)
    return markdown


def _heading(
    self: "RendererHTML",
    tokens: "Sequence[Token]",
    at: int,
    options: "OptionsDict",
    env: "MutableMapping[str, Any]",
) -> str:
    """Give the headings of the document the addresses that its links lead to."""
    token = tokens[at]
    if token.level == 0 and token.tag in {"h1", "h2"}:
        said = "".join(child.content for child in tokens[at + 1].children or [])
        token.attrSet("id", anchor(said))
    return self.renderToken(tokens, at, options, env)


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
    target = str(tokens[at].attrGet("href") or "")
    if not target.startswith("#") and browsable(target) is None:
        tokens[at].attrs = {}
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
