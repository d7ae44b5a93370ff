"""Questions and answers as a text file that Anki imports, each under a name that lasts.

A card is a line: Anki reads quoted line breaks as well, but a file of lines can be looked at and compared.
"""

import csv
import html
import io
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from papertrail.domain.recall.review import ToldStep
from papertrail.domain.text import clean, clean_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

TOP = "papertrail"
"""The deck that holds all others, and what is in no lineage."""

HEADER = """\
#separator:Tab
#html:true
#guid column:1
#notetype:Basic
#deck column:2
#tags column:5
#columns:Guid\tDeck\tFront\tBack\tTags
"""

_BRACKETS = re.compile(r"\\(?=[()\[\]])")
# What Anki acts upon in any field: sounds, its own marks, LaTeX.
_ACTIVE = re.compile(r"\[(?=sound:|anki:|/?latex\]|/?\${1,2}\])", re.IGNORECASE)
_FORMULA = re.compile(
    r"\$(?P<short>(?![\s$])(?:\\.|[^$\\])+(?<!\s))\$(?!\d)|\$\$(?P<long>(?:\\.|\$(?!\$)|[^$\\])+)\$\$",
    re.DOTALL,
)
_LONGEST_FORMULA = 100  # lines
_WEB = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


class Card(NamedTuple):
    """One note of Anki's; both sides are HTML on one line."""

    guid: str
    deck: str
    front: str
    back: str
    tags: Sequence[str]


def document(cards: Iterable[Card]) -> str:
    """Return the whole file."""
    file = io.StringIO()
    file.write(HEADER)
    writer = csv.writer(file, delimiter="\t", lineterminator="\n")
    for card in cards:
        writer.writerow((card.guid, card.deck, card.front, card.back, " ".join(_tags(card.tags))))
    return file.getvalue()


def deck(lineage: str | None) -> str:
    """Return the deck of a lineage, or of papers in none.

    `::` would begin a deck within it. Anki composes letters: others would be another deck at each import.
    """
    name = normalize("NFC", re.sub(":{2,}", ":", clean_line(lineage or "")).strip(": "))
    return f"{TOP}::{name}" if name else TOP


def _tags(tags: Iterable[str]) -> list[str]:
    """Return tags as Anki has them, without blanks and quotes."""
    named = ("_".join(clean_line(tag).replace('"', "").split()) for tag in tags)
    return list(dict.fromkeys(tag for tag in named if tag))


def front(wording: str, title: str, year: int | None) -> str:
    """Return a question with the name of what it asks about; `wording` is HTML, `title` data.

    The blank parts them where Anki lists cards by the text of their front.
    """
    return f"{wording} <br><small>{inert(_named(title, year))}</small>"


def told(steps: Sequence[ToldStep]) -> str:
    """Return the story of a lineage as a list of its papers, each with what it changed."""
    items = (
        f"<li><b>{inert(_named(step.title, step.year))}</b>{step.text and inert(f': {step.text}')}</li>"
        for step in steps
    )
    return f"<ol>{''.join(items)}</ol>"


def _named(title: str, year: int | None) -> str:
    return f"{title} ({year})" if year else title


def inert(text: str) -> str:
    """Return data as HTML that shows exactly that text on one line, in Anki, too."""
    return _one_line(_text(clean_line(text)))


def words(markdown: str) -> str:
    """Return the reader's own Markdown as HTML on one line; HTML in it is text, and no picture is fetched."""
    return _one_line(_markdown().render(clean(markdown)))


def line(markdown: str) -> str:
    """Return one line of the reader's own Markdown as HTML, without blocks."""
    return _one_line(_markdown().renderInline(clean_line(markdown)))


def _one_line(text: str) -> str:
    """Return HTML without the line breaks between its blocks; those in code are tags by now."""
    return _ACTIVE.sub("&#91;", text.replace("\n", "").replace("\t", " "))


def _text(text: str) -> str:
    """Return text as HTML in which no formula begins, which only `$` may begin."""
    return _BRACKETS.sub(r"\\<span></span>", html.escape(text))


def _code(text: str) -> str:
    return html.escape(text.rstrip("\n")).replace("\t", "    ").replace("\n", "<br>")


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    inside: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    markdown.block.ruler.before("fence", "formula", _read_formula_lines, inside)
    markdown.inline.ruler.after("escape", "formula", _read_formula)
    markdown.validateLink = lambda url: _WEB.match(url) is not None  # type: ignore[method-assign]
    for kind, rule in _RULES.items():
        markdown.add_render_rule(kind, rule)
    return markdown


def _read_formula(state: "StateInline", silent: bool) -> bool:
    """Read `$x$` and `$$x$$`.

    Between the single ones no blank stands at either end, and after them no digit, as in sums of money.
    """
    if state.src[state.pos] != "$":
        return False
    found = _FORMULA.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("formula" if found["short"] else "formula_set_off", "", 0)
        token.content = found["short"] or found["long"]
    state.pos = found.end()
    return True


def _read_formula_lines(state: "StateBlock", first: int, end: int, silent: bool) -> bool:
    """Read a formula whose `$$` begin a line and end one, whatever its lines look like otherwise."""
    if state.is_code_block(first):
        return False
    lines: list[str] = []
    for number in range(first, min(first + _LONGEST_FORMULA, end)):
        text = state.getLines(number, number + 1, state.sCount[number], False).strip()
        if number == first:
            if not text.startswith("$$"):
                return False
            text = text[2:]
        elif not text or state.sCount[number] < state.blkIndent:
            return False
        words, sign, after = text.partition("$$")
        lines.append(words)
        if after:
            return False
        if sign:
            break
    else:
        return False
    if not silent:
        token = state.push("formula_set_off", "", 0)
        token.content, token.map = "\n".join(lines), [first, number + 1]
        state.line = number + 1
    return True


def _show_text(_: "RendererHTML", tokens: "Sequence[Token]", at: int, *__: Any) -> str:
    return _text(tokens[at].content)


def _show_blank(*_: Any) -> str:
    return " "


def _show_break(*_: Any) -> str:
    return "<br>"


def _show_code(_: "RendererHTML", tokens: "Sequence[Token]", at: int, *__: Any) -> str:
    return f"<code>{_code(tokens[at].content)}</code>"


def _show_block(_: "RendererHTML", tokens: "Sequence[Token]", at: int, *__: Any) -> str:
    return f"<pre><code>{_code(tokens[at].content)}</code></pre>"


def _show_picture(own: "RendererHTML", tokens: "Sequence[Token]", at: int, options: Any, env: Any) -> str:
    source = html.escape(str(tokens[at].attrs.get("src", "")))
    named = own.renderInlineAsText(tokens[at].children or [], options, env)
    return f'<a href="{source}">{_text(named) or source}</a>'


def _show_formula(_: "RendererHTML", tokens: "Sequence[Token]", at: int, *__: Any) -> str:
    return rf"\({_formula(tokens[at])}\)"


def _show_set_off(_: "RendererHTML", tokens: "Sequence[Token]", at: int, *__: Any) -> str:
    return rf"\[{_formula(tokens[at])}\]"


def _formula(token: "Token") -> str:
    return html.escape(" ".join(token.content.split()))


_RULES = {
    "text": _show_text,
    "softbreak": _show_blank,
    "hardbreak": _show_break,
    "code_inline": _show_code,
    "code_block": _show_block,
    "fence": _show_block,
    "image": _show_picture,
    "formula": _show_formula,
    "formula_set_off": _show_set_off,
}
