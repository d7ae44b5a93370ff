"""The fields of the query language, in one table: parser, printer and documentation all follow it."""

from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["text", "section", "name", "choice", "numbers", "days", "sort"]
Values: TypeAlias = dict[str, tuple[str, ...]]
"""Each value with its other spellings."""


class Field(NamedTuple):
    """One field.

    Attributes:
        name: as it is printed.
        kind: how its value is read.
        aliases: other names.
        means: what it asks for, in a line.
        examples: whole terms.
        values: of a choice or an order, what it may be.
    """

    name: str
    kind: Kind
    aliases: tuple[str, ...]
    means: str
    examples: tuple[str, ...]
    values: Values = {}  # noqa: RUF012 (a default that nobody changes)


STATUSES: Values = {
    "unread": ("未读",),
    "queued": ("排队", "待读"),
    "reading": ("在读",),
    "read": ("已读", "读过"),
    "dropped": ("放弃", "弃读"),
}
FLAGS: Values = {"owed": ("欠笔记",), "counted": ("已计入",)}
"""Values of `is` that also stand alone."""
THINGS: Values = {
    "note": ("笔记",),
    "abstract": ("摘要",),
    "pdf": (),
    "tag": ("tags", "标签"),
    "lineage": ("谱系",),
    "rating": ("评分",),
    "arxiv": (),
    "doi": (),
}
ANSWERS: Values = {"yes": ("能", "是"), "no": ("不能", "否")}
ORDERS: Values = {
    "relevance": ("相关",),
    "year": ("年份",),
    "title": ("标题",),
    "key": ("键",),
    "status": ("状态",),
    "added": ("加入",),
    "read": ("读完",),
    "words": ("字数",),
    "rating": ("评分",),
    "venue": ("会议", "期刊"),
}

FIELDS = (
    Field("title", "text", ("标题",), "words of the title", ("title:residual", 'title:"deep residual"')),
    Field(
        "author",
        "text",
        ("authors", "作者"),
        "words of the authors' names",
        ("author:he", 'author:"Kaiming He"'),
    ),
    Field("venue", "text", ("journal", "会议", "期刊"), "words of the venue", ("venue:cvpr",)),
    Field("key", "text", ("键",), "words of the key", ("key:faster-rcnn",)),
    Field("arxiv", "text", (), "the arXiv id, or its beginning", ("arxiv:1512.03385",)),
    Field("doi", "text", (), "the DOI, or its beginning", ("doi:10.1109/5",)),
    Field("abstract", "text", ("摘要",), "words of the abstract", ('abstract:"feature pyramid"',)),
    Field(
        "note", "text", ("notes", "笔记"), "words of your note", ("note:superpixels", 'note:"hard negatives"')
    ),
    Field(
        "section",
        "section",
        ("章节",),
        "words of one section of your note, by the beginning of its name; that it is filled at all",
        ('section:limits:"small objects"', 'section:"key idea":anchors', "section:limits"),
    ),
    Field(
        "lineage",
        "name",
        ("line", "谱系"),
        "papers of a lineage; in quotes by its whole name, else by a part of it",
        ("lineage:yolo", 'lineage:"R-CNN line"'),
    ),
    Field(
        "tag",
        "name",
        ("tags", "标签"),
        "papers with a tag; in quotes the whole tag, else its beginning",
        ("tag:thesis", 'tag:"to show"'),
    ),
    Field("status", "choice", ("状态",), "how far you are", ("status:reading", "状态:在读"), STATUSES),
    Field(
        "is",
        "choice",
        ("是",),
        "`owed`: read, and the note is owed; `counted`: counts",
        ("owed", "-counted"),
        FLAGS,
    ),
    Field("explains", "choice", ("能讲",), "whether you can explain it today", ("explains:no",), ANSWERS),
    Field("has", "choice", ("有",), "what there is of it", ("has:note", "-has:abstract", "has:pdf"), THINGS),
    Field(
        "year",
        "numbers",
        ("年份",),
        "year it came out",
        ("year:2015..2018", "year:2015..", "year:>2015", "year:201"),
    ),
    Field("words", "numbers", ("字数",), "words of your own in the note", ("words:>200",)),
    Field("rating", "numbers", ("评分",), "your rating, 1 to 5", ("rating:4..",)),
    Field("added", "days", ("加入",), "when it came into the trail", ("added:<2w", "added:2026-03")),
    Field("read", "days", ("读完",), "when you had read it", ("read:2026-03..", "read:>3d", "read:today")),
    Field(
        "sort",
        "sort",
        ("排序",),
        "the order, `-` for falling; several weigh in turn",
        ("sort:-year", "sort:relevance"),
        ORDERS,
    ),
)
BY_NAME = {name: field for field in FIELDS for name in (field.name, *field.aliases)}
FLAG_NAMES = {name: flag for flag, others in FLAGS.items() for name in (flag, *others)}
OR_WORDS = ("or", "或")
NOT_WORD = "NOT"  # in small letters it is a word of titles, and `x is not y` would leave out every y
AND_WORD = "AND"


def meant(field: Field, text: str) -> list[str]:
    """Return the values a folded text stands for: the one it names, else all that begin so."""
    named = [value for value, others in field.values.items() if text in (value, *others)]
    return named or [
        value
        for value, others in field.values.items()
        if any(name.startswith(text) for name in (value, *others))
    ]
