r"""Text-mode TeX, as authors type it into arXiv's form, made Unicode: `J\"ager` is Jäger, formulas stay."""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any

from papertrail.domain.authors import sorted_out
from papertrail.domain.inbox.announcement import Announcement
from papertrail.domain.metadata import Metadata
from papertrail.domain.text import clean, clean_line

_ENVIRONMENTS = "equation|align|eqnarray|displaymath|math|gather|multline|array"
_TEX = re.compile(
    rf"""(?P<math>\$\$|\$|\\[(\[]|\\begin\{{(?:{_ENVIRONMENTS})\*?\}})"""
    r"""|(?P<accent>\\(?:["'`^~=.]|[Hcvdbkru](?![A-Za-z]))\s*"""
    r"""(?:\{\s*\\?[A-Za-z]\s*\}|\\[ij](?![A-Za-z])|[A-Za-z]))"""
    r"|(?P<style>\\(?:emph|text(?:it|bf|rm|sf|tt|sc|sl|up|md|normal)?|mbox|url|underline|enquote)\s*(?=\{))"
    r"|(?P<switch>\\(?:em|it|bf|rm|sf|tt|sc|sl|itshape|bfseries|scshape|rmfamily)(?![A-Za-z])\s*)"
    r"|\\(?P<escaped>[%&_#${}])"
    r"|(?P<space>\\(?:[,;:!/\s-]|\\|(?:quad|newline)(?![A-Za-z])))"
    r"|(?P<symbol>\\[A-Za-z]+)(?:\{\}|(?P<blank>[ ]+))?"
    r"""|(?P<quote>``)|(?P<unquote>''|")|(?P<dash>(?<!-)---?(?!-))|(?P<open>\{)|(?P<close>\})"""
)
_BEGINS = re.compile(r"""[\\$`'"{}-]""")
"""What every piece of TeX begins with."""
_CLOSES = {"$$": "$$", "$": "$", r"\(": r"\)", r"\[": r"\]"}
_OWN_SIGNS = {
    "\\TeX": "TeX",
    "\\LaTeX": "LaTeX",
    "\\textbraceleft": "{",
    "\\textbraceright": "}",
    "\\textbackslash": "\\",
    "\\textbar": "|",
    "\\textless": "<",
    "\\textgreater": ">",
    "\\textquotedbl": '"',
    "\\slash": "/",
    "\\textasciicircum": "^",
    "\\textasciitilde": "~",
}
_NO_WIDTH = ("\\!", "\\/", "\\-")
_CASE_KEPT = re.compile(
    r"[^\W\d_]+(?:[ -][^\W\d_]+)*"
)  # `{Bayes}`: braces keep its capital in a bibliography
_MORE_THAN_BRACES = re.compile(r"[\\$]|--|``|[_^\]]\{")
_BALANCED = re.compile(r"[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+")
_TIE = re.compile(r"(?<!\\)~")


def readable(metadata: Metadata) -> Metadata:
    """Return what arXiv says with TeX as Unicode and authors sorted out, the originals beside that."""
    title = clean_line(plain(metadata.title)) or metadata.title
    authors = sorted_out(clean_line(plain(name)) for name in metadata.authors)
    return replace(
        metadata,
        title=title,
        authors=authors,
        abstract=clean(plain(metadata.abstract)),
        comment=metadata.comment and clean_line(plain(metadata.comment)),
        journal_ref=metadata.journal_ref and clean_line(plain(metadata.journal_ref)),
        raw_title=None if title == metadata.title else metadata.title,
        raw_authors=None if authors == metadata.authors else metadata.authors,
    )


def readable_announcement(one: Announcement) -> Announcement:
    """Return what a feed says with TeX as Unicode and authors sorted out."""
    return replace(
        one,
        title=clean_line(plain(one.title)) or one.title,
        authors=sorted_out(clean_line(plain(name)) for name in one.authors),
        abstract=clean(plain(one.abstract)),
        journal_ref=one.journal_ref and clean_line(plain(one.journal_ref)),
    )


def plain(text: str, *, braces_group: bool = False) -> str:
    r"""Return `text` with TeX's accents, letters, styles, quotation marks and dashes as Unicode.

    Formulas, commands that are not known and what only looks like TeX (`{0,1}`, `5''`, `100%`, `z~2`,
    ` --option`) stay as they are.

    Args:
        text: as somebody wrote it.
        braces_group: whether it is surely TeX, where braces only hold together: they go, and ties are blanks.

    Examples:
        >>> plain(r"{\AA}ngstr\"om, \emph{tight} \& $\beta$--decay")
        'Ångström, tight & $\\beta$–decay'
    """
    if braces_group and "~" in text:
        text = _TIE.sub(" ", text)
    if not ("\\" in text or "{" in text or "--" in text or "``" in text):  # which takes no time
        return text
    if braces_group and not _MORE_THAN_BRACES.search(text) and _BALANCED.fullmatch(text):
        return text.replace("{", "").replace("}", "")
    return _Reader(text, braces_group).read()


@dataclass(slots=True)
class _Group:
    """What stands in a pair of braces; `is_tex` if they belong to TeX, `is_kept` if they must stay."""

    is_tex: bool = False
    is_kept: bool = False
    parts: list[str] = field(default_factory=list)

    def closed(self) -> str:
        """Return the text, with its braces if they are not TeX's."""
        inner = "".join(self.parts)
        drop = self.is_tex or _CASE_KEPT.fullmatch(inner)
        return inner if drop and not self.is_kept else f"{{{inner}}}"


class _Reader:
    """Reads one text from left to right, once."""

    def __init__(self, text: str, braces_group: bool) -> None:
        self._text = text
        self._at = 0
        self._braces_group = braces_group
        self._groups = [_Group()]
        self._styled = False
        self._quotes = 0
        self._last_unquote = max(text.rfind("''"), text.rfind('"'))
        self._unclosed: set[str] = set()

    def read(self) -> str:
        """Return the text as Unicode."""
        while match := self._next():
            self._put(self._text[self._at : match.start()])
            self._at = match.end()
            assert match.lastgroup is not None
            kind = "symbol" if match.lastgroup == "blank" else match.lastgroup
            getattr(self, f"_{kind}")(match)
        self._put(self._text[self._at :])
        return "{".join("".join(group.parts) for group in self._groups)

    def _next(self) -> re.Match[str] | None:
        """Return the next piece of TeX; whether there may be one is asked of few signs, not of each."""
        at = self._at
        while found := _BEGINS.search(self._text, at):
            at = found.start()
            if match := _TEX.match(self._text, at):
                return match
            at += 1
        return None

    def _put(self, text: str) -> None:
        if text:
            self._groups[-1].parts.append(text)

    def _put_tex(self, text: str) -> None:
        """Add what TeX stood for."""
        self._put(text)
        self._groups[-1].is_tex = True

    def _math(self, match: re.Match[str]) -> None:
        """Copy a formula; what begins none that ends is a sign of its own."""
        begin = match[0]
        close = _CLOSES.get(begin) or begin.replace("begin", "end")
        end = self._at
        while close not in self._unclosed:
            end = self._text.find(close, end)
            if end < 0:
                self._unclosed.add(close)
            elif self._text[end - 1] == "\\" and close[0] == "$":
                end += 1
            else:
                self._put(self._text[match.start() : end + len(close)])
                self._at = end + len(close)
                return
        self._put(begin)

    def _accent(self, match: re.Match[str]) -> None:
        if match[0][:2] == "\\~" and self._text[match.start() - 1 : match.start()] == "/":
            self._put(match[0][1:])  # the address of somebody's pages
        elif letter := _accented(match[0]):
            self._put_tex(letter)
        else:
            self._put(match[0])

    def _style(self, match: re.Match[str]) -> None:
        self._styled = True

    def _switch(self, match: re.Match[str]) -> None:
        self._put_tex("")

    def _escaped(self, match: re.Match[str]) -> None:
        self._put(match["escaped"])

    def _space(self, match: re.Match[str]) -> None:
        self._put("" if match[0] in _NO_WIDTH else " ")

    def _symbol(self, match: re.Match[str]) -> None:
        name, blank = match["symbol"], match["blank"] or ""
        sign = None if self._text.startswith("{", self._at) else _symbol(name)
        if sign is None:
            self._put(match[0])
            return
        # A blank ends the name of a command: `Stra\ss e` is one word, but `\beta decay` is meant as two.
        is_letter = len(sign) == 1 and unicodedata.name(sign, "").startswith("LATIN")
        self._put_tex(sign if is_letter else sign + blank)

    def _quote(self, match: re.Match[str]) -> None:
        is_closed = self._at <= self._last_unquote
        self._quotes += is_closed
        self._put("“" if is_closed else match[0])

    def _unquote(self, match: re.Match[str]) -> None:
        self._put("”" if self._quotes else match[0])
        self._quotes = max(self._quotes - 1, 0)

    def _dash(self, match: re.Match[str]) -> None:
        before, after = self._text[: match.start()][-1:], self._text[self._at : self._at + 1]
        is_option = (not before or before.isspace()) and bool(after) and not after.isspace()
        is_mark = before in ("!", "<") or after == ">"
        stays = (is_option or is_mark) and not self._braces_group
        self._put(match[0] if stays else "—" if match[0] == "---" else "–")

    def _open(self, match: re.Match[str]) -> None:
        is_kept = not self._styled and self._is_argument()
        self._groups.append(_Group(is_tex=self._styled or self._braces_group, is_kept=is_kept))
        self._styled = False

    def _is_argument(self) -> bool:
        """Whether the brace just read follows an index or a command that is not known."""
        done = self._groups[-1].parts
        return bool(done) and (done[-1][-1:] in ("_", "^", "]") or done[-1].startswith("\\"))

    def _close(self, match: re.Match[str]) -> None:
        if len(self._groups) == 1:
            self._put("}")
            return
        group = self._groups.pop()
        self._put(group.closed())


@cache
def _converter() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

    return LatexNodes2Text(math_mode="verbatim")


@lru_cache(maxsize=4096)
def _accented(tex: str) -> str | None:
    """Return the letter that TeX's accent and letter make; None if they make none."""
    tex = re.sub(r"\\([ij])(?![A-Za-z])", r"\1", "".join(tex.split()) if tex[1] in "\"'`^~=." else tex)
    if tex[1] == '"' and tex.strip('"\\{} ').lower() not in "aeiouy":
        return None
    letter = unicodedata.normalize("NFC", _converter().latex_to_text(tex))
    return letter if len(letter) == 1 and letter.isalpha() else None


@lru_cache(maxsize=4096)
def _symbol(tex: str) -> str | None:
    """Return the sign or letter that a command without arguments stands for; None if it is none."""
    if tex in _OWN_SIGNS:
        return _OWN_SIGNS[tex]
    known = _converter().latex_context.get_macro_spec(tex[1:])
    sign = (
        known.simplify_repl if known is not None else None
    )  # what takes arguments has a function or a pattern
    is_sign = isinstance(sign, str) and len(sign) == 1 and sign.isprintable() and not sign.isspace()
    return sign if is_sign else None
