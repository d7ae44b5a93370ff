"""The whole trail as one page of HTML that needs nothing else, with a search of its own."""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path

from papertrail.domain.goal.words import explained_words
from papertrail.domain.paper import EXPLAINED, byline
from papertrail.domain.story import StoryForm
from papertrail.domain.text import clean, clean_line
from papertrail.domain.whole_paper import Paper
from papertrail.export.burnup_svg import BURNUP_STYLE
from papertrail.export.map_svg import MAP_STYLE
from papertrail.export.markdown import Pages, around_note, untitled
from papertrail.export.markdown_html import Place, as_html, lineage_id, paper_id
from papertrail.export.page_style import STYLE
from papertrail.export.references import address
from papertrail.export.story import MAP, ToldStory, told_stories
from papertrail.export.told_trail import ToldLineage, ToldTrail

_NOTE = 2  # levels by which the headings of notes and stories are lowered
_STORY = 1
_HERE = Path(__file__)


def page_stories(told: ToldTrail) -> list[ToldStory]:
    """Return the stories of the lineages, as the page tells them; their names are those for the maps."""
    lineages = [(one.progress, one.keys, one.summary) for one in told.lineages]
    return list(told_stories(lineages, told.sources, StoryForm()))


def anchors(told: ToldTrail) -> dict[str, str]:
    """Return where on the page papers stand, by their keys: those with a note."""
    notes = told.sources.notes
    return {key: f"#{paper_id(key)}" for key in told.by_key if key in notes}


def trail_page(told: ToldTrail, stories: Sequence[ToldStory], maps: Sequence[str], chart: str) -> str:
    """Return the page.

    Args:
        told: what it tells of.
        stories: of its lineages, from `page_stories`.
        maps: of its lineages as SVG, for a page with their style.
        chart: of the goal likewise; empty without one.
    """
    page = _Page(told)
    names = [story.names() for story in stories]
    parts = [*page.progress(chart)]
    for number, (lineage, story, picture) in enumerate(zip(told.lineages, stories, maps, strict=True)):
        parts += page.lineage(number, lineage, story, picture)
    parts += page.elsewhere()
    style, script = _style(), _script()
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}';"
        " base-uri 'none'; form-action 'none'"
    )
    title = escape(clean_line(told.title))
    return "".join(
        (
            f'<!doctype html>\n<html lang="{told.sources.words.language}">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta name="referrer" content="no-referrer">\n',
            f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n",
            f'<h1>{title}</h1>\n<div class="side">\n{_SEARCH}{"".join(page.contents(names))}</div>\n',
            f"<main>\n{''.join(parts)}</main>\n",
            f"<script>{script}</script>\n</body>\n</html>\n",
        )
    )


_SEARCH = (
    '<form id="find" role="search" hidden>'
    '<input type="search" placeholder="Search  ( / )" aria-label="Search" autocomplete="off">'
    '<output></output><ol class="found"></ol></form>\n'
)


class _Page:
    def __init__(self, told: ToldTrail) -> None:
        self._told = told
        self._notes = told.sources.notes
        self._papers = told.by_key
        self._homes = told.homes
        self._files = {one.progress.name: str(number) for number, one in enumerate(told.lineages, 1)}
        known = {key for key in self._papers if key in self._notes}
        self._pages = Pages(
            self._papers, {key: self._notes[key] for key in known}, "{}.md".format, self._to_lineage
        )
        self._in_note = Place(_NOTE, None, known, frozenset(self._files.values()))
        self._noted = [paper for paper in told.papers if paper.summary.key in known]

    def _to_lineage(self, name: str) -> str:
        return f"lineages/{self._files[name]}.md" if name in self._files else ""

    def contents(self, names: Sequence[Mapping[str, str]]) -> Iterator[str]:
        """Yield the list of what stands on the page; `names` are those of each lineage's papers."""
        yield '<nav aria-label="Contents">\n<details open>\n<summary>Contents</summary>\n<ul>\n'
        if self._told.goal is not None:
            yield '<li class="head"><a href="#progress">Progress</a></li>\n'
        for number, lineage in enumerate(self._told.lineages):
            one = lineage.progress
            name = escape(clean_line(one.name))
            yield f'<li class="head"><a href="#{lineage_id(str(number + 1))}">{name}</a>'
            yield f' <span class="many">{one.counted}/{one.total}</span>'
            yield from self._entries(
                [paper for paper in self._noted if self._home(paper) == number], names[number]
            )
            yield "</li>\n"
        if self._told.elsewhere:
            yield f'<li class="head"><a href="#elsewhere">{_ELSEWHERE}</a>'
            yield from self._entries([paper for paper in self._noted if self._home(paper) is None], {})
            yield "</li>\n"
        yield "</ul>\n</details>\n</nav>\n"

    def _home(self, paper: Paper) -> int | None:
        return self._homes.get(paper.summary.key)

    def _entries(self, papers: Sequence[Paper], names: Mapping[str, str]) -> Iterator[str]:
        if papers:
            yield "\n<ul>\n"
            for paper in papers:
                key = paper.summary.key
                name = escape(clean_line(names.get(key) or paper.summary.title))
                yield f'<li><a href="#{paper_id(key)}">{name}</a></li>\n'
            yield "</ul>"

    def progress(self, chart: str) -> Iterator[str]:
        """Yield how far the goal is."""
        goal = self._told.goal
        if goal is None:
            return
        yield f'<section id="progress">\n<p class="standing">{escape(goal.line)}</p>\n'
        if told := explained_words(goal):
            yield f'<p class="standing">{EXPLAINED} {escape(told)}</p>\n'
        if chart:
            yield f"<figure>\n{chart}</figure>\n"
        yield "</section>\n"

    def lineage(self, number: int, lineage: ToldLineage, story: ToldStory, picture: str) -> Iterator[str]:
        """Yield a lineage: how far it is, its thesis, map, papers and story, then the notes at home in it."""
        one = lineage.progress
        can = f" · {one.explained} {EXPLAINED} can explain" if one.explained else ""
        file = str(number + 1)
        yield f'<section id="{lineage_id(file)}" data-place>\n<header>\n'
        yield f"<h2>{escape(clean_line(one.name))}</h2>\n"
        yield f'<p class="standing">{one.counted} of {one.total} counted{can} · {one.read} read</p>\n'
        yield f"{_bar(one.counted, one.total)}</header>\n"
        blocks = list(story.blocks())
        at = next((n for n, block in enumerate(blocks) if block.startswith("| ")), len(blocks))
        place = Place(_STORY, f"{file}:", self._in_note.papers, self._in_note.lineages)
        if thesis := "".join(as_html(block, place) for block in blocks[1:at]):
            yield f"<div data-text>\n{thesis}</div>\n"
        if picture:
            yield f"<figure>\n{picture}</figure>\n"
        yield from self._list([self._papers[key] for key in lineage.keys])
        if any(key in self._notes for key in lineage.keys):
            body = "".join(as_html(block, place) for block in blocks[at:] if block != MAP)
            body = body.replace("<table>", '<div class="wide"><table>').replace("</table>", "</table></div>")
            yield f'<details class="story">\n<summary>The story, in the words of the notes</summary>\n{body}'
            yield "</details>\n"
        yield "</section>\n"
        yield from self._articles([paper for paper in self._noted if self._home(paper) == number])

    def elsewhere(self) -> Iterator[str]:
        """Yield the papers of no lineage, and their notes."""
        papers = self._told.elsewhere
        if papers:
            yield f'<section id="elsewhere">\n<h2>{_ELSEWHERE}</h2>\n'
            yield from self._list(papers)
            yield "</section>\n"
            yield from self._articles([paper for paper in self._noted if self._home(paper) is None])

    def _list(self, papers: Sequence[Paper]) -> Iterator[str]:
        yield '<ol class="papers">\n'
        for paper in papers:
            one = paper.summary
            where = f"#{paper_id(one.key)}" if one.key in self._in_note.papers else address(one)
            name = f'<a href="{escape(where)}">{_title(paper)}</a>' if where else _title(paper)
            who = escape(clean_line(byline(one.authors, 2))) if one.authors else ""
            yield f'<li><span title="{escape(one.word)}">{one.status.glyph}</span>'
            yield f'<span class="year">{one.year or ""}</span>'
            yield f'<span>{name} <span class="year">{who}</span></span></li>\n'
        yield "</ol>\n"

    def _articles(self, papers: Sequence[Paper]) -> Iterator[str]:
        for paper in papers:
            yield from self._article(paper)

    def _article(self, paper: Paper) -> Iterator[str]:
        key = paper.summary.key
        yield f'<article id="{paper_id(key)}" data-place>\n<h3>{_title(paper)}</h3>\n'
        facts, *around = around_note(self._pages, paper._replace(abstract=None))
        yield as_html(facts, self._in_note)
        lists = as_html("\n".join(part for part in around if part), self._in_note)
        yield lists.replace("<ul>", '<ul class="around">', 1)
        if paper.abstract:
            said = "".join(
                f"<p>{escape(line)}</p>" for line in clean(paper.abstract).split("\n") if line.strip()
            )
            yield '<details class="abstract">\n<summary>Abstract</summary>\n'
            yield f"<blockquote>{said}</blockquote>\n</details>\n"
        body = as_html(untitled(self._notes[key].body), self._in_note)
        body = body.replace("<table>", '<div class="wide"><table>').replace("</table>", "</table></div>")
        yield f"<div data-text>\n{body}</div>\n</article>\n"


_ELSEWHERE = "In no lineage"


def _title(paper: Paper) -> str:
    return escape(clean_line(paper.summary.title))


def _bar(done: int, of: int) -> str:
    """Return how much is done as a bar, which takes no style of its own."""
    share = round(100 * min(done / of, 1.0), 1) if of else 0
    return (
        '<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="whole" width="100" height="4"/><rect class="done" width="{share:g}" height="4"/>'
        "</svg>\n"
    )


@cache
def _style() -> str:
    return f"{STYLE}{_beside('css')}{MAP_STYLE}{BURNUP_STYLE}"


@cache
def _script() -> str:
    return _beside("js")


def _beside(ending: str) -> str:
    return _HERE.with_suffix(f".{ending}").read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """Return how a page's policy names a text that may act."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
