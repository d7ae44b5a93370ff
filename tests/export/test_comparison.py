"""Comparisons as Markdown and CSV: whole answers, and no formula and no markup out of data."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papertrail.domain.lineages.compare import Answer, Comparison, Question
from papertrail.domain.paper import PaperSummary, Status
from papertrail.domain.text import clean, clean_line
from papertrail.export import comparison as renderers
from tests.cases import each
from tests.trails import HOSTILE_TITLES

MARKDOWN = MarkdownIt("commonmark").enable("table")


def paper(key: str, title: str, year: int | None = 2015) -> PaperSummary:
    return PaperSummary(1, key, title, (), year, None, None, Status.READ, (), True, False)


def compared(*answers: Answer, title: str = "Fast R-CNN", name: str = "Problem") -> Comparison:
    papers = tuple(paper(f"p{number}", title) for number in range(len(answers)))
    return Comparison(papers, (Question(name, True, answers), Question("Other | one", False, answers)))


def test_several_questions_are_a_table() -> None:
    text = renderers.markdown(
        compared(Answer("**Slow**.\n\nMore.", "Slow."), Answer(owed=True), Answer(), Answer("***", ""))
    )
    assert text == (
        "| paper | Problem | Other \\| one |\n"
        "| --- | --- | --- |\n"
        "| p0 (2015) | **Slow**.<br>More. | **Slow**.<br>More. |\n"
        "| p1 (2015) | *still to be written* | *still to be written* |\n"
        "| p2 (2015) |  |  |\n"
        "| p3 (2015) | … | … |\n"
    )


def test_a_table_keeps_lists_code_and_bars_readable() -> None:
    answer = (
        "Two stages:\n\n1. propose\n   - cheap\n2. `a | b`,\n   then\n\n```py\nx = y | z\n\nprint(`x`)\n```\n"
    )
    row = renderers.markdown(compared(Answer(answer, "Two stages:"))).split("\n")[2]
    assert row.split(" | ", 1)[1].startswith(
        "Two stages:<br>1\\. propose<br>&nbsp;&nbsp;• cheap<br>2\\. `a \\| b`, then"
        "<br>`x = y \\| z`<br><br>`` print(`x`) `` | "
    )
    (shown,) = (token for token in MARKDOWN.parse("| a | b |\n| - | - |\n" + row) if "`x`" in token.content)
    codes = [child.content for child in shown.children or [] if child.type == "code_inline"]
    assert codes == ["a | b", "x = y | z", "print(`x`)"]


def test_a_long_answer_ends_at_a_line_with_a_mark() -> None:
    answer = "\n".join(f"- point number {number} of a long list" for number in range(60))
    cell = renderers.markdown(compared(Answer(answer, "point"))).split("\n")[2].split(" | ")[1]
    assert cell.endswith("of a long list<br>…") and len(cell) < 1000


@given(st.text(alphabet=st.sampled_from("ab |\\`*_<>-#1.\n\t~[]!&"), max_size=60))
def test_any_answer_is_one_cell(answer: str) -> None:
    text = renderers.markdown(compared(Answer(answer, "short")))
    tokens = MARKDOWN.parse(text)
    assert sum(token.type == "td_open" for token in tokens) == 3
    inside = [child for token in tokens for child in token.children or [] if "html" in child.type]
    assert {child.content for child in inside} <= {"<br>"}


def test_one_question_is_a_heading_for_each_paper() -> None:
    answers = (Answer("Slow.\n\n### Why\n\n- a", "Slow."), Answer("", "", True), Answer())
    assert renderers.markdown(compared(*answers).only("problem")) == (
        "# Problem\n\n## Fast R-CNN (2015)\n\nSlow.\n\n#### Why\n\n- a\n\n"
        "## Fast R-CNN (2015)\n\n*Still to be written.*\n\n"
        "## Fast R-CNN (2015)\n\n*Nothing written.*\n"
    )


@each("title", [*HOSTILE_TITLES, "<script>x</script>", "a | b", "`", "a\n# b"])
def test_hostile_titles_answers_and_names(title: str) -> None:
    asked = compared(Answer(title, title), Answer("fine", "fine"), title=title, name=title)
    for comparison in (asked, Comparison(asked.papers, asked.questions[:1])):
        text = renderers.markdown(comparison)
        tokens = MARKDOWN.parse(text)
        inside = [child for token in tokens for child in token.children or []]
        assert {child.content for child in inside if "html" in child.type} <= {"<br>"}
        assert not any("html" in token.type for token in tokens)
        assert clean(text) == text
    columns = {token.type for token in MARKDOWN.parse(renderers.markdown(asked))}
    assert "table_open" in columns
    cells = [token for token in MARKDOWN.parse(renderers.markdown(asked)) if token.type == "td_open"]
    assert len(cells) == 2 * 3


@each("start", ["=1+1", "+1", "-1", "@x", "\tx", "\nx", "\xa0=1", "\n=1", "＝1"])
def test_no_cell_is_a_formula(start: str) -> None:
    asked = compared(Answer(start, start), title=start, name=start)
    rows = list(csv.reader(io.StringIO(renderers.csv(asked), newline="")))
    harmless = {"'" + start, "'" + clean_line(start), clean_line(start)} - {start}
    assert rows[0][4] == rows[1][4] == "'" + start
    assert rows[1][1] in harmless


@given(st.lists(st.text(max_size=50), min_size=1, max_size=4))
def test_every_answer_is_in_the_csv_whole(texts: list[str]) -> None:
    asked = compared(*(Answer(text, "") for text in texts))
    data = renderers.csv(asked)
    rows = list(csv.reader(io.StringIO(data, newline="")))
    assert rows[0] == ["key", "title", "year", "status", "Problem", "Other | one"]
    assert [row[4].removeprefix("'") for row in rows[1:]] == [clean(t).removeprefix("'") for t in texts]
    assert data.encode("utf-8")
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t") for row in rows for cell in row if cell)
