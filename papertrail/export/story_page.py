"""A story as one page of HTML that needs nothing else: no script, no address that is asked for anything."""

import re
from collections.abc import Sequence
from html import escape
from math import sqrt

from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.story import StoryForm
from papertrail.domain.text import clean_line
from papertrail.export.markdown_html import Place, as_html
from papertrail.export.page_style import STYLE
from papertrail.export.story import MAP, Sources, story_blocks

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
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
    place = Place()
    body = "".join(figure if block == MAP else as_html(block, place) for block in blocks)
    body = body.replace(" %</td>", "\N{NO-BREAK SPACE}%</td>")
    head = (
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(clean_line(progress.name))}</title>\n"
        f"<style>{STYLE}{style}</style>\n"
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
