"""arXiv's daily feeds: read without loss in both forms, and nothing taken for a feed that is none."""

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import BadInput, NetworkError
from papertrail.domain.inbox.announcement import Announcement, AnnounceType
from papertrail.domain.text import clean, clean_line
from papertrail.sources import feed_reply
from papertrail.sources.feed_reply import read_feed
from tests.cases import each
from tests.daily_feeds import FORMS, PAPERS, Form, Told, daily_feed, refused_feed
from tests.examples import examples
from tests.sources.feed_mutations import campaign

TODAY = date(2026, 4, 28)
ANNOUNCED = date(2026, 4, 27)


def read(body: bytes) -> tuple[Announcement, ...]:
    batch = read_feed(body, "cs.CV", TODAY)
    assert batch.left_out == ()
    return batch.announcements


@each("form", FORMS)
def test_every_field_of_every_type(form: Form) -> None:
    first, cross, replaced, old, chinese = read(daily_feed(PAPERS, form))
    assert first == Announcement(
        arxiv_id="2604.21952",
        version=1,
        title="Residual detectors at 1/2 the cost",
        authors=("Ada Example", "Bo Sample"),
        abstract="When $a<b$ & p < 0.05 as well as <tex> it holds.",
        categories=("cs.CV", "cs.LG"),
        type=AnnounceType.NEW,
        announced=ANNOUNCED,
        doi=None,
        journal_ref=None,
        feeds=("cs.CV",),
    )
    assert (cross.type, cross.authors) == (AnnounceType.CROSS, ("Ada Lovelace", "Bo Li"))
    assert cross.categories[0] == "cs.LG"
    assert (replaced.type, replaced.version) == (AnnounceType.REPLACE_CROSS, 3)
    assert (replaced.doi, replaced.journal_ref) == ("10.1000/xyz123", "J. Things 1, 2 (2026)")
    assert (old.arxiv_id, old.type, old.version) == ("math/0309136", AnnounceType.REPLACE, 2)
    assert old.authors == ("Ratna Kandala", "Deepti")
    assert (chinese.title, chinese.authors) == ("残差检测网络", ("何恺明",))
    assert [one.type.is_first for one in (first, cross, replaced, old)] == [True, True, False, False]


@each("form", FORMS)
def test_an_empty_sunday(form: Form) -> None:
    batch = read_feed(daily_feed((), form), "cs.CV", TODAY)
    assert (batch.announcements, batch.left_out, batch.announced) == ((), (), ANNOUNCED)


@each("form", FORMS)
def test_an_unknown_category_is_told_with_arxiv_s_reason(form: Form) -> None:
    reason = "Bad subject class 'XX'. Valid subject classes for the archive 'cs' are: cs.AI, cs.AR, cs.CC."
    with pytest.raises(BadInput) as refused:
        read_feed(refused_feed(reason, form), "cs.XX", TODAY)
    assert refused.value.cause == f"arXiv refuses the feed cs.XX: {reason[:-1]}"
    with pytest.raises(NetworkError, match="Internal Server Error"):
        read_feed(refused_feed("Internal Server Error.", form), "cs.CV", TODAY)


# What feedparser takes for text sent twice through an encoding, or for characters of Windows, it mends.
TEXT = st.text(st.characters(exclude_categories=["C"], exclude_characters="ÂÃâ"), max_size=60)
MARKUP = st.sampled_from(
    ["a < b", "a<b", "&lt;", "&amp;lt;", "&", "&x;", "<b>", "</p>", "<script>x</script>", "$p<0.05$", "&#60;",
     '"', "]]>", "&alpha;", "<!--", "(a@b.org)", "http://a/?b&lt=c", "\n", "  "]
)  # fmt: skip
SAID = st.lists(st.one_of(TEXT, MARKUP), max_size=5).map("".join)


@given(title=SAID, abstract=SAID, journal=SAID, form=st.sampled_from(FORMS))
@examples(40)
def test_no_text_is_lost(title: str, abstract: str, journal: str, form: Form) -> None:
    title = f"T{title}t"
    (paper,) = read(daily_feed((Told("2604.00001", title, abstract, journal_ref=journal),), form))
    assert paper.title == clean_line(title)
    assert paper.abstract == clean(abstract).strip()
    assert (paper.journal_ref or "") == clean_line(journal)


@pytest.mark.parametrize(
    ("creator", "names"),
    [
        ("Ada Example", ["Ada Example"]),
        ("Ada Example, Bo Sample", ["Ada Example", "Bo Sample"]),
        ("Ada Example (Uni, Town, Land), Bo Sample (Lab)", ["Ada Example", "Bo Sample"]),
        ("Ada (A (B, C), D), Bo", ["Ada", "Bo"]),
        ("Ratna Kandala,  Deepti", ["Ratna Kandala", "Deepti"]),
        (
            "Ada (Uni, Bo Sample, Cy Third",
            ["Ada", "Bo Sample", "Cy Third"],
        ),  # the half of a pair parts nothing
        ("Ada), Bo", ["Ada)", "Bo"]),
        ("(the collaboration), Bo", ["(the collaboration)", "Bo"]),
        (", ,Ada,", ["Ada"]),
        ("何恺明, Léon Bottou", ["何恺明", "Léon Bottou"]),
        ("Ada (ada@uni.org), Bo", ["Ada", "Bo"]),
        ("", []),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_authors_are_parted_outside_of_parentheses(form: Form, creator: str, names: list[str]) -> None:
    (paper,) = read(daily_feed((Told("2604.00001", creator=creator),), form))
    assert list(paper.authors) == names


def test_an_odd_entry_harms_only_itself() -> None:
    good = daily_feed(PAPERS)
    odd = daily_feed(
        (Told("not-an-id"), Told("2604.00002", title=" "), Told("2604.00003", type="absonly"), *PAPERS)
    )
    batch = read_feed(odd, "cs.CV", TODAY)
    assert batch.announcements == read(good)
    assert [each.split()[0] for each in batch.left_out] == ["not-an-idv1", "2604.00002", "2604.00003"]


@pytest.mark.parametrize(
    ("gone", "instead"),
    [
        (b"<arxiv:announce_type>new</arxiv:announce_type>", b""),
        (b'<guid isPermaLink="false">oai:arXiv.org:2604.21952v1</guid>', b""),
        (b"oai:arXiv.org:2604.21952v1", b"https://arxiv.org/abs/2604.21952"),
        (b"<pubDate>Mon, 27 Apr 2026 00:00:00 -0400</pubDate>", b""),
    ],
)
def test_what_is_said_twice_need_be_there_once(gone: bytes, instead: bytes) -> None:
    body = daily_feed(PAPERS)
    at = body.index(gone, body.index(b"<item>"))
    assert read(body[:at] + instead + body[at + len(gone) :]) == read(body)


def test_without_any_date_a_paper_has_the_day_it_came() -> None:
    body = daily_feed(PAPERS).replace(b"pubDate", b"day").replace(b"lastBuildDate", b"built")
    batch = read_feed(body, "cs.CV", TODAY)
    assert batch.announced is None
    assert {one.announced for one in batch.announcements} == {TODAY}


def test_a_paper_s_own_date_counts() -> None:
    body = daily_feed(PAPERS)
    at = body.index(b"27 Apr", body.index(b"<item>"))
    assert read(body[:at] + b"24 Apr" + body[at + 6 :])[0].announced == date(2026, 4, 24)


WHOLE = daily_feed(PAPERS)


@each(
    ("body", "cause"),
    [
        (b"", "empty reply"),
        (b"Rate exceeded.", "Rate exceeded."),
        (b"<!DOCTYPE html><html><body>Maintenance</body></html>", "web page"),
        (b"<html><body/></html>", "web page"),
        (WHOLE[: len(WHOLE) // 2], "cut short or damaged"),
        (b"<rss version='2.0'/>", "damaged"),
        (b"<rss version='2.0'><channel>&e;</channel></rss>", "cut short|damaged|no data"),
        (b'<!DOCTYPE rss [<!ENTITY e "x">]>' + WHOLE[WHOLE.index(b"<rss") :], "no data|damaged"),
        (b"<RDF/>", "no list of papers|no data"),
        (WHOLE.replace(b'version="2.0"', b'version="0.91"'), "damaged"),
        (b"\x00" * 100, "no data"),
        (b"<rss>" * 10_000, "no data|damaged"),
    ],
)
def test_what_is_no_feed_is_one_clear_line(body: bytes, cause: str) -> None:
    with pytest.raises(NetworkError, match=cause):
        read_feed(body, "cs.CV", TODAY)


@pytest.mark.parametrize("error", [ValueError, AttributeError, RecursionError, UnicodeError])
def test_whatever_the_reader_of_feeds_raises_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def parse(*args: object, **options: object) -> None:
        raise error

    monkeypatch.setattr("feedparser.parse", parse)
    with pytest.raises(NetworkError, match="the feed is damaged: try again later"):
        read(WHOLE)


def test_a_feed_beyond_measure_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_reply, "MOST_ENTRIES", len(PAPERS) - 1)
    with pytest.raises(NetworkError, match="5 papers"):
        read(WHOLE)
    monkeypatch.setattr(feed_reply, "MOST_BYTES", len(WHOLE) - 1)
    with pytest.raises(NetworkError, match="longer"):
        read(WHOLE)


def test_fields_beyond_measure_are_cut() -> None:
    told = Told(
        "2604.00001", "x" * 100_000, "y" * 100_000, journal_ref="z" * 100_000, doi="10.1000/" + "1" * 9_999
    )
    (paper,) = read(daily_feed((told,)))
    assert len(paper.title) == 1_000 and paper.title.endswith("…")
    assert len(paper.abstract) == 20_000
    assert paper.journal_ref is not None and len(paper.journal_ref) == 1_000
    assert paper.doi is None


def test_nothing_a_terminal_acts_upon_comes_out() -> None:
    bad = "\x9d52;c;eA==\x9c \u202egnidaer\u2066 \u200bend"
    (paper,) = read(daily_feed((Told("2604.00001", bad, bad, bad, journal_ref=bad),)))
    assert paper.title.endswith("gnidaer end")
    for text in (paper.title, paper.abstract, *paper.authors, paper.journal_ref or ""):
        assert text == clean(text)


def test_damaged_feeds_end_in_papers_or_in_one_line() -> None:
    counted = campaign(500, seed=12)
    assert sum(counted.values()) == 500
    assert min(counted["papers"], counted["refused"], counted["empty"]) > 20, counted


def test_nothing_of_weight_is_imported_before_a_feed_is_read() -> None:
    code = "import sys, papertrail.sources.feed_reply; print({'lxml', 'feedparser'} & {*sys.modules})"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "set()"
