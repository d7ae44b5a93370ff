"""Keys: the short stable names of papers, used in commands and as names of note files."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import count

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
# Windows opens a device when a file has one of these names, whatever its suffix; `notes/readme.md` would be
# the README of the notes folder where file names ignore case.
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "readme"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in range(10)}
)
_STOP_WORDS = (
    "an?|and|are|as|at|be|by|can|do|does|for|from|how|in|into|is|its?|of|on|or"
    "|that|the|this|to|towards?|via|what|when|why|with|without"
)
_NAME_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Latin letters that Unicode does not take apart into an ASCII letter and a mark.
_LATIN = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
)
_LONGEST_PART = 24


def is_valid_key(text: str) -> bool:
    """Return whether `text` can be a key: 1 to 64 small letters, digits and hyphens, safe as a file name."""
    return _KEY.fullmatch(text) is not None and text not in _RESERVED


def make_key(
    authors: Sequence[str],
    year: int | None,
    title: str,
    arxiv_id: str | None,
    taken: Callable[[str], bool],
) -> str:
    """Return a new key like `he2015deep`: first person's last name, year, first telling word of the title.

    A paper that names no person has the own name of the collaboration in its key: `planck2013results`.

    Without a name or a word in Latin letters the key is made of the arXiv id: `arxiv-1512-03385`.

    Args:
        authors: names in order.
        year: left out of the key when None.
        arxiv_id: canonical, without a version.
        taken: whether a key is in use; the key gets `-2`, `-3`… until it is not.
    """
    name = _name(authors)
    word = _first_word(title)
    if name and word:
        stem = f"{name}{'' if year is None else year}{word}"
    elif arxiv_id:
        stem = "arxiv-" + re.sub(r"[^a-z0-9]+", "-", arxiv_id.lower())[:40].strip("-")
    else:
        stem = name or word or "paper"
    if is_valid_key(stem) and not taken(stem):
        return stem
    numbered = (f"{stem}-{number}" for number in count(2))
    return next(key for key in numbered if is_valid_key(key) and not taken(key))


def _name(authors: Sequence[str]) -> str:
    """Return what a key calls the authors, folded; may be empty."""
    from papertrail.domain.authors import is_group, own_name

    person = next((author for author in authors if not is_group(author)), None)
    if person is not None:
        return _last_name(person)
    return _letters(own_name(authors[0]))[:_LONGEST_PART] if authors else ""


def _letters(text: str) -> str:
    """Return the small ASCII letters and digits of `text`, accents dropped."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LATIN)).casefold()
    return re.sub(r"[^a-z0-9]", "", plain)


def _last_name(author: str) -> str:
    """Return the last name, folded: of `Herke van Hoof` and `Hoof, Herke van` it is `hoof`; may be empty."""
    before, comma, after = author.partition(",")
    if comma and _letters(after) not in _NAME_SUFFIXES:
        author = before
    names = [
        letters for word in author.replace(",", " ").split() if re.search("[a-z]", letters := _letters(word))
    ]
    while len(names) > 1 and names[-1] in _NAME_SUFFIXES:
        names.pop()
    return names[-1][:_LONGEST_PART] if names else ""


def _first_word(title: str) -> str:
    """Return the first word of a title that is no stop word, folded; may be empty."""
    words = (_letters(word) for word in re.sub(r"\\[A-Za-z]+", "", title).split())
    return next((word for word in words if word and not re.fullmatch(_STOP_WORDS, word)), "")[:_LONGEST_PART]
