"""Which section of the template a heading names, whatever stands beside the name; and which it may mean."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from papertrail.domain.note import short_section
from papertrail.domain.text import clean_line, fold

if TYPE_CHECKING:
    from papertrail.notebook.template import TemplateSection

_REMEMBERED = 1_000  # headings: most notes have the same
_LONGEST = 300  # characters of a heading that is looked at more closely
_MOST_LINKS = 5
_ALIKE = 0.7  # of 1; `Limitations` and `Limits` are 0.71
_SHORTEST_ALIKE = 4  # characters: of shorter names any two have something in common

_REQUIRED = re.compile(
    r" ?[(（] ?(?:required|必填)(?: ?[,，、] ?(?P<words>[0-9]{1,4}) ?(?:words?|个?字|词))? ?[)）]$",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_TAG_OF_HTML = re.compile(r"</?[A-Za-z][^<>]*>")
_TARGET = r"\((?:[^()]|\([^()]*\))*\)"
_NO_NAME = re.compile(  # images, footnotes, citations, boxes to tick, addresses
    rf"!\[\[[^\]]*\]\]|!\[[^\]]*\]{_TARGET}|\[[\^@][^\]]*\]|\[[ xX]?\]|<?(?:https?://|www\.)[^\s<>)\]]*>?"
)
_LINK = re.compile(
    rf"\[\[(?P<wiki>[^\]|]*)(?:\|(?P<alias>[^\]]*))?\]\]|\[(?P<label>[^\[\]]*)\](?:{_TARGET}|\[[^\]]*\])?"
)
_ATTRIBUTES = re.compile(r"\{[^{}]*\}")
_BLOCK_ID = re.compile(r"(?:^|\s)\^[A-Za-z0-9-]+")
_TAG = re.compile(r"(?:^|(?<=\s))#[^\s#]+")
_SHORT_CODE = re.compile(r"(?:^|(?<=\s)):[a-z0-9_+-]+:", re.IGNORECASE)
_EMPHASIS = re.compile(r"[*`]+|~~|==|(?<!\w)_+|_+(?!\w)")
_PART_OF_EMOJI = re.compile("[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_CHINESE = "零〇一二三四五六七八九十百"
_NUMBER = re.compile(
    rf"""第\s*[\d{_CHINESE}]+\s*[章节節部步条條장절]\s*
    |(?:\d+(?:[.-]\d+)*|[{_CHINESE}]+)[.)\]:、،,·/|–—-]+\s*
    |\d+(?:[.-]\d+)*\s+
    |\d+(?=[^\W\d_a-zA-Z])
    |(?=[ivxIVX])[xX]{{0,3}}(?:[iI][xX]|[iI][vV]|[vV]?[iI]{{0,3}})[.)\]:·/|–—-]+\s*
    |(?=[IVX])X{{0,3}}(?:IX|IV|V?I{{0,3}})\s+
    |[^\W\d_][.)\]]\s*""",
    re.VERBOSE,
)


@lru_cache(maxsize=_REMEMBERED)
def section_name(heading: str) -> str:
    """Return a heading as the name of a section: on one line, without the mark of required ones."""
    return _REQUIRED.sub("", clean_line(heading))


def is_marked_required(heading: str) -> bool:
    """Tell whether a heading of the template ends with `(required)`, `（必填）` or `(required, 20 words)`."""
    return _REQUIRED.search(clean_line(heading)) is not None


def words_wanted(heading: str) -> int:
    """Return how many words a heading of the template asks for: 20 for `（必填，20字）`, 0 for any."""
    mark = _REQUIRED.search(clean_line(heading))
    return int(mark["words"] or 0) if mark else 0


@lru_cache(maxsize=_REMEMBERED)
def fold_name(heading: str) -> str:
    """Return the form in which names of sections are compared.

    Case, width, white space, emphasis, the mark of required sections and a colon at the end do not count.
    """
    text = section_name(unicodedata.normalize("NFKC", heading)).strip("*_` ").rstrip(": ")
    return section_name(text).strip("*_` ").casefold()


def bare_names(heading: str) -> Iterator[str]:
    """Yield what a heading may name, folded, when nothing that decorates it counts.

    Numbers, emoji, emphasis, punctuation, tags, block ids and attributes are left out. A link may be the name
    or stand beside it: first all links are read as their words, then one of them, then none.
    """
    if len(heading) > _LONGEST:
        return
    import html

    text = unicodedata.normalize("NFKC", html.unescape(_TAG_OF_HTML.sub(" ", clean_line(heading))))
    text = _NO_NAME.sub(" ", text)
    links = list(_LINK.finditer(text))
    yield _bare(_with_links(text, links, links))
    if links:
        for link in links[:_MOST_LINKS]:
            yield _bare(_with_links(text, links, [link]))
        yield _bare(_with_links(text, links, []))


def _with_links(text: str, links: Sequence[re.Match[str]], kept: Sequence[re.Match[str]]) -> str:
    """Return the text with some of its links as the words they show, and without the others."""
    parts: list[str] = []
    position = 0
    for link in links:
        parts += [text[position : link.start()], _shown(link) if link in kept else " "]
        position = link.end()
    return "".join((*parts, text[position:]))


def _shown(link: re.Match[str]) -> str:
    if link["label"] is not None:
        return link["label"]
    return link["alias"] or re.split(r"[#/]", link["wiki"])[-1]


def _bare(text: str) -> str:
    """Return a heading without links as the folded name that is left of it."""
    text = _PART_OF_EMOJI.sub("", text)
    if not text.isascii():
        text = "".join(" " if unicodedata.category(c) == "So" else c for c in text)
    for decoration in (_ATTRIBUTES, _BLOCK_ID, _TAG, _SHORT_CODE):
        text = decoration.sub(" ", text)
    text = _EMPHASIS.sub("", _ESCAPED.sub(r"\1", text))
    text = " ".join(text.split())
    before = None
    while text != before:
        before = text
        text = _stripped(_REQUIRED.sub("", text))
        number = _NUMBER.match(text)
        if number and number.end() < len(text):
            text = text[number.end() :]
    return unicodedata.normalize("NFKC", text.casefold())


def _stripped(text: str) -> str:
    """Return text without what is neither letter, digit nor mark at either end."""
    start, end = 0, len(text)
    while start < end and unicodedata.category(text[start])[0] in "PSZC":
        start += 1
    while end > start and unicodedata.category(text[end - 1])[0] in "PSZC":
        end -= 1
    return text[start:end]


class SectionNames:
    """The names that the sections of a template go by.

    Args:
        sections: of the template.
    """

    def __init__(self, sections: "Sequence[TemplateSection]") -> None:
        self._sections = sections
        self._known = {fold_name(section.name): section for section in sections}
        for section in sections:
            self._known.setdefault(fold_name(short_section(section.name)), section)
        for shorten in (str, short_section):
            bare: dict[str, list[TemplateSection]] = {}
            for section in sections:
                bare.setdefault(next(bare_names(shorten(section.name)), ""), []).append(section)
            for name, named in bare.items():
                if name and len(named) == 1:  # `Idea 1`, `1. Idea` and `2. Idea` need their numbers
                    self._known.setdefault(name, named[0])
        self._found: dict[str, TemplateSection | None] = {}
        self._alike: dict[str, list[tuple[float, TemplateSection]]] = {}

    def find(self, heading: str) -> "TemplateSection | None":
        """Return the section that a heading names, None of the reader's own."""
        if heading not in self._found:
            self._found[heading] = self._look_for(heading)
        return self._found[heading]

    def _look_for(self, heading: str) -> "TemplateSection | None":
        section = self._known.get(fold_name(heading))
        if section is None:
            names = (self._known.get(name) for name in bare_names(heading) if name)
            section = next((found for found in names if found is not None), None)
        return section

    def near(self, heading: str, among: "Sequence[TemplateSection]") -> "TemplateSection | None":
        """Return the section that a heading of the reader's own may mean, None for none.

        Args:
            heading: names no section.
            among: the sections it may mean.
        """
        if heading not in self._alike:  # thousands of notes may have the same
            self._alike[heading] = list(self._like(heading))
        alike = [(likeness, section) for likeness, section in self._alike[heading] if section in among]
        return max(alike, key=lambda one: one[0])[1] if alike else None

    def _like(self, heading: str) -> "Iterator[tuple[float, TemplateSection]]":
        """Yield the sections whose names are like a heading, and how much."""
        for name in dict.fromkeys(map(fold, bare_names(heading))):
            for section in self._sections:
                for wanted in (section.name, short_section(section.name)):
                    likeness = _likeness(name, fold(next(bare_names(wanted), "")))
                    if likeness >= _ALIKE:
                        yield likeness, section


def _likeness(name: str, wanted: str) -> float:
    """Return how alike two names are, from 0 to 1."""
    if not name or not wanted:
        return 0.0
    shorter, longer = sorted((name, wanted), key=len)
    if shorter == wanted and _holds(longer, shorter):
        return 0.9
    if len(shorter) < _SHORTEST_ALIKE:
        return 0.0
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, name, wanted, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE else 0.0


def _holds(text: str, words: str) -> bool:
    """Tell whether words stand in a text as whole words; scripts without blanks have no borders."""
    at = text.find(words)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(words) : at + len(words) + 1]
        if not _joins(before, words[0]) and not _joins(words[-1], after):
            return True
        at = text.find(words, at + 1)
    return False


def _joins(left: str, right: str) -> bool:
    """Tell whether two neighbouring characters are of one word."""
    return left.isalnum() and right.isalnum() and not (_is_ideograph(left) or _is_ideograph(right))


def _is_ideograph(character: str) -> bool:
    return "\u3040" <= character <= "\u9fff" or character >= "\U00020000"
