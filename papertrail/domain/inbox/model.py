"""What a reader reads, learnt from the papers of the trail against all that arXiv announces.

One direction a lineage: the mean of its papers' term vectors minus that of the background and a quarter of
that of what was skipped (J. J. Rocchio, *Relevance feedback in information retrieval*, in G. Salton (ed.),
The SMART Retrieval System, 1971). A score is a sum over words: the words that made it are its reason.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import hypot, log, sqrt
from typing import Any

from papertrail.domain.inbox.announcement import Announcement
from papertrail.domain.inbox.terms import STOP_WORDS, terms, words
from papertrail.domain.text import fold

MODEL_VERSION = 1  # raise it when the same papers would make another model
BACKGROUND, SKIPPED = 1.0, 0.25
LOWEST_FLOOR = 0.04
_KEPT_TERMS = 400  # of a lineage's direction; the others change no order
_AGAINST_TERMS = 2_000
_NAMING_TERMS = 200
_NAMED_PAPERS = 4
_ASKED_FOR_FLOOR = 30
_COMMON = 0.05  # of the background: a name in more papers than that is a word like others


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """One paper of the trail, as far as it tells what the reader reads; all text is clean.

    Attributes:
        note: the reader's own words on it.
        lineages: the names of those it is in.
        weight: how much it counts: 1 for a paper that is read, less for one that only stands there.
    """

    key: str
    title: str
    authors: tuple[str, ...] = ()
    abstract: str = ""
    note: str = ""
    lineages: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Interest:
    """The direction of one lineage, or of all papers that are in none.

    Attributes:
        lineage: its name; empty for papers in none.
        weights: how much a term speaks for it, or against.
        papers: keys of the papers that a term is most telling of, for terms that speak for it.
        floor: from this closeness on an announcement is near: that of the furthest fifth of its own papers,
            or of the closest tenth of the background where that is less.
    """

    lineage: str
    weights: Mapping[str, float]
    papers: Mapping[str, Sequence[str]]
    floor: float


@dataclass(frozen=True, slots=True)
class Name:
    """What a paper of the trail is called: `shown` as it is written, `spelled` in small letters."""

    shown: str
    spelled: str
    key: str


@dataclass(frozen=True, slots=True)
class Model:
    """All that ranking needs to know of the trail.

    Attributes:
        rarity: weight of each term that several papers of the background hold.
        rarest: weight of any other.
        names: by one telling word of each.
        authors: how many papers of the trail each author of several wrote, by the name as `fold` makes it.
    """

    rarity: Mapping[str, float]
    rarest: float
    interests: Sequence[Interest]
    names: Mapping[str, Sequence[Name]]
    authors: Mapping[str, int]


def to_json(model: Model) -> str:
    """Return the model as text that `from_json` reads."""
    rounded = json.loads(json.dumps(asdict(model)), parse_float=lambda text: float(f"{float(text):.4g}"))
    return json.dumps({"version": MODEL_VERSION, **rounded}, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Model | None:
    """Return the model of a text; None where it is damaged, or was made by another version."""
    try:
        told: dict[str, Any] = json.loads(text)
        if told.pop("version") != MODEL_VERSION:
            return None
        told["interests"] = tuple(Interest(**each) for each in told["interests"])
        told["names"] = {word: [Name(**each) for each in some] for word, some in told["names"].items()}
        return Model(**told)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


@dataclass(frozen=True, slots=True)
class Vector:
    """A text as the weights of its terms; `scale` times these it is of length 1."""

    weights: Mapping[str, float]
    scale: float


def vector_of(counted: Mapping[str, int], rarity: Mapping[str, float], rarest: float) -> Vector:
    """Return a text's vector: rare terms and repeated ones are heavy.

    Args:
        counted: how often each term stands in it.
        rarity: weight of each known term.
        rarest: weight of any other.
    """
    weights = {
        term: rarity.get(term, rarest) * (1.0 if number == 1 else 1.0 + log(number))
        for term, number in counted.items()
    }
    length = hypot(*weights.values())
    return Vector(weights, 1 / length if length else 0.0)


def announced_text(announcement: Announcement) -> str:
    """Return the text of an announcement; the title counts twice."""
    return f"{announcement.title}\n{announcement.title}\n{announcement.abstract}"


def learn(
    papers: Sequence[KnownPaper],
    background: Iterable[Announcement],
    skipped: Iterable[Announcement] = (),
) -> Model:
    """Return what the reader reads.

    Args:
        papers: those of the trail; what was taken from the inbox is among them.
        background: what arXiv announces, the announcements to be ranked among them; a term that none of them
            holds ranks nothing, so that notes in another language weigh no paper down.
        skipped: what the reader did not want.
    """
    held = [terms(announced_text(each)) for each in background]
    frequency: Counter[str] = Counter()
    for each in held:
        frequency.update(each.keys())
    number = len(held) + 1
    rarest = log(number / 0.5)
    rarity = {term: log(number / (count - 0.5)) for term, count in frequency.items()}
    vectors = [vector_of(each, rarity, rarest) for each in held]
    unwanted = [vector_of(terms(announced_text(each)), rarity, rarest) for each in skipped]
    against = _sum([(BACKGROUND, _mean(vectors)), (SKIPPED, _mean(unwanted))])
    against = _heaviest(against, _AGAINST_TERMS)
    lines: dict[str, list[tuple[KnownPaper, Vector]]] = {}
    for paper in papers:
        text = words(f"{paper.title}\n{paper.title}\n{paper.abstract}\n{paper.note}")
        vector = vector_of(Counter(filter(rarity.__contains__, text)), rarity, rarest)
        if vector.scale and paper.weight > 0:
            for lineage in paper.lineages or ("",):
                lines.setdefault(lineage, []).append((paper, vector))
    asked = vectors[:: 1 + len(vectors) // _ASKED_FOR_FLOOR]
    several = {term: weight for term, weight in rarity.items() if frequency[term] > 1}
    return Model(
        rarity=several,
        rarest=rarest,
        interests=tuple(_interest(lineage, line, against, asked) for lineage, line in lines.items()),
        names=_names(papers, frequency, len(held)),
        authors=_authors(papers),
    )


def _sum(vectors: Iterable[tuple[float, Vector]]) -> dict[str, float]:
    """Return the sum of vectors of length 1, each times the number before it."""
    summed: defaultdict[str, float] = defaultdict(float)
    for times, vector in vectors:
        heavy = times * vector.scale
        for term, weight in vector.weights.items():
            summed[term] += heavy * weight
    return dict(summed)


def _mean(vectors: Sequence[Vector]) -> Vector:
    """Return the direction in which the mean of vectors points."""
    summed = _sum((1.0, each) for each in vectors)
    length = hypot(*summed.values())
    return Vector(summed, 1 / length if length else 0.0)


def _unit(summed: Mapping[str, float]) -> dict[str, float]:
    """Return a direction: the same made as long as 1."""
    length = hypot(*summed.values())
    return {term: weight / length for term, weight in summed.items()} if length else {}


def _heaviest(weights: Mapping[str, float], number: int) -> dict[str, float]:
    """Return so many of the terms that weigh most, for or against; the heaviest first."""
    ordered = sorted(((abs(weight), term) for term, weight in weights.items()), reverse=True)
    return {term: weights[term] for _, term in ordered[:number]}


def _interest(
    lineage: str,
    line: Sequence[tuple[KnownPaper, Vector]],
    against: Mapping[str, float],
    background: Sequence[Vector],
) -> Interest:
    """Return the direction of one line of papers.

    Args:
        lineage: its name.
        line: its papers.
        against: the direction of what is not wanted.
        background: some of what is announced, in no order.
    """
    summed = _sum((paper.weight, vector) for paper, vector in line)
    direction = {term: weight - against.get(term, 0.0) for term, weight in _unit(summed).items()}
    for term, weight in against.items():
        direction.setdefault(term, -weight)
    weights = _heaviest(direction, _KEPT_TERMS)
    telling = set([term for term, weight in weights.items() if weight > 0][:_NAMING_TERMS])
    best: dict[str, list[tuple[float, str]]] = {term: [] for term in telling}
    for paper, vector in line:
        for term in telling & vector.weights.keys():
            best[term].append((-paper.weight * vector.scale * vector.weights[term], paper.key))
    closest = sorted(closeness(each, weights) for each in background)[-1 - len(background) // 10 :]
    return Interest(
        lineage=lineage,
        weights=weights,
        papers={term: [key for _, key in sorted(found)[:_NAMED_PAPERS]] for term, found in best.items()},
        floor=max(LOWEST_FLOOR, min([_own_closeness(line, summed, against), *closest[:1]])),
    )


def closeness(vector: Vector, weights: Mapping[str, float]) -> float:
    """Return how far a text points in a direction, from -1 to 1."""
    held = vector.weights
    return vector.scale * sum(held[term] * weights[term] for term in held.keys() & weights)


def _own_closeness(
    line: Sequence[tuple[KnownPaper, Vector]], summed: Mapping[str, float], against: Mapping[str, float]
) -> float:
    """Return how close the furthest fifth of a lineage's papers is to the others of it; 1 for one alone."""
    length = hypot(*summed.values()) ** 2
    found = []
    for paper, vector in line[:: 1 + len(line) // _ASKED_FOR_FLOOR]:
        heavy = paper.weight
        with_all = vector.scale * sum(weight * summed[term] for term, weight in vector.weights.items())
        others = length - 2 * heavy * with_all + heavy * heavy
        if others > 1e-9:  # nothing is left of one that is alone
            found.append((with_all - heavy) / sqrt(others) - closeness(vector, against))
    found.sort()
    return found[len(found) // 5] if found else 1.0


def _names(papers: Sequence[KnownPaper], frequency: Counter[str], number: int) -> dict[str, list[Name]]:
    """Return what the papers are called: their keys, and what stands before the colon of a title."""
    most = max(3, _COMMON * number)
    found: dict[str, list[Name]] = {}
    for paper in papers:
        head = paper.title.partition(":")[0] if ":" in paper.title else ""
        for shown in (head, paper.key):
            parts = re.findall(r"[^\W_]+", shown.lower())
            telling = [part for part in parts if len(part) > 2 and part.isascii() and part[0].isalpha()]
            telling = [part for part in telling if part not in STOP_WORDS]
            if not telling or len(parts) > 3:
                continue
            rarest = min(telling, key=lambda part: (frequency[part], part))
            spelled = " ".join(parts)
            if frequency[rarest] <= most and spelled not in {each.spelled for each in found.get(rarest, ())}:
                found.setdefault(rarest, []).append(Name(shown.strip(), spelled, paper.key))
    return found


def folded_author(name: str) -> str:
    """Return the form of a name by which authors are compared."""
    return name.lower() if name.isascii() else fold(name)


def _authors(papers: Sequence[KnownPaper]) -> dict[str, int]:
    counted = Counter(name for paper in papers for name in {folded_author(each) for each in paper.authors})
    return {name: number for name, number in counted.items() if number > 1}
