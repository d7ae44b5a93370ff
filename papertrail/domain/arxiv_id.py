"""The one door for identifiers: arXiv ids and DOIs in whatever people paste.

The grammar is arXiv's own: `YYMM.number` since April 2007 (four digits to 1412, five from 1501), before that
`archive/YYMMNNN` with an optional subject class that is not part of the canonical form.
See https://info.arxiv.org/help/arxiv_identifier.html.

A number such as 1706.03762 is a decimal as well. So it is taken for an id where something says that it is
one: the word arXiv, an address, a category behind it, the name of a file. Without that it must stand by
itself, with nothing but quotes, brackets and punctuation around it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean, clean_line, shorten

if TYPE_CHECKING:
    from papertrail.domain.doi import Doi

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat"
    "|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th"
    "|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
# Kept as text: `re` compiles and caches each when it is first used, and most commands use none.
# Compiled here they would make the import several times as long.
_NEW = r"(\d\d)(0[1-9]|1[0-2])\.(\d{4,5})(?:v([1-9]\d{0,2}))?"
_OLD = rf"({_ARCHIVES})(?:\.[a-z-]{{2,10}})?/(\d\d)(0[1-9]|1[0-2])(\d{{3}})(?:v([1-9]\d{{0,2}}))?"
# Neither a longer number or word, nor a percentage, nor a digit with a mark above it.
_END = r"(?![a-z0-9]|\.\d|%|[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f])"
_ANY = rf"(?:(?<!\d)(?<!\d\.){_NEW}|(?<![a-z0-9]){_OLD}){_END}"
_WORD = r"""(?:
    (?<![a-z0-9]) arxiv (?:\.org)?                      # the word itself: arXiv:, arXiv preprint, arxiv_id =
        (?: [\W_]{0,3} (?: preprints? | e-?prints? | papers? | id | identifier | n[or] | number ) (?![a-z])
          | \s? \[[a-z.-]{2,20}\]
          | \s? (?: 编号 | 編號 | 号 | 號 | 番号 | 번호 | 论文 | 論文 | 논문 | 预印本 | 預印本 | の | 的 )
        ){0,3}
        (?: \. | (?<=n[or])\.\s | [\s:,/\\|_(\[{<>"'`\u2018-\u201f\u00ab\u00bb\u3008-\u3011=*~-]{1,8} )?
  | (?<![a-z]) e-?print (?:_?id)? ["']? \s{0,9} [:=+]? \s{0,9} ["'{(\[]{0,3}
  | (?: (?<![\w./\\-]) /? | \bcorr/ ) (?: abs | pdf | html | e-print )/
)\Z"""
_ADDRESS = r"""
    (?<![a-z0-9])                                       # of arXiv, its mirrors and readers, through a proxy
    (?: (?: arxiv | ar5iv | alphaxiv ) [.-] [a-z0-9.-]{2,80}
      | papers\.cool | scirate\.com | semanticscholar\.org | scholar\.google\.[a-z.]{2,6}
      | (?: (?: hf | huggingface )\.co | hf-mirror\.com | emergentmind\.com )/papers
      | xxx\.[a-z0-9.-]{2,60}/(?:abs|pdf|ps|html)
    )
    (?: :\d{2,5} )? [/?] (?: .* [/:=,.?&_+] )? \Z"""
_STOPS = "[\\s<>\"'()\\[\\]{}|\\\\^`#]|[^!-~]|https?:"  # what no address goes on after
# The name of a downloaded file: the id with its suffix, or at the beginning of the name.
_SUFFIX = r"""[)\]]? (?: \s?\(\d{1,3}\) | [-_]\d{1,3} )? \.
    (?: pdf | ps | djvu | epub | html? ) (?![a-z0-9])"""
_ELSEWHERE = r"(?:https?://|\bwww\.|\bvixra)[^\s<>\"]*\Z"  # viXra numbers its papers in the same way
_REST_OF_NAME = r"(?:[._)\]]|\s?[-_\u2013\u2014])[^/\\]*\.pdf\W*\Z"
_CATEGORY = rf"\s?\[(?:{_ARCHIVES}|econ|eess|q-fin|stat)(?:\.[a-z-]{{2,10}})?\]"
_BETWEEN = r"\s*(?:(?:[,;&/|\u3001\u548c]|\band\b)\s*)+"
_LIST_MARK = r"\s*(?:(?:[-*+\u2022\u00b7\u2013\u2014]|\d{1,3}[.)]|\[\d{1,3}\])\s+)?(?:\[[ x]\]\s+)?"
# arXiv's old file tree, ADS bibcodes and DBLP's names say the id in other words.
_REWRITTEN = (
    (rf"/({_ARCHIVES})/(?:papers|pdf|ps)/\d{{4}}/(?=\d{{7}})", r"/\1/"),
    (r"(?<![a-z0-9])20\d\darXiv(\d{4})\.?(\d{4,5})[a-z](?![a-z0-9])", r"arXiv:\1.\2 "),
    (rf"(?<![a-z0-9])({_ARCHIVES})_(?=\d{{7}}(?:v\d+)?\.pdf)", r"\1/"),
    (r"\bcorr/abs-(\d{4})-(?=\d{4,5}(?!\d))", r"corr/abs/\1."),
)
# Where a copied DOI or address is broken: at the end of a line, or by a blank that stands for one.
_HEAD = (
    r"(?:(?<![\d.])10\.48550/(?:arxiv\.)?|\barxiv\.org/(?:(?:abs|pdf|html)/)?|\barxiv:|\barxiv[.:]\d{4}\.)"
)
_BROKEN_LINE = rf"(?:{_HEAD}|(?<![\d.])10\.\d{{4,9}}/)\s*\Z"
_BROKEN = rf"({_HEAD})\s(?=[a-z0-9])"
_FULL_WIDTH = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
_HYPHENS = dict.fromkeys((0x2010, 0x2011, 0x2212), "-")
_MASK = "\N{REPLACEMENT CHARACTER}"
_BESIDE = 300  # characters before a number that can say that it is an id
_FLAGS = re.ASCII | re.IGNORECASE | re.VERBOSE
_LONGEST = 20_000  # characters of one line; a longer one is no list of references
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ArxivId:
    """One arXiv paper: `id` canonical and without version, `version` from 1 or None when none was given."""

    id: str
    version: int | None = None


class Found(NamedTuple):
    """The identifiers in a text, each paper once, in order.

    Attributes:
        ids: of arXiv, also those that were given as arXiv's DOI.
        dois: of other publishers.
    """

    ids: tuple[ArxivId, ...] = ()
    dois: "tuple[Doi, ...]" = ()


def parse_arxiv_id(text: str) -> ArxivId:
    """Return the one arXiv id in a text; the same one several times is one.

    Numbers are never padded or mended: `1512.3385` is refused, not guessed at.

    Raises:
        BadInput: there is no arXiv id, or there are several papers'.
    """
    if paper := _whole(text.strip()):
        return paper
    found = find_identifiers(text)
    if len(found.ids) == 1:
        return found.ids[0]
    raise refusal(text, found)


def refusal(text: str, found: Found) -> BadInput:
    """Return why `text` names no one paper of arXiv."""
    if found.ids:
        first, second = (paper.id for paper in found.ids[:2])
        more = f" and {len(found.ids) - 2} more" if len(found.ids) > 2 else ""
        return BadInput(f"there are two papers in it, {first} and {second}{more}", "give one at a time")
    if found.dois:
        doi = shorten(found.dois[0].text, _SHOWN)
        return BadInput(
            f"{doi} is a DOI, but none of arXiv's",
            "give its arXiv id, or add it by hand",
        )
    shown = shorten(clean_line(text[: 10 * _SHOWN]), _SHOWN) or "an empty text"
    return BadInput(f"{shown} is no arXiv id", "they look like 1506.01497 or cs/0112017")


def find_identifiers(text: str) -> Found:
    """Return the arXiv ids and DOIs in a text of any kind, line by line.

    Nothing is guessed: a number that might as well be a decimal is left alone, and so are the digits of DOIs.
    """
    ids: dict[str, ArxivId] = {}
    dois: dict[Doi, None] = {}
    for _, line in lines(text):
        for paper in _papers(line, dois):
            ids.setdefault(paper.id, paper)
    return Found(tuple(ids.values()), tuple(dois))


def lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text with their numbers from 1, clean; what was broken in two is one again.

    That is a copied DOI or address with its end in the next line, and a BibTeX entry.
    """
    rows = clean(text).translate(_FULL_WIDTH).split("\n")
    number = 0
    while number < len(rows):
        first, row = number, rows[number]
        number += 1
        if row.lstrip().startswith("@") and re.match(r"\s*@\w+\s*[{(]", row):
            entry = [row]
            depth = row.count("{") - row.count("}")
            while depth > 0 and number < len(rows) and not rows[number].lstrip().startswith("@"):
                depth += rows[number].count("{") - rows[number].count("}")
                entry.append(rows[number])
                number += 1
            row = " ".join(entry)
        while number < len(rows) and row.rstrip().endswith(("/", ".", ":")):
            if not re.search(_BROKEN_LINE, row[-_BESIDE:], _FLAGS):
                break
            row = row.rstrip() + rows[number].lstrip()
            number += 1
        yield first + 1, clean_line(row)


def _papers(line: str, dois: "dict[Doi, None]") -> list[ArxivId]:
    """Return the arXiv ids in one line, in order, and put the DOIs there into `dois`."""
    if len(line) > _LONGEST or not any(sign in line for sign in "./%aA"):
        return []
    line = _respelled(line)
    if "10." in line:
        from papertrail.domain.doi import find_dois

        for doi, start, end in find_dois(line):
            dois[doi] = None
            line = f"{line[:start]}{_MASK * (end - start)}{line[end:]}"
    found: list[tuple[int, ArxivId]] = []
    rest, last = line, None
    for match in re.finditer(_ANY, line, _FLAGS):
        start, end = match.span()
        goes_on = last is not None and re.fullmatch(_BETWEEN, line[last:start], _FLAGS)
        if (paper := _paper(match)) and (goes_on or _is_told(line, match)):
            found.append((start, paper))
            rest, last = f"{rest[:start]}{_MASK * (end - start)}{rest[end:]}", end
    found += _lone(rest)
    return [paper for _, paper in sorted(found, key=lambda each: each[0])]


def _respelled(line: str) -> str:
    """Return a line percent-decoded, with what is broken in it joined and other spellings put right."""
    if "%" in line:
        from urllib.parse import unquote

        line = clean_line(unquote(unquote(line)))
    line = re.sub(_BROKEN, r"\1", line.translate(_HYPHENS), flags=_FLAGS)
    for written, meant in _REWRITTEN:
        line = re.sub(written, meant, line, flags=_FLAGS)
    return line


def _is_told(line: str, match: re.Match[str]) -> bool:
    """Tell whether what stands around a number says that it is an arXiv id."""
    before, after = line[max(match.start() - _BESIDE, 0) : match.start()], line[match.end() :]
    if re.search(_WORD, before, _FLAGS) or re.search(_ADDRESS, re.split(_STOPS, before)[-1], _FLAGS):
        return True
    last = before[-1:]
    if last == "[" and after[:1] == "]":  # so do titles of arXiv's pages and the references of physicists
        return True
    if last and (last in ".$+~%#&@" or (last.isascii() and last.isalnum()) or category(last) == "Sc"):
        return False
    if re.match(_CATEGORY, after, _FLAGS):
        return True
    if re.search(_ELSEWHERE, before, _FLAGS):
        return False
    if suffix := re.match(_SUFFIX, after, _FLAGS):
        return last not in ("-", "_", "=", ":") or suffix[0].lower().endswith(".pdf")
    if "/" in match[0]:
        return last not in ("/", "\\", "-", "_", _MASK)
    begins = re.search(r"(?:\A|[/\\])[\"'(\[]*\Z", before) is not None
    return begins and re.match(_REST_OF_NAME, after, _FLAGS) is not None


def _lone(line: str) -> list[tuple[int, ArxivId]]:
    """Return the ids that a line consists of, with where they begin; none when there are other words in it.

    What was found already is masked and stands in nobody's way.
    """
    found: list[tuple[int, ArxivId]] = []
    mark = re.match(_LIST_MARK, line, _FLAGS)
    for word in re.finditer(r"[^\s,;|\u3001]+", line[mark.end() if mark else 0 :]):
        core = _unwrapped(word[0])
        if paper := _whole(core):
            found.append((word.start() + (mark.end() if mark else 0), paper))
        elif _MASK not in core and core.lower() != "and" and any(category(c)[0] != "P" for c in core):
            return []
    return found


def _unwrapped(word: str) -> str:
    """Return a word without the quotes, brackets and punctuation around it, in any script."""

    def wraps(sign: str) -> bool:
        return sign == "`" or (category(sign)[0] == "P" and category(sign) != "Pd" and sign not in "%\u2030")

    start, end = 0, len(word)
    while start < end:
        if wraps(word[end - 1]):
            end -= 1
        elif wraps(word[start]):
            start += 1
        elif word[start] == "<" and word[end - 1] == ">":
            start, end = start + 1, end - 1
        else:
            break
    return word[start:end]


def _whole(text: str) -> ArxivId | None:
    """Read a text that is an id and nothing else."""
    match = re.fullmatch(rf"{_NEW}|{_OLD}", text, _FLAGS)
    return _paper(match) if match else None


def _paper(match: re.Match[str]) -> ArxivId | None:
    """Return the paper that a match of the two forms means; None where no paper can have that number."""
    year, month, number, version, archive, old_year, old_month, old_number, old_version = match.groups()
    if archive is None:
        digits = 4 if int(year) < 15 else 5
        if (year, month) >= ("07", "04") and len(number) == digits and int(number) > 0:
            return ArxivId(f"{year}{month}.{number}", int(version) if version else None)
    elif (int(old_year) >= 91 or (old_year, old_month) <= ("07", "03")) and int(old_number) > 0:
        id_ = f"{archive.lower()}/{old_year}{old_month}{old_number}"
        return ArxivId(id_, int(old_version) if old_version else None)
    return None
