"""arXiv identifiers in every form people paste them.

The grammar is arXiv's own: `YYMM.number` since April 2007 (four digits to 1412, five from 1501), before that
`archive/YYMMNNN` with an optional subject class that is not part of the canonical form.
See https://info.arxiv.org/help/arxiv_identifier.html.
"""

import re
from dataclasses import dataclass

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line, shorten

_ARCHIVES = (
    " acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat"
    " cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th"
    " patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int supr-con "
)
# Kept as text: `re` compiles and caches each when it is first used, and most commands use none.
# Compiled here they would make the import 1.4 ms instead of 0.5.
_NEW = r"(\d\d)(0[1-9]|1[0-2])\.(\d{4,5})(?:v([1-9]\d{0,2}))?"
_OLD = r"([a-z]+(?:-[a-z]+)?)(?:\.[a-z-]{2,10})?/(\d\d)(0[1-9]|1[0-2])(\d{3})(?:v([1-9]\d{0,2}))?"
_AROUND = r"""
    (?: (?:https?://)? (?:
        (?:www\.|export\.|browse\.)?arxiv\.org/(?:abs|pdf|html|src|e-print|format|ps|bibtex)/
      | ar5iv(?:\.labs\.arxiv)?\.org/(?:html|abs)/
      | (?:www\.)?alphaxiv\.org/(?:abs|overview|pdf)/
      | (?:www\.)?huggingface\.co/papers/
      | (?:www\.)?scirate\.com/arxiv/
      | (?:www\.)?semanticscholar\.org/arxiv/
      | api\.semanticscholar\.org/graph/v1/paper/arxiv:
      | (?:dx\.)?doi\.org/10\.48550/arxiv\.
      )
    | (?:doi:\s*)?10\.48550/arxiv\.
    | oai:arxiv\.org:
    | arxiv:\s*
    )?
    (?P<id> [^\s?\#]+? ) (?:\.pdf)? /* (?:[?\#]\S*)?
    (?:\s+\[[a-z.-]+\])?
"""
_FLAGS = re.ASCII | re.IGNORECASE | re.VERBOSE
_LONGEST = 500  # characters; a longer text is no id, whatever stands around it


@dataclass(frozen=True, slots=True)
class ArxivId:
    """One arXiv paper: `id` canonical and without version, `version` from 1 or None when none was given."""

    id: str
    version: int | None = None


def parse_arxiv_id(text: str) -> ArxivId:
    """Read an arXiv id, bare, prefixed, or inside a URL or DOI.

    Numbers are never padded or mended: `1512.3385` is refused, not guessed at.

    Raises:
        BadInput: this is no arXiv id.
    """
    bare = _bare(clean_line(text)) if len(text) <= _LONGEST else ""
    if match := re.fullmatch(_NEW, bare, _FLAGS):
        year, month, number, version = match.groups()
        digits = 4 if int(year) < 15 else 5
        if (year, month) >= ("07", "04") and len(number) == digits and int(number) > 0:
            return ArxivId(f"{year}{month}.{number}", int(version) if version else None)
    elif match := re.fullmatch(_OLD, bare, _FLAGS):
        archive, year, month, number, version = match.groups()
        in_time = int(year) >= 91 or (year, month) <= ("07", "03")
        if f" {archive.lower()} " in _ARCHIVES and in_time and int(number) > 0:
            return ArxivId(f"{archive.lower()}/{year}{month}{number}", int(version) if version else None)
    shown = shorten(clean_line(text[: 2 * _LONGEST]), 60) or "an empty text"
    raise BadInput(f"{shown} is no arXiv id", "they look like 1506.01497 or cs/0112017")


def _bare(text: str) -> str:
    """Take away everything around the id itself; return an empty text when there is nothing left."""
    if "%" in text:
        from urllib.parse import unquote

        text = clean_line(unquote(text))
    match = re.fullmatch(_AROUND, text, _FLAGS)
    return match["id"] if match else ""
