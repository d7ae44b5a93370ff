"""DOIs as they stand in running text, in addresses and in lists of references."""

import re
from dataclasses import dataclass

ARXIV_PREFIX = "10.48550/"  # arXiv gives no DOI under another prefix, and nobody else one under this
# Kept as text, as in `arxiv_id`: compiled when first used.
_DOI = r"""
    (?<![0-9.]) 10\.[1-9][0-9]{3,8} (?:\.[0-9]+)* /
    (?: (?! [,;] (?:10\.[0-9] | https?: | doi: | arxiv) | </ | \]\( ) [!-~] (?<! ["{}|\\^`] ) )+
"""
_IN_ADDRESS = r"(?:https?://|\bdoi\.org/|\bwww\.)[^\s<>\"]*\Z"
_PAIRS = {")": "(", "]": "[", ">": "<"}
_MAY_END = frozenset("-_~+=#$*@/&")  # marks that some DOIs do end in


@dataclass(frozen=True, slots=True)
class Doi:
    """One DOI, small letters, without an address before it and without the sentence around it."""

    text: str

    def __str__(self) -> str:
        return self.text


def find_dois(text: str) -> list[tuple[Doi, int, int]]:
    """Return the DOIs in `text` that are not arXiv's, each with where it begins and ends.

    In an address a query and a fragment are no part of it.
    """
    found: list[tuple[Doi, int, int]] = []
    if "10." not in text:
        return found
    for match in re.finditer(_DOI, text, re.VERBOSE | re.IGNORECASE):
        doi = match[0]
        if re.search(_IN_ADDRESS, text[max(match.start() - 200, 0) : match.start()], re.IGNORECASE):
            doi = re.split(r"[?#]|&(?=\w+=)", doi, maxsplit=1)[0]
            doi = re.sub(r"(?:\.pdf|/(?:abstract|full|pdf|epdf|meta))\Z", "", doi, flags=re.IGNORECASE)
        doi = without_sentence(doi)
        if not doi.startswith(ARXIV_PREFIX) and not doi.endswith("/"):
            found.append((Doi(doi.lower()), match.start(), match.start() + len(doi)))
    return found


def without_sentence(doi: str) -> str:
    """Return a DOI without the punctuation after it; a bracket that was opened in it stays.

    Examples:
        >>> without_sentence("10.1016/S0042-6989(97)00169-7).")
        '10.1016/S0042-6989(97)00169-7'
    """
    while doi:
        last = doi[-1]
        if last in _PAIRS:
            if doi.count(last) <= doi.count(_PAIRS[last]):
                break
        elif last.isalnum() or last in _MAY_END:
            break
        doi = doi[:-1]
    return doi
