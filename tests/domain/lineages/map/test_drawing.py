"""Drawings of maps: windows, whose a cell is, texts beside lines, and names that would break a terminal."""

import unicodedata
from time import process_time

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from papertrail.domain.lineages.map import MapLayout, MapPaper, Role, draw, lay_out
from papertrail.domain.lineages.map.cells import label, width_of, wrapped
from papertrail.domain.paper import Status
from tests.cases import each
from tests.domain.lineages.map.checks import calls, check_drawing, text_of
from tests.domain.lineages.map.graphs import HOSTILE, Case, case, paper, random_case, seeded, small_cases
from tests.examples import examples


def drawn(pairs: list[str], width: int = 80) -> str:
    papers, links = case(*pairs)
    return "\n".join(line.rstrip() for line in text_of(draw(lay_out(papers, links, width=width))))


def test_a_branch() -> None:
    assert drawn(["bb>aa", "cc>aa"]) == (
        "        ╭───────────╮\n"
        "        │ ○ aa 2015 │\n"
        "        ╰─────┬─────╯\n"
        "      ╭───────┴──────╮\n"
        "╭─────▼─────╮  ╭─────▼─────╮\n"
        "│ ○ bb 2015 │  │ ○ cc 2015 │\n"
        "╰───────────╯  ╰───────────╯"
    )


def test_signs_and_marks() -> None:
    papers = [
        MapPaper("counted", 2015, Status.READ, True, False),
        MapPaper("owed", 2015, Status.READ, False, True),
        MapPaper("reading", None, Status.READING, False, False),
        MapPaper("elsewhere", 1998, Status.QUEUED, False, False, "Backbones"),
    ]
    assert [line.rstrip() for line in text_of(draw(lay_out(papers, {}, width=80)))] == [
        "╭────────────────╮  ╭─────────────╮  ╭───────────╮",
        "│●✓ counted 2015 │  │●✎ owed 2015 │  │ ◐ reading │   ◔ elsewhere 1998",
        "╰────────────────╯  ╰─────────────╯  ╰───────────╯     Backbones",
    ]


def windows(layout: MapLayout) -> st.SearchStrategy[tuple[int, int, int, int]]:
    columns, rows = st.integers(-4, layout.width + 4), st.integers(-4, layout.height + 4)
    return st.tuples(columns, rows, columns, rows)


@given(small_cases(), st.data())
@examples(20)
def test_a_window_shows_that_part_of_the_whole(shown: Case, data: st.DataObject) -> None:
    layout = lay_out(*shown, width=80)
    x0, y0, x1, y1 = data.draw(windows(layout))
    whole = text_of(draw(layout))
    blank = " " * layout.width
    seen = draw(layout, x0=x0, y0=y0, x1=x1, y1=y1)
    assert len(seen) == max(y1 - y0, 0)
    for y, row in enumerate(text_of(seen), start=y0):
        assert cell_len(row) == max(x1 - x0, 0)
        line = f"    {whole[y] if 0 <= y < len(whole) else blank}{' ' * 8}"
        if line.isascii() or cell_len(line) == len(line):
            assert row == line[x0 + 4 : max(x1, x0) + 4]


def test_half_a_wide_letter_at_the_border_of_a_window_is_a_blank() -> None:
    papers = [MapPaper("x", None, Status.UNREAD, False, False, "残差")]
    layout = lay_out(papers, {}, width=80)
    assert text_of(draw(layout))[-1] == "   残差"
    assert text_of(draw(layout, x0=4, x1=6))[-1] == "  "
    assert text_of(draw(layout, x0=3, x1=6))[-1] == "残 "


def test_runs_tell_whose_they_are() -> None:
    papers, links = seeded("R-CNN to Faster R-CNN")
    layout = lay_out(papers, links, width=80)
    runs = [run for row in draw(layout) for run in row]
    assert {run.paper for run in runs} == {None, *layout.boxes}
    assert {link for run in runs for link in run.links} == set(layout.routes)
    assert {run.text for run in runs if run.role is Role.KEY} == set(layout.boxes)
    assert {run.text for run in runs if run.role is Role.LINEAGE} == {"Backbones", "Data and tools"}
    dimmed = {run.paper for run in runs if run.dimmed and run.paper and run.role is Role.KEY}
    assert dimmed == {shown.key for shown in papers if shown.lineage}
    lines = [run for run in runs if run.role is Role.LINE and run.dimmed]
    assert lines
    assert all({"alexnet", "vgg", "zfnet", "svm"} & set(link) for run in lines for link in run.links)


def test_the_lines_of_one_link_are_one_way_from_box_to_box() -> None:
    layout = lay_out(*case("c>a,b", "d>a"), width=80)
    cells = sum(len(run.text) for row in draw(layout) for run in row if ("c", "b") in run.links)
    corners = layout.routes["c", "b"].corners
    (x, y), (to_x, to_y) = corners[0], corners[-1]
    assert cells == abs(to_x - x) + to_y - y + 2, "its cells, and the arrowhead in the border"


def test_texts_stand_beside_their_lines() -> None:
    papers, links = case("b>a", "c>b")
    texts = {("b", "a"): "shares the features", ("c", "b"): "残差 \x1b[31mof all"}
    layout = lay_out(papers, links, width=80, edge_texts=texts)
    shown = "\n".join(text_of(draw(layout)))
    assert "│ shares the features" in shown
    assert "│ 残差 [31mof all" in shown
    check_drawing(layout, links)
    plain = lay_out(papers, links, width=80)
    assert set(layout.routes) == set(plain.routes)


def test_a_long_text_is_wrapped_beside_its_line() -> None:
    words = "Moves the crop from the pixels to the map, so that two thousand passes become a single one."
    layout = lay_out(*case("b>a"), width=60, edge_texts={("b", "a"): words})
    assert " ".join(text.text for text in layout.texts) == words, "whole"
    assert len(layout.texts) > 1
    end = layout.routes["b", "a"].corners[-1]
    assert {text.x for text in layout.texts} == {end[0] + 2}
    assert max(text.y for text in layout.texts) == end[1], "down to the arrowhead"
    cut = lay_out(*case("b>a"), width=60, edge_texts={("b", "a"): words * 9})
    assert [text.text.endswith("…") for text in cut.texts] == [False] * (len(cut.texts) - 1) + [True]


def test_each_text_stands_by_the_arrow_it_belongs_to_where_there_is_room() -> None:
    texts = {("c", "a"): "Keeps what the first one had to say of it.", ("c", "b"): "Drops the other half."}
    layout = lay_out(*case("c>a,b"), width=80, edge_texts=texts)
    for text in layout.texts:
        x, y = layout.routes[text.link].corners[-1]
        assert y - 3 <= text.y <= y
        assert text.x == x + 2 or text.x + width_of(text.text) <= x - 1
    assert not any("from" in text.text for text in layout.texts), "where it stands says it"
    close = lay_out(*case("c>a,b,d"), width=90, edge_texts=dict.fromkeys([("c", "b")], "The one between."))
    assert " ".join(text.text for text in close.texts) == "from b: The one between."


@given(small_cases(), st.text(max_size=60))
@examples(20)
def test_texts_never_touch_lines_or_each_other(shown: Case, text: str) -> None:
    papers, links = shown
    texts = {(child, parent): text for child, parents in links.items() for parent in parents}
    layout = lay_out(papers, links, width=60, edge_texts=texts)
    check_drawing(layout, links)
    runs = [run for row in draw(layout) for run in row if run.role is Role.TEXT]
    assert sorted(run.text for run in runs) == sorted(text.text for text in layout.texts)


@each("name", HOSTILE)
def test_hostile_names_stay_text(name: str) -> None:
    papers = [paper("child"), paper("parent", lineage=name)]
    layout = lay_out(papers, {"child": ["parent"]}, width=80)
    check_drawing(layout, {"child": ["parent"]})
    for line in text_of(draw(layout)):
        assert all(unicodedata.category(letter)[0] != "C" for letter in line)


def test_a_blank_behind_a_broken_word_is_no_line() -> None:
    assert wrapped("00 0", 1, 2) == ("0", "…")
    assert wrapped("00 0", 1, 3) == ("0", "0", "0")
    assert wrapped("0 .", 1, 1) == ("…",)


@given(st.text(), st.integers(1, 30), st.integers(1, 4))
@examples(100)
def test_wrapped_lines_fit_and_lose_nothing_unless_they_say_so(text: str, room: int, most: int) -> None:
    shown = label(text, 400)
    lines = wrapped(shown, room, most)
    assert len(lines) <= most
    assert all(0 < width_of(line) <= room for line in lines)
    if not any("…" in line for line in lines):
        assert "".join(lines).replace(" ", "") == shown.replace(" ", "")


@given(st.text(), st.integers(0, 30))
@examples(100)
def test_labels_are_as_wide_as_every_measure_says(text: str, room: int) -> None:
    shown = label(text, room)
    assert width_of(shown) == cell_len(shown) <= room


def test_letters_are_as_wide_as_the_screen_thinks() -> None:
    wrong = [
        hex(number)
        for number in (*range(0x20000), *range(0xE0000, 0xE0200))
        if width_of(shown := label(f"a{chr(number)}a", 9)) != cell_len(shown)
    ]
    assert wrong == []


def test_a_large_map_is_quick() -> None:
    papers, links = random_case(1, 200, 2.4)
    tries = (_seconds(lambda: lay_out(papers, links, width=140)) for _ in range(3))
    assert any(one < 1.0 for one in tries), "some 0.06 s of processor time on an idle machine"
    layout = lay_out(papers, links, width=140)
    draw(layout)
    best = min(_seconds(lambda: draw(layout, x0=50, y0=20, x1=250, y1=80)) for _ in range(3))
    assert best < 0.05, "some 0.001 s of processor time on an idle machine"


def test_the_first_row_of_a_map_costs_little_however_long_its_lines_are() -> None:
    """Only what passes the window is painted; the screen waits for it."""
    links = {"child": [f"p{number}" for number in range(150)]}
    layout = lay_out([paper("child"), *map(paper, links["child"])], links, width=80)
    assert layout.height > 300
    assert calls(lambda: draw(layout, y0=5, y1=6)) < 100 * len(layout.boxes)


def _seconds(work: object) -> float:
    assert callable(work)
    start = process_time()
    work()
    return process_time() - start
