"""How queries are read: each kind of term, and what is said of what is none."""

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papertrail.domain.query.fields import BY_NAME, FIELDS, STATUSES
from papertrail.domain.query.parser import DEEPEST, MOST_REMARKS, MOST_TERMS, parse
from papertrail.domain.query.printer import to_text
from papertrail.domain.query.tree import Choice, Days, Group, Node, Not, Numbers, Query, Sort, Text
from tests.cases import each
from tests.domain.query.typed import EXAMPLES, jumbled, queries
from tests.examples import examples

A, B, C = Text("", "a"), Text("", "b"), Text("", "c")


def all_of(*parts: Node) -> Group:
    return Group("all", parts)


def any_of(*parts: Node) -> Group:
    return Group("any", parts)


@each(
    ("text", "where"),
    [
        ("", None),
        (" \u3000\n", None),
        ("a", A),
        ("a b  c", all_of(A, B, C)),
        ("a or b c", any_of(A, all_of(B, C))),
        ("a OR b 或 c", any_of(A, B, C)),
        ("a AND b", all_of(A, B)),
        ("(a or b) c", all_of(any_of(A, B), C)),
        ("（a or b） c", all_of(any_of(A, B), C)),
        ("(((a)))", A),
        ("a (b c)", all_of(A, B, C)),
        ("-a", Not(A)),
        ("^a NOT b", all_of(Not(A), Not(B))),
        ("NOT NOT a", A),
        ("-(a b)", Not(all_of(A, B))),
        ("-(-a)", A),
        ("-(a or -b) c", all_of(Not(any_of(A, Not(B))), C)),
        ("is a not b", all_of(Text("", "is"), A, Text("", "not"), B)),
        ("a - b -", all_of(A, B)),
        ("--a", Text("", "--a")),
        ("R-CNN", Text("", "R-CNN")),
        ("f(x) a", all_of(Text("", "f(x)"), A)),
        ("resid*", Text("", "resid")),
        ('"small  objects"', Text("", "small objects", whole=True)),
        ("“small objects”", Text("", "small objects", whole=True)),
        ('"say ""hi"" a"', Text("", 'say "hi" a', whole=True)),
        ('"small ob*"', Text("", "small ob")),
        ('lineage:"C*"', Text("lineage", "C")),
        ('lineage:"C**"', Text("lineage", "C*", whole=True)),
        ('lineage:"C***"', Text("lineage", "C*")),
        ('lineage:"C *"', Text("lineage", "C")),
        ("lineage:C**", Text("lineage", "C")),
        ('tag:"**"', Text("tag", "*", whole=True)),
        ('-"a"b', all_of(Not(Text("", "a", whole=True)), B)),
        ("C++", Text("", "C++")),
        ("https://arxiv.org/abs/1", Text("", "https://arxiv.org/abs/1")),
        ("Faster R-CNN: towards", all_of(Text("", "Faster"), Text("", "R-CNN:"), Text("", "towards"))),
        ("title:deep", Text("title", "deep")),
        ("TITLE：deep", Text("title", "deep")),
        ('标题:"deep net"', Text("title", "deep net", whole=True)),
        ("author:he", Text("author", "he")),
        ("作者:何", Text("author", "何")),
        ("doi:10.1109/5.7", Text("doi", "10.1109/5.7")),
        ("arXiv:1512.03385", Text("arxiv", "1512.03385")),
        ("title:a:b", Text("title", "a:b")),
        ('lineage:"R-CNN line"', Text("lineage", "R-CNN line", whole=True)),
        ("谱系:yolo", Text("lineage", "yolo")),
        ("tag:thesis", Text("tag", "thesis")),
        ('note:"hard negatives"', Text("note", "hard negatives", whole=True)),
        ('section:limits:"small objects"', Text("section", "small objects", whole=True, section="limits")),
        ('section:"key idea":a', Text("section", "a", section="key idea")),
        ("section:limits", Text("section", "", section="limits")),
        ("section:limits:", Text("section", "", section="limits")),
        ("status:reading", Choice("status", ("reading",))),
        ("status:read", Choice("status", ("read",))),
        ("status:rea", Choice("status", ("reading", "read"))),
        ("status:Read,queued", Choice("status", ("queued", "read"))),
        ("状态：在读", Choice("status", ("reading",))),
        ("-status:未", Not(Choice("status", ("unread",)))),
        ("owed", Choice("is", ("owed",))),
        ("-Counted", Not(Choice("is", ("counted",)))),
        ("is:owed", Choice("is", ("owed",))),
        ("欠笔记", Choice("is", ("owed",))),
        ('"owed"', Text("", "owed", whole=True)),
        ("followed", Text("", "followed")),
        ("has:note,pdf", Choice("has", ("note", "pdf"))),
        ("explains:no", Choice("explains", ("no",))),
        ("year:2015", Numbers("year", 2015, 2015)),
        ("year:201", Numbers("year", 2010, 2019)),
        ("year:2015..2018", Numbers("year", 2015, 2018)),
        ("年份：2015..", Numbers("year", 2015, None)),
        ("year:..2018", Numbers("year", None, 2018)),
        ("year:2015..20", Numbers("year", 2015, 2099)),
        ("year:2015...2018", Numbers("year", 2015, 2018)),
        ("year:2015…2018", Numbers("year", 2015, 2018)),
        ("year:２０１５", Numbers("year", 2015, 2015)),
        ("year:>2015", Numbers("year", 2016, None)),
        ("year:>=2015", Numbers("year", 2015, None)),
        ("year:<2015", Numbers("year", None, 2014)),
        ("words:>200", Numbers("words", 201, None)),
        ("rating:<=3", Numbers("rating", None, 3)),
        ("added:<2w", Days("added", "<2w")),
        ("added:<2周", Days("added", "<2w")),
        ("read:>3d", Days("read", ">3d")),
        ("read:2026-03..", Days("read", "2026-03..")),
        ("read:今天", Days("read", "today")),
    ],
)
def test_what_is_understood(text: str, where: Node | None) -> None:
    assert parse(text) == (Query(where), ())


@pytest.mark.parametrize(
    ("text", "where", "order"),
    [
        ("sort:-year", None, (Sort("year", True),)),
        ("a sort:title", A, (Sort("title"),)),
        ("(a or sort:added b) sort:-words", any_of(A, B), (Sort("added"), Sort("words", True))),
        ("排序:-年份", None, (Sort("year", True),)),
        ("a or sort:relevance", A, (Sort("relevance"),)),
    ],
)
def test_orders_stand_anywhere(text: str, where: Node | None, order: tuple[Sort, ...]) -> None:
    assert parse(text) == (Query(where, order), ())


@each(
    ("text", "said", "cause", "instead"),
    [
        ("a lineag:x b", "lineag:x", "there is no field lineag", "lineage:x"),
        ("a foo:bar", "foo:bar", "there is no field foo", '"foo:bar"'),
        ("status:raeding", "status:raeding", "status cannot be raeding", "status:reading"),
        ("-status:xx b", "status:xx", "status cannot be xx", None),
        ("status:read,queud", "status:read,queud", "status cannot be queud", "status:read,queued"),
        ("has:", "has:", "has: lacks what it is to be", ""),
        ("title: b", "title:", "title: lacks what it is to be", ""),
        ("a title : b c", "title : b", "title and : stand apart, and are words", "title:b"),
        ("author :he", "author :he", "author and : stand apart, and are words", "author:he"),
        ('标题 ： "a b"', '标题 ： "a b"', "标题 and : stand apart, and are words", '标题:"a b"'),
        ("-note : (b c)", "note :", "note and : stand apart, and are words", None),
        ("title:--", "title:--", "there is no word to look for", ""),
        ('""', '""', "there is no word to look for", ""),
        ("year:abc", "year:abc", "year:abc is no number or range", None),
        ("year:..", "year:..", "year:.. is no number or range", None),
        ("year:2015-2018", "year:2015-2018", "year:2015-2018 is no number or range", "year:2015..2018"),
        ("year:2018..2015 a", "year:2018..2015", "year:2018..2015 is a range that runs backwards",
         "year:2015..2018"),
        ("read:2026-02-30", "read:2026-02-30", "read:2026-02-30 is no date or range", None),
        ("read:2026/3/1", "read:2026/3/1", "read:2026/3/1 is no date or range", "read:2026-03-01"),
        ("read:2026-3", "read:2026-3", "read:2026-3 breaks off", "read:2026"),
        ("read:2026-05..2026-03", "read:2026-05..2026-03",
         "read:2026-05..2026-03 is a range that runs backwards", "read:2026-03..2026-05"),
        ("sort:yera", "sort:yera", "sort cannot be yera", "sort:year"),
        ("sort:-yera", "sort:-yera", "sort cannot be yera", "sort:-year"),
        ("a -sort:year", "-sort:year", "an order cannot be left out", "sort:-year"),
        ('a "b c', '"b c', "the quote is not closed", '"b c"'),
        ('title:"b', 'title:"b', "the quote is not closed", 'title:"b"'),
        ("a (b c", "(b c", "the bracket is not closed", "(b c )"),
        ("a) b", ")", "the bracket closes nothing", ""),
        ("or a", "or", "or has nothing beside it", ""),
        ("a or", "or", "or has nothing beside it", ""),
        ("(a or) b", "or", "or has nothing beside it", ""),
        ("a NOT", "NOT", "NOT has nothing beside it", ""),
    ],
)  # fmt: skip
def test_what_is_told(text: str, said: str, cause: str, instead: str | None) -> None:
    (remark,) = parse(text).remarks
    assert (text[remark.start : remark.end], remark.cause, remark.instead) == (said, cause, instead)
    assert remark.remedy
    assert remark.unfinished == text.endswith(said)
    if instead is not None:
        better = parse(text[: remark.start] + instead + text[remark.end :])
        assert not better.remarks


@each(
    ("text", "where"),
    [
        ("a year:abc", A),
        ("a -status:xx", A),
        ("a or year:abc", A),
        ("a )b", all_of(A, B)),
        ("foo:bar", Text("", "foo:bar")),
        ("status:read,xx", Choice("status", ("read",))),
        ("read:2026-0", Days("read", "2026")),
        ("read:<2026-03-1", Days("read", "<2026-03")),
        ('"small ob', Text("", "small ob")),
        ("(a or b", any_of(A, B)),
    ],
)
def test_what_is_told_is_left_out_and_nothing_else(text: str, where: Node) -> None:
    told = parse(text)
    assert told.query.where == where and told.remarks


@each("text", EXAMPLES)
def test_the_examples_of_the_table_are_understood(text: str) -> None:
    told = parse(text)
    assert not told.remarks
    assert told.query != Query()


@each("name", BY_NAME)
def test_every_alias_is_the_field(name: str) -> None:
    field = BY_NAME[name]
    value = field.examples[0].partition(":")[2] or "owed"
    assert parse(f"{name}:{value}").query == parse(f"{field.name}:{value}").query != Query()


def test_no_name_means_two_fields() -> None:
    names = [name for field in FIELDS for name in (field.name, *field.aliases)]
    assert len(names) == len(set(names))
    for field in FIELDS:
        values = [name for value, others in field.values.items() for name in (value, *others)]
        assert len(values) == len(set(values)), field.name


def test_the_statuses_are_those_of_papers() -> None:
    from papertrail.domain.paper import Status

    assert list(STATUSES) == [status.value for status in Status]


def test_each_letter_of_a_value_narrows() -> None:
    """While a term is typed, each state of it means something."""
    lasts = [parse("read:2026-03-15"[:end]).query.where for end in range(9, 16)]
    assert lasts == [Days("read", day) for day in ["2026"] * 3 + ["2026-03"] * 3 + ["2026-03-15"]]
    years = [parse("year:2015"[:end]).query.where for end in range(5, 10)]
    assert years == [None] + [
        Numbers("year", *ends) for ends in ((2000, 2999), (2000, 2099), (2010, 2019), (2015, 2015))
    ]


@given(queries)
@example("-(" * 50 + "a")
@example("\u2474 ￼ \u00a8 ﷺ")
@examples(40)
def test_every_prefix_is_read(text: str) -> None:
    for end in range(len(text) + 1):
        query, remarks = parse(text[:end])
        for remark in remarks:
            assert 0 <= remark.start < remark.end <= end
            assert remark.unfinished == (remark.end == end)
        to_text(query)


@given(st.integers(0, 2**32))
@examples(17)
def test_no_text_raises(seed: int) -> None:
    """Fifty texts at a time: with `python -m bench properties` 51,000."""
    chance = random.Random(seed)
    for _ in range(50):
        text = jumbled(chance)
        query, remarks = parse(text)
        assert parse(to_text(query)).query == query, text
        assert all(0 <= one.start < one.end <= len(text) for one in remarks), text


@given(queries)
@examples(60)
def test_all_print_so_that_they_are_read_back(text: str) -> None:
    query = parse(text).query
    printed = to_text(query)
    again = parse(printed)
    assert again.query == query, printed
    said_of_words = "there is no field", "stand apart, and are words"
    assert all(any(said in one.cause for said in said_of_words) for one in again.remarks)
    assert to_text(again.query) == printed


@each(
    "piece",
    ["-", "(", ")", '"', "a ", "-(", "a:b ", "title:", "year:1 ", "(a or ", "NOT ", "or ", "残", "：",
     "status:x ", "a.", "1..", "sort:x ", "-(a or ", "\u200b", "*", '""', 'section:"'],
)  # fmt: skip
def test_ten_thousand_letters_are_read_once(piece: str) -> None:
    """Nothing but the first hundred terms and twenty remarks is kept, however long it is."""
    text = (piece * 10_000)[:10_000]
    query, remarks = parse(text)
    assert len(remarks) <= MOST_REMARKS
    assert leaves(query.where) <= MOST_TERMS
    assert parse(to_text(query)).query == query


def leaves(node: Node | None) -> int:
    if isinstance(node, Group):
        return sum(map(leaves, node.parts))
    return leaves(node.part) if isinstance(node, Not) else int(node is not None)


def test_what_is_beyond_the_bounds_is_told() -> None:
    many = parse(" ".join(f"w{number}" for number in range(MOST_TERMS + 5)))
    assert isinstance(many.query.where, Group) and len(many.query.where.parts) == MOST_TERMS
    assert [one.cause for one in many.remarks] == [
        f"from here on nothing is looked for: there are more than {MOST_TERMS} terms"
    ]
    deep = "(a or (b " * DEEPEST + "c" + "))" * DEEPEST
    assert [one.cause for one in parse(deep).remarks] == [
        f"brackets from here on are passed over: they go more than {DEEPEST} deep"
    ]


@pytest.mark.parametrize(
    "text", ["deep – a review", "deep & a review", "deep [/] a review", "deep a … review"]
)
def test_signs_between_words_of_a_title_ask_for_nothing(text: str) -> None:
    assert parse(text) == parse("deep a review")


@pytest.mark.parametrize("text", ["*", ":", "🔥", "-", "()", " … ", "& –"])
def test_a_query_without_a_word_is_told(text: str) -> None:
    query, (remark,) = parse(text)
    assert query.where is None and remark.cause == "there is no word to look for"
    assert text[remark.start : remark.end] == text.strip()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("#Thésis", "tag:Thésis"),
        ("-#待读 net", "-tag:待读 net"),
        ("https://arxiv.org/abs/1512.03385v2", "arxiv:1512.03385"),
        ("net arxiv.org/pdf/1512.03385", "net arxiv:1512.03385"),
        ("https://doi.org/10.1109/5.77", "doi:10.1109/5.77"),
    ],
)
def test_what_screens_and_browsers_show_can_be_pasted(text: str, same: str) -> None:
    assert parse(text) == parse(same)


@pytest.mark.parametrize(
    ("text", "is_one"), [("rating:6", False), ("rating:..0", False), ("rating:0..9", True)]
)
def test_ratings_that_there_are_none_of_are_told(text: str, is_one: bool) -> None:
    query, remarks = parse(text)
    assert (query.where is not None) == is_one == (not remarks)
