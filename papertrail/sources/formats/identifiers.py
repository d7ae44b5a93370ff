"""Which paper a record is: its DOI and its arXiv id, wherever a program has put them."""

import re
from collections.abc import Iterable

from papertrail.domain.arxiv_id import find_identifiers
from papertrail.domain.doi import ARXIV_PREFIX
from papertrail.domain.text import clean_line

_MAY_BE = re.compile(r"\d{4}\.\d{4}|/\d{7}")


_BARE = re.compile(r"10\.[1-9][0-9]{3,8}/[A-Za-z0-9._/-]*[A-Za-z0-9]", re.ASCII)


def _publishers(doi: str) -> str | None:
    """Return the first DOI in a text that is none of arXiv's, small; most are nothing but one."""
    if not doi:
        return None
    if _BARE.fullmatch(doi) and not doi.startswith(ARXIV_PREFIX):
        return doi.lower()
    said = find_identifiers(clean_line(doi))
    return said.dois[0].text if said.dois else None


def doi_and_arxiv_id(doi: str, others: Iterable[str], eprint: str = "") -> tuple[str | None, str | None]:
    """Return the DOI of a paper's publisher and its arXiv id, where there are any.

    Args:
        doi: what stands where a DOI belongs, an address or bare; one of arXiv's is its id.
        others: where an arXiv id may stand as well: addresses, a journal (`arXiv:1506.01497`), a note.
        eprint: what stands where arXiv's ids belong.
    """
    publisher = _publishers(doi)
    # DBLP has `CoRR` and `abs/1506.01497`, others the bare number where only arXiv's may stand.
    bare = clean_line(eprint).removeprefix("abs/")
    for text in (f"arXiv:{bare}" if bare and ":" not in bare else bare, doi, *map(clean_line, others)):
        if _MAY_BE.search(text) and (ids := find_identifiers(text).ids):
            return publisher, ids[0].id
    return publisher, None
