"""The text one writes in: coloured Markdown, shown without anything a terminal acts upon, kept to the letter."""

import re

from rich.style import Style
from rich.text import Text
from textual.widgets import TextArea
from textual.widgets.text_area import TextAreaTheme

from papertrail.domain.text import clean

MOST_COLOURED_LINES = 2_000  # at 1,900 lines colouring costs 12 ms a key, at 600 lines 2 ms
_COLOURS = """
(atx_heading (inline) @heading)
(setext_heading (paragraph) @heading)
[(atx_h1_marker) (atx_h2_marker) (atx_h3_marker) (atx_h4_marker) (atx_h5_marker) (atx_h6_marker)] @marker
[(setext_h1_underline) (setext_h2_underline) (thematic_break) (block_quote_marker)] @marker
[(list_marker_plus) (list_marker_minus) (list_marker_star)] @marker
[(list_marker_dot) (list_marker_parenthesis)] @marker
[(html_block) (minus_metadata)] @quiet
[(fenced_code_block) (indented_code_block)] @code
"""
# What Textual takes for the end of a line, or a terminal for a command. While such a character is edited, one of
# the last plane for private use stands in for it, so that line feeds alone end lines and the text comes back as it was.
_STRANGE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_STAND_IN = re.compile("[\U00100000-\U0010ffff]")
_SHIFT = 0x100000


def can_keep(text: str) -> bool:
    """Tell whether `text` survives being edited: it must hold none of the characters that stand in for others."""
    return _STAND_IN.search(text) is None


def _veiled(text: str) -> str:
    return _STRANGE.sub(lambda match: chr(ord(match[0]) + _SHIFT), text)


def _unveiled(text: str) -> str:
    return _STAND_IN.sub(lambda match: chr(ord(match[0]) - _SHIFT), text)


class NoteArea(TextArea):
    """A text area for notes. Use `note` to read and write the text."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", soft_wrap=True, show_line_numbers=False, tab_behavior="indent", id=id)

    @property
    def note(self) -> str:
        """The text, to the letter."""
        return _unveiled(self.text)

    @note.setter
    def note(self, text: str) -> None:
        if text.count("\n") > MOST_COLOURED_LINES:
            self.language = None
        elif self.language is None:
            self._colour()
        self.text = _veiled(text)

    def replace_note(self, text: str) -> None:
        """Put another text in place of this one so that it can be undone."""
        self.replace(_veiled(text), (0, 0), self.document.end)

    def _colour(self) -> None:
        """Colour headings, prompts, lists and code in the colours of the program's theme."""
        import tree_sitter_markdown
        from tree_sitter import Language

        self.register_language("markdown", Language(tree_sitter_markdown.language()), _COLOURS)
        self._show_colours()
        self.watch(self.app, "theme", self._show_colours, init=False)
        self.language = "markdown"

    def _show_colours(self) -> None:
        colours = self.app.theme_variables
        accent, quiet = Style(color=colours["primary"], bold=True), Style(color=colours["quiet"])
        styles = {
            "heading": accent,
            "marker": quiet,
            "quiet": quiet,
            "code": Style(color=colours["secondary"]),
        }
        name = f"papertrail for {self.app.theme}"
        self.register_theme(TextAreaTheme(name, syntax_styles=styles))
        self.theme = name

    def get_line(self, line_index: int) -> Text:
        """Return a line as it is shown: a sign in place of each character a terminal would act upon."""
        line = self.document.get_line(line_index)
        if clean(line) != line or not can_keep(line):
            line = _STAND_IN.sub("\N{REPLACEMENT CHARACTER}", _veiled(line))
            line = "".join(c if clean(c) else "\N{REPLACEMENT CHARACTER}" for c in line)
        return Text(line, end="", no_wrap=True)

    def _build_highlight_map(self) -> None:
        """Colour a block that ends where a line begins up to there; Textual colours that whole line too."""
        super()._build_highlight_map()
        for row, spans in self._highlights.items():
            self._highlights[row] = [span for span in spans if span[1] != 0]
