"""Whether a paper was withdrawn, and by which other it is superseded, told from its comment on arXiv.

arXiv has no field for either: the comment is free text, in which papers also speak of other papers, of
earlier versions, of conferences and of drugs that were withdrawn. So each sentence is looked at for what it
is about.
"""

import re
from collections.abc import Iterator

from papertrail.domain.arxiv_id import parse_arxiv_id
from papertrail.domain.errors import BadInput

_PAPER = (
    r"(?:paper|article|manuscript|submission|pre-?print|e-?print|version|work|letter|note|report|entry|study"
    r"|draft)"
)
_GONE = r"(?:withdrawn|retracted)"
_SURE = re.compile(
    # this paper is withdrawn; the current version has been withdrawn
    r"(?<!\bof )\b(?:this|the|our|my|present|current)"
    rf"(?: (?!earlier|previous|prior|old|first|initial|original)[\w-]+){{0,2}}? {_PAPER}(?: \([^()]*\))?"
    rf" (?:ha[sd] (?:now )?been|is|was|should be|must be|is being|be)(?: \w+ly| now)? {_GONE}\b"
    rf"|\b{_GONE} by (?:the |its |their |an? )?(?:\w+ )?(?:author|submitter|arxiv|admin)"
    r"|\b(?:authors?|we|i)(?: have| has| hereby| wish to| would like to| decided to| have decided to)*"
    rf" (?:withdr[ae]w|retract|{_GONE})\b"
    r"|\b(?:request|seek|ask for)(?:ing|ed|s)?(?: the| a)? (?:withdrawal|retraction)\b"
    r"|\b(?:removed|deleted) by arxiv\b",
    re.IGNORECASE,
)
_LIKELY = re.compile(
    # at the beginning of a sentence, behind `v3:` or a bracket
    rf"^\W*(?:v\d+\W+)?(?:(?:temporarily|voluntarily|paper|article) )?(?:{_GONE}|withdrawal|retraction)\b"
    r"|\b(?:been|is|was|are|being|be)(?: now| hereby| \w+ly)? withdrawn\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    rf"\b{_GONE} from (?!(?:the )?(?:arxiv|archive|e-?print|public)\b)"  # a market, proceedings
    rf"|\b{_GONE},? (?:{_PAPER}|arxiv|claim|result|drug)s?\b"  # the withdrawn paper X
    rf"|\b(?:not|never|no longer|may|might|could|would|will|can|if|unless)\b[^,;]{{0,120}}\b{_GONE}\b"
    rf"|\b{_GONE}\b[^,;]{{0,120}}\bif\b",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?:earlier|previous(?:ly)?|prior|formerly|recently|old|initial|first|v\d+(?!\W*withdrawn)"
    r"|which|others?|drugs?|products?|section|claims?|theorem|lemma|results?|proof|conjecture|appendix|part"
    r"|figure|arxiv[: ]\s*[\w.-]*\d{4}\S*)"
    rf"\b.{{0,200}}\b{_GONE}\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:super[sc]eded|replaced|obsoleted|subsumed|made obsolete)\s+(?:by|with)\b", re.IGNORECASE
)
_IN = re.compile(
    r"\b(?:merged|incorporated|absorbed|integrated|combined|included|contained|subsumed)\s+(?:in|into|with)\b",
    re.IGNORECASE,
)
_ID = re.compile(
    r"(?<![\w.-])(?:\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?![\w/])", re.IGNORECASE
)
_FAR = 120  # characters from the word to the id
_PART = re.compile(
    r"\b(?:section|theorem|lemma|proof|appendix|figure|v\d+|(?:previous|earlier|first) version)\b",
    re.IGNORECASE,
)


def withdrawn(comment: str | None) -> bool:
    """Tell whether a comment says that this very paper is withdrawn or retracted.

    Examples:
        >>> withdrawn("This paper has been withdrawn by the author due to an error in Lemma 3")
        True
        >>> withdrawn("Replaces the withdrawn manuscript arXiv:1911.03628")
        False
    """
    return comment is not None and any(map(_says_so, _sentences(comment)))


def notice(comment: str | None, own_id: str | None = None) -> str:
    """Return what a comment says of the paper's end, in a few words; empty where it says nothing of it."""
    other = superseded_by(comment, own_id)
    words = ["withdrawn"] if withdrawn(comment) else []
    return ", ".join([*words, f"superseded by arXiv:{other}"] if other else words)


def _says_so(sentence: str) -> bool:
    if _ELSEWHERE.search(sentence):
        return False
    return bool(_SURE.search(sentence) or (_LIKELY.search(sentence) and not _OF_ANOTHER.search(sentence)))


def superseded_by(comment: str | None, own_id: str | None = None) -> str | None:
    """Return the arXiv id, without version, of the paper that a comment says to read in place of this one.

    Args:
        comment: on arXiv.
        own_id: the paper's own, canonical; a later version of itself is no other paper.

    Examples:
        >>> superseded_by("Withdrawn; superseded by arXiv:2405.00001v2")
        '2405.00001'
        >>> superseded_by("This supersedes arXiv:2405.00001")
    """
    if comment is None:
        return None
    ways = (_BY, _IN) if withdrawn(comment) else (_BY,)
    for sentence in _sentences(comment):
        for way in ways:
            said = way.search(sentence)
            if said is None or _PART.search(sentence[: said.start()]):
                continue
            for found in _ids(sentence[said.end() : said.end() + _FAR]):
                if found != own_id:
                    return found
    return None


def _ids(text: str) -> Iterator[str]:
    for match in _ID.finditer(text):
        try:
            yield parse_arxiv_id(match[0]).id
        except BadInput:
            continue


def _sentences(comment: str) -> Iterator[str]:
    return (" ".join(part.split()) for part in re.split(r"(?<=[.;!?])\s+", comment))
