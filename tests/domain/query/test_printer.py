"""How queries are printed: one spelling, which is read back as the same query."""

from papertrail.domain.query.parser import parse
from papertrail.domain.query.printer import to_text
from tests.cases import each


@each(
    ("text", "printed"),
    [
        ("", ""),
        ("  a   AND b", "a b"),
        ("a OR (b c)", "a or b c"),
        ("(a or b) c", "(a or b) c"),
        ("-(a 或 b) ^c NOT d", "-(a or b) -c -d"),
        ("(b or f(x ) c", "(b or f(x ) c"),
        ("(b or f（x ) c", "(b or f（x ) c"),
        ("-(--foo)", '-"--foo*"'),
        ("-or", '-"or*"'),
        ('"or" “and”', '"or" "and"'),
        ('"or', '"or*"'),
        ('"small ob', '"small ob*"'),
        ('title:"small ob', 'title:"small ob*"'),
        ('"deep', "deep"),
        ('title:"say ""hi"""', 'title:"say ""hi"""'),
        ("resid*", "resid"),
        ('lineage:"C**"', 'lineage:"C**"'),
        ('lineage:"a b***"', 'lineage:"a b***"'),
        ("标题：深 作者:何", "title:深 author:何"),
        ('章节:"key idea":"a b"', 'section:"key idea":"a b"'),
        ('section:"limits":a', "section:limits:a"),
        ("状态:在读,待读", "status:queued,reading"),
        ("is:owed is:owed,counted 已计入", "owed is:owed,counted counted"),
        ("year:201 year:>2015 year:<=2018", "year:2010..2019 year:2016.. year:..2018"),
        ("year:0..1 year:<0 words:<0", "year:0000..1999 year:<0 words:<0"),
        ("year:>12 year:<=0", "year:1300.. year:..0999"),
        ("words:>999999999", "words:999999999.."),
        ("added:<2周 read:今天", "added:<2w read:today"),
        ("sort:-年份 a sort:title sort:-year", "a sort:-year sort:title"),
        ("lineag:x", "lineag:x"),
    ],
)
def test_how_it_is_printed(text: str, printed: str) -> None:
    query = parse(text).query
    assert to_text(query) == printed
    assert parse(printed).query == query
