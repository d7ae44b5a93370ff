"""arXiv identifiers in every form people paste them.

The grammar is arXiv's own: `YYMM.number` since April 2007 (four digits to 1412, five from 1501), before that
`archive/YYMMNNN` with an optional subject class that is not part of the canonical form.
See https://info.arxiv.org/help/arxiv_identifier.html.
"""

import re
from dataclasses import dataclass

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line, shorten

_ARCHIVES = frozenset(
    (
        "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat "
        "cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol "
        "physics plasm-ph q-alg q-bio quant-ph solv-int supr-con"
    ).split()
)
_NEW = re.compile(r"(\d\d)(0[1-9]|1[0-2])\.(\d{4,5})(?:v([1-9]\d{0,2}))?", re.ASCII | re.IGNORECASE)
_OLD = re.compile(
    r"([a-z]+(?:-[a-z]+)?)(?:\.[a-z-]{2,10})?/(\d\d)(0[1-9]|1[0-2])(\d{3})(?:v([1-9]\d{0,2}))?",
    re.ASCII | re.IGNORECASE,
)
_PLACES = re.compile(
    r"""(?:https?://)?(?:
        (?:www\.|export\.|browse\.)?arxiv\.org/(?:abs|pdf|html|src|e-print|format|ps|bibtex)/
      | ar5iv(?:\.labs\.arxiv)?\.org/(?:html|abs)/
      | (?:www\.)?alphaxiv\.org/(?:abs|overview|pdf)/
      | huggingface\.co/papers/
      | scirate\.com/arxiv/
      | (?:www\.)?semanticscholar\.org/arxiv/
      | api\.semanticscholar\.org/graph/v1/paper/arxiv:
      | (?:dx\.)?doi\.org/10\.48550/arxiv\.
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_PREFIX = re.compile(r"(?:doi:\s*)?10\.48550/arxiv\.|oai:arxiv\.org:|arxiv:\s*", re.IGNORECASE)
_CATEGORY = re.compile(r"\s+\[[A-Za-z.-]+\]$")


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
    bare = _bare(clean_line(text))
    if match := _NEW.fullmatch(bare):
        year, month, number, version = match.groups()
        digits = 4 if int(year) < 15 else 5
        if (year, month) >= ("07", "04") and len(number) == digits and int(number) > 0:
            return ArxivId(f"{year}{month}.{number}", int(version) if version else None)
    elif match := _OLD.fullmatch(bare):
        archive, year, month, number, version = match.groups()
        in_time = int(year) >= 91 or (year, month) <= ("07", "03")
        if archive.lower() in _ARCHIVES and in_time and int(number) > 0:
            return ArxivId(f"{archive.lower()}/{year}{month}{number}", int(version) if version else None)
    raise BadInput(
        f"{shorten(clean_line(text), 60) or 'nothing'} is no arXiv id", "they look like 1506.01497 or cs/0112017"
    )


def _bare(text: str) -> str:
    """Take away everything around the id itself."""
    if "%" in text:
        from urllib.parse import unquote

        text = clean_line(unquote(text))
    text = _CATEGORY.sub("", text)
    place = _PLACES.match(text) or _PREFIX.match(text)
    if place is None:
        return text
    text = text[place.end() :].split("?")[0].split("#")[0].rstrip("/")
    return text[:-4] if text.lower().endswith(".pdf") else text
