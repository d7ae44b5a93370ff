"""The cells of a seeds file: what each may hold, and in which other ways people and spreadsheets write it."""

import re
from functools import lru_cache

from papertrail.domain.arxiv_id import parse_arxiv_id
from papertrail.domain.errors import BadInput
from papertrail.domain.keys import is_valid_key
from papertrail.domain.lineages.lineage import ALL_PAPERS, LONGEST_NAME, folded_name
from papertrail.domain.metadata import is_doi
from papertrail.domain.text import shorten

_YEAR = re.compile(r"[12][0-9]{3}")
_WHOLE_NUMBER = re.compile(r"([0-9]+)[.,]0*")
_LONGEST_DATE = 40  # characters
_DOI_PREFIX = re.compile(r"(https?://)?(dx\.|www\.)?doi\.org/|doi:\s*", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+([.,][0-9]*)?([eE][+-]?[0-9]+)?")
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}


class Wrong(Exception):
    """A cell's text is not what its column holds; the message says why."""


def key(text: str) -> str:
    """Return a key; capital letters become small ones."""
    small = text.lower() if text.isascii() else text
    if not is_valid_key(small):
        raise Wrong(f"{quoted(text)} is no key: small letters, digits and hyphens, 64 at most")
    return small


def year(text: str) -> int:
    """Return a year: `2015`, the number `2015.0` that a spreadsheet makes of it, or that of a date."""
    if _YEAR.fullmatch(text):
        return int(text)
    number = _WHOLE_NUMBER.fullmatch(text)
    if number is None and len(text) <= _LONGEST_DATE and (found := _year_of_date(text)):
        return found
    digits = number[1] if number else text
    if not _YEAR.fullmatch(digits):
        raise Wrong(f"{quoted(text)} is no year from 1000 to 2999")
    return int(digits)


def _year_of_date(text: str) -> int | None:
    """Return the one year that stands among days, months and hours; None when this is no date."""
    numbers = re.findall(r"[0-9]+", text)
    years = [number for number in numbers if _YEAR.fullmatch(number)]
    others = [number for number in numbers if len(number) > 2]
    words = re.findall(r"[^\W\d_]{2,}", text)  # a single letter parts day and hour, or stands behind a month
    return int(years[0]) if len(years) == len(others) == 1 and len(words) <= 2 else None


def arxiv_id(text: str) -> str:
    """Return an arXiv id, in any form; a number that a spreadsheet made of one is never mended."""
    try:
        return parse_arxiv_id(text).id
    except BadInput:
        cause = f"{quoted(text)} is no arXiv id"
    if _NUMBER.fullmatch(text):
        cause += ": a spreadsheet seems to have made it a number and cut zeros off; format the column as text"
    raise Wrong(cause)


def doi(text: str) -> str:
    """Return a DOI without address and without the punctuation of the sentence it was copied from."""
    found = without_punctuation(text[prefix.end() :] if (prefix := _DOI_PREFIX.match(text)) else text)
    if not is_doi(found):
        raise Wrong(f"{quoted(text)} is no DOI: one looks like 10.1109/5.726791")
    return found


def without_punctuation(text: str) -> str:
    """Return a DOI without what a sentence has put behind it; a bracket that it opened itself is its own."""
    while text and (
        text[-1] in ".,;:'\""
        or (text[-1] in _BRACKETS and text.count(_BRACKETS[text[-1]]) < text.count(text[-1]))
    ):
        text = text[:-1]
    return text


def arxiv_id_of_doi(text: str) -> str | None:
    """Return the id that one of arXiv's own DOIs names; None for the DOIs of others."""
    if not _ARXIV_DOI.match(text):
        return None
    try:
        return parse_arxiv_id(text).id
    except BadInput:
        return None


def arxiv_id_in_link(text: str) -> str | None:
    """Return the arXiv id in one line of a cell that holds addresses; None if there is none."""
    if "arxiv" not in text.lower():
        return None
    try:
        return parse_arxiv_id(text).id
    except BadInput:
        return None


def doi_in_link(text: str) -> str | None:
    """Return the DOI in one line of a cell that holds addresses; None if there is none."""
    prefix = _DOI_PREFIX.match(text)
    found = without_punctuation(text[prefix.end() :]) if prefix else ""
    return found if is_doi(found) and not _ARXIV_DOI.match(found) else None


def given_name_first(text: str) -> str:
    """Return `Ho, Jonathan` as `Jonathan Ho`; a name with no comma or several stays."""
    last, comma, given = text.partition(", ")
    return f"{given} {last}" if comma and "," not in given else text


@lru_cache(1000)
def lineage(text: str) -> str:
    """Return the name of a lineage; it stands in many rows."""
    if len(text) > LONGEST_NAME:
        raise Wrong(f"{quoted(text)} is longer than {LONGEST_NAME} characters")
    if folded_name(text) == ALL_PAPERS:
        raise Wrong(f"{quoted(text)} stands for all papers and can be no lineage")
    return text


def quoted(text: str) -> str:
    """Return the beginning of a cell's text in quotation marks."""
    return f'"{shorten(text, 40)}"'
