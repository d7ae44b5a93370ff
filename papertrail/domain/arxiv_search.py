"""What is searched for at arXiv, in the grammar of its query API."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line, shorten

MOST_RESULTS = 100
_LONGEST = 300  # letters of what is typed
_MOST_TERMS = 30
_PREFIXES = ("ti", "au", "abs", "co", "jr", "cat", "rn", "all")
_EXAMPLE = 'give words, "a phrase", or ti: au: abs: cat: before one'
_TERM = re.compile(rf'(?:({"|".join(_PREFIXES)}):)?(?:"([^"]*)"|([^\s"]+))', re.IGNORECASE)
_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)
_MEANT = re.compile(r"[^\w.'’+-]+")  # all else has a meaning in the grammar, or none at all
_ALONE = re.compile(r"[^\W_]+(?:_[^\W_]+)*")  # safe without quotation marks
_CATEGORY = re.compile(r"([a-z]+(?:-[a-z]+)?)(?:\.([a-z]+(?:-[a-z]+)?|\*))?", re.IGNORECASE)
_ALL_PARTS = {  # archives with categories; the first papers of two had none
    **dict.fromkeys(("cs", "econ", "eess", "math", "nlin", "physics", "q-bio", "q-fin", "stat"), ".*"),
    **dict.fromkeys(("astro-ph", "cond-mat"), "*"),
}
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class ArxivSearch:
    """What a reader looks for; every condition holds at once, of `categories` one.

    Attributes:
        words: as typed: words, "phrases", either with one of arXiv's prefixes.
        since: a year, month or day, of the first version.
        until: likewise, the last one that fits.
        newest: whether the newest come first, not what fits best.
    """

    words: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    newest: bool = False
    limit: int = 20

    def query(self, today: date) -> str:
        """Return it as arXiv's `search_query`.

        Raises:
            BadInput: something in it cannot be searched for, or there is nothing.

        Examples:
            >>> ArxivSearch("residual learning", ("He",), ("cs.CV",)).query(date(2026, 3, 1))
            'all:residual AND all:learning AND au:He AND cat:cs.CV'
            >>> ArxivSearch("adam", since="2014", until="2015-02").query(date(2026, 3, 1))
            'all:adam AND submittedDate:[201401010000 TO 201502282359]'
            >>> ArxivSearch('ti:"R-CNN" faster').query(date(2026, 3, 1))
            'ti:"R-CNN" AND all:faster'
        """
        terms = [*_terms(self.words), *(_author(each) for each in self.authors)]
        if len(self.words) > _LONGEST or len(terms) > _MOST_TERMS:
            raise BadInput("that is too long to search for", "a few words will do")
        if categories := [f"cat:{_category(each)}" for each in self.categories]:
            terms.append(categories[0] if len(categories) == 1 else f"({' OR '.join(categories)})")
        if not terms:
            raise BadInput("there is no word to search for", _EXAMPLE)
        if self.since or self.until:
            terms.append(self._days(today))
        return " AND ".join(terms)

    def _days(self, today: date) -> str:
        first = _moment(self.since, end=False) if self.since else "199101010000"
        tomorrow = today + timedelta(days=1)  # what is of today here may be of tomorrow at arXiv
        last = _moment(self.until or tomorrow.isoformat(), end=True)
        if first > last:
            raise BadInput(
                f"nothing is from {self.since} on and up to {self.until or 'today'}", "give an earlier --from"
            )
        return f"submittedDate:[{first} TO {last}]"


def _terms(typed: str) -> Iterator[str]:
    text = clean_line(typed).translate(_QUOTES)
    if text.count('"') % 2:
        raise BadInput(f"a quotation mark is left open in {shorten(text, 60)}", "close it, or leave it out")
    for match in _TERM.finditer(text):
        prefix, phrase, word = match.groups()
        if word in ("OR", "ANDNOT"):
            raise BadInput(f"{word} is not understood: all words are searched for", "search twice")
        if word == "AND":
            continue
        name = (prefix or "all").lower()
        if name == "cat":
            yield f"cat:{_category(phrase or word or '')}"
        elif value := _value(phrase if word is None else word):
            yield f"{name}:{value}"


def _value(text: str) -> str:
    """Return words as one term, quoted unless it is a plain word; empty if nothing is left."""
    words = " ".join(part for part in _MEANT.sub(" ", text).split() if any(map(str.isalnum, part)))
    return words if not words or _ALONE.fullmatch(words) else f'"{words}"'


def _author(name: str) -> str:
    if value := _value(clean_line(name)):
        return f"au:{value}"
    raise BadInput("an author has no name", "for example --author He, or --author 'Kaiming He'")


def _category(name: str) -> str:
    """Return a category as arXiv spells it; an archive stands for all of its categories."""
    match = _CATEGORY.fullmatch(name.strip())
    if match is None or len(name) > _LONGEST // 10:
        raise BadInput(
            f"{shorten(clean_line(name), 40) or 'nothing'} is no category of arXiv",
            "for example cs.CV, or cs",
        )
    archive, part = match[1].lower(), match[2]
    if part is None:
        return archive + _ALL_PARTS.get(archive, "")
    return f"{archive}.{part.upper() if len(part) == 2 else part.lower()}"


def _moment(text: str, *, end: bool) -> str:
    """Return the first or last minute of a year, a month or a day, as arXiv writes it."""
    match = _DAY.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part or 0) for part in match.groups())
        first = date(year, month or (12 if end else 1), day or 1)
    except ValueError:
        said = shorten(clean_line(text), 40) or "nothing"
        raise BadInput(f"{said} is no year and no date", "write 2015, 2015-06 or 2015-06-04") from None
    last = first if day else first.replace(day=monthrange(first.year, first.month)[1])
    chosen, time = (last, "2359") if end else (first, "0000")
    return f"{chosen.isoformat().replace('-', '')}{time}"
