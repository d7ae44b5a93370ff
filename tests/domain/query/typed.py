"""Random queries, as people type them and as nobody does, and random papers to ask for."""

import random
from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import strategies as st

from papertrail.domain.query.fields import BY_NAME, FIELDS
from papertrail.domain.query.matching import Record
from papertrail.domain.text import fold

TODAY = date(2026, 11, 27)

_WORDS = (
    "deep", "residual", "net", "R-CNN", "C++", "c#", "Naïve", "he", "Łukasz", "残差", "网络", "残",
    "ネットワーク",
    "언어모델", "모델", "2015", "or", "OR", "NOT", "AND", "owed", "a", "small", "objects", "++", "f(x",
    "f(x)", "--foo",
    "*", "resid*", "ＲｅｓＮｅｔ", "10.1109/5.7", "https://arxiv.org/abs/1", "foo:bar", "“", "¨", "或",
    "½", "-", "^",
)  # fmt: skip
_VALUES = (
    "2015", "201", "2015..2018", "2018..2015", "..", "2015..", "..2018", ">200", "<0", ">=4", "<=2",
    "<2w", ">3d",
    "2w..1m", "2026-03..", "2026-0", "2026-02-30", "today", "yesterday..", "reading", "read", "rea",
    "已读", "note",
    "has", "no", "yes", "note,pdf", "read,", ",", "-year", "title", "relevance", "", "limits:",
    'limits:"small objects"',
    '"key idea":x', "limits", "yolo", '"R-CNN line"', "²", "999999999", ">999999999", "9999y", "0001",
    "０１",
)  # fmt: skip

words = st.sampled_from(_WORDS)
phrases = st.builds(lambda some: '"' + " ".join(some) + '"', st.lists(words, max_size=3))
fields = st.builds(
    "{}:{}".format, st.sampled_from([*BY_NAME, "lineag", "foo"]), st.sampled_from(_VALUES) | words | phrases
)
terms = st.builds("{}{}".format, st.sampled_from(["", "", "-", "^", "NOT "]), words | phrases | fields)
pieces = terms | st.sampled_from(
    ["(", ")", "or", "-(", '"', "（", "：", "NOT", "-", "^", "\n", "\u200b", "\x1b[m"]
)
typed = st.builds(
    "".join, st.lists(st.builds("{}{}".format, pieces, st.sampled_from([" ", " ", ""])), max_size=12)
)
hostile = st.text(
    alphabet=st.sampled_from('ab:"()-^*.<>=,\\ \t\n\x00\u200b\ud800残或：（）“”＂－½é1259wdmor')
    | st.characters()
)
queries = typed | hostile | st.builds("{}{}".format, typed, hostile)

_texts = st.builds(" ".join, st.lists(words, max_size=6))


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Return a paper made of the words that are asked for."""
    title, authors, year = (
        draw(_texts),
        tuple(draw(st.lists(_texts, max_size=2))),
        draw(st.sampled_from([None, 2012, 2016])),
    )
    sections = (("Limits", draw(_texts)), ("Key idea: in a line", draw(_texts)))
    return Record(
        key="resnet",
        title=title,
        text=fold(" ".join(["resnet", title, *authors, str(year or "")])),
        added=TODAY - timedelta(draw(st.integers(0, 500))),
        authors=authors,
        year=year,
        venue=draw(st.sampled_from(["", "CVPR", "Naïve Conf"])),
        abstract=draw(st.none() | _texts),
        note=draw(st.none() | st.just("\n".join(text for _, text in sections))),
        sections=sections,
        status=draw(st.sampled_from(["unread", "queued", "reading", "read", "dropped"])),
        owed=draw(st.booleans()),
        counted=draw(st.booleans()),
        lineages=draw(st.sampled_from([(), ("YOLO v1 — v3",), ("R-CNN line", "he")])),
        tags=draw(st.sampled_from([(), ("yolo",), ("to show", "read")])),
        read=draw(st.none() | st.just(TODAY - timedelta(8))),
        words=draw(st.integers(0, 400)),
        rating=draw(st.none() | st.integers(1, 5)),
        pdf=draw(st.booleans()),
    )


def jumbled(chance: random.Random) -> str:
    """Return up to twenty pieces of queries, and single characters of any kind, one after another."""
    pieces: list[Callable[[], str]] = [
        lambda: chance.choice(_WORDS),
        lambda: chance.choice(_VALUES),
        lambda: f"{chance.choice(list(BY_NAME))}:",
        lambda: chance.choice(' ()"-:or.<>,*^=（）：“”'),
        lambda: chr(chance.choice((chance.randrange(0x250), chance.randrange(0x110000)))),
        lambda: " ",
    ]
    return "".join(chance.choice(pieces)() for _ in range(chance.randrange(20)))


EXAMPLES = [example for field in FIELDS for example in field.examples]
