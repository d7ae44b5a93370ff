"""Citations of any paper: entries that BibTeX reads back, links that Markdown does, one line each."""

import re
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papertrail.domain import citation as cited
from papertrail.domain.citation import CitationForm
from papertrail.domain.links import Page, browsable, links_of
from papertrail.domain.note import NoteState
from papertrail.domain.paper import PaperSummary, Status
from papertrail.domain.reference import reference_of
from papertrail.domain.whole_paper import Paper
from papertrail.export.bibliography.bibtex import MOST_AUTHORS, bibtex
from tests.examples import examples
from tests.trails import HOSTILE_TITLES

SIGNS = st.text('{}$\\%&#_~^@" ,ab', max_size=20)
TEXTS = st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE_TITLES), SIGNS)
ACTIVE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def paper(
    title: str = "Deep",
    authors: tuple[str, ...] = ("A B",),
    *,
    arxiv_id: str | None = "1512.03385",
    doi: str | None = None,
    venue: str = "",
    urls: tuple[str, ...] = (),
) -> Paper:
    summary = PaperSummary(
        1, "deep", title, authors, 2015, arxiv_id, doi, Status.UNREAD, (), counted=False, owed=False
    )
    note = NoteState(Path("deep.md"), False, (), 0)
    return Paper(summary, venue, None, None, None, (), None, None, None, urls, "seed", (), (), (), note)


def citation(of: Paper, form: CitationForm) -> str:
    return next(bibtex([reference_of(of)])) if form is CitationForm.BIBTEX else cited.citation(of, form)


@examples(100)
@given(TEXTS, st.lists(TEXTS, max_size=4), TEXTS)
def test_any_paper_is_one_entry(title: str, authors: list[str], venue: str) -> None:
    text = citation(paper(title, tuple(authors), venue=venue), CitationForm.BIBTEX)
    assert ACTIVE.search(text) is None
    read = parse_string(text)
    assert not read.failed_blocks
    assert [entry.key for entry in read.entries] == ["deep"]
    for line in text.strip().split("\n")[1:-1]:
        assert line.count("{") == line.count("}"), line
    for form in (CitationForm.MARKDOWN, CitationForm.PLAIN):
        told = citation(paper(title, tuple(authors), venue=venue), form)
        assert "\n" not in told and ACTIVE.search(told) is None


@examples(100)
@given(TEXTS)
def test_any_title_is_the_text_of_one_link(title: str) -> None:
    tokens = MarkdownIt().parseInline(citation(paper(title), CitationForm.MARKDOWN))[0].children or []
    assert [one.attrs.get("href") for one in tokens if one.type == "link_open"] == [
        "https://arxiv.org/abs/1512.03385"
    ]
    assert (tokens[0].type, tokens[-1].type) == ("link_open", "link_close")


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Learning at $O(1/k^2)$ & more", r"{Learning at $O(1/k^2)$ \& more}"),
        ("It costs $5", r"{It costs \$5}"),
        ("An $odd}$ one", r"{An \$odd\textbraceright{}\$ one}"),
        ("50% of C_1", r"{50\% of C\_1}"),
    ],
)
def test_formulas_stay_and_signs_are_signs(title: str, kept: str) -> None:
    assert f"title         = {{{kept}}}," in citation(paper(title), CitationForm.BIBTEX)


def test_authors_that_are_no_persons_and_too_many() -> None:
    text = citation(paper(authors=("ATLAS Collaboration", "B C")), CitationForm.BIBTEX)
    assert "author        = {{ATLAS Collaboration} and C, B}," in text
    text = citation(paper(authors=("A B",) * 3000), CitationForm.BIBTEX)
    assert text.count(" and ") == MOST_AUTHORS and "and others}" in text
    assert "and 2,990 more" in citation(paper(authors=("A B",) * 3000), CitationForm.PLAIN)


def test_a_paper_without_anything_is_cited() -> None:
    bare = paper("", (), arxiv_id=None)
    assert citation(bare, CitationForm.MARKDOWN) == "deep"
    assert citation(bare, CitationForm.PLAIN) == "(2015). deep."


@examples(200)
@given(st.one_of(st.text(max_size=40), st.from_regex(r"(https?|file|javascript):/{0,2}[^\n]{0,20}")))
def test_what_is_opened_is_a_plain_web_address(text: str) -> None:
    url = browsable(text)
    if url is not None:
        assert re.fullmatch(r"https?://[a-z0-9.-]+(:\d+)?([/?#][!-~]*)?", url), url
        assert browsable(url) == url


@examples(200)
@given(
    st.from_regex(r"https?://[a-z0-9-]{0,3}(\.[a-z0-9-]{0,70}){0,2}/?[A-Za-z0-9._~/-]{0,10}", fullmatch=True)
)
def test_a_plain_address_is_the_same_as_when_it_is_taken_apart(text: str) -> None:
    assert browsable(text) == browsable(f"{text}?")  # which is told without its question mark


def test_links_of_all_kinds_once_each() -> None:
    urls = (
        "https://arxiv.org/abs/1512.03385",
        "https://github.com/a/b",
        "Code https://example.org/c",
        "translation: https://example.org/t",
        "talk: https://example.org/v",
        "https://example.org/x.pdf",
        "",
        "javascript:x",
    )
    found = links_of(paper(doi="10.1000/A<b>; 10.1/x", urls=urls))
    assert [(link.page, link.host) for link in found] == [
        (Page.ABS, "arxiv.org"),
        (Page.PDF, "arxiv.org"),
        (Page.HTML, "ar5iv.labs.arxiv.org"),
        (Page.DOI, "doi.org"),
        (Page.CODE, "github.com"),
        (Page.CODE, "example.org"),
        (Page.TRANSLATION, "example.org"),
        (Page.OTHER, "example.org"),
        (Page.PDF, "example.org"),
    ]
    assert found[7].words == "talk · example.org"
