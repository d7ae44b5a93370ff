"""The table of docs/RECALL.md: worked out anew for the first readers, and what the page says of it."""

from pathlib import Path

from tests.cases import each
from tests.domain.recall.readers import (
    AIM,
    BEGINS,
    ENDS,
    FSRS,
    HALVING,
    HEAD,
    SLICE,
    SLICED,
    WAYS,
    Way,
    measured,
)

DOCS = Path(__file__).parent.parent.parent.parent / "docs" / "RECALL.md"
SECTION = DOCS.read_text(encoding="utf-8").split(BEGINS, 1)[1].split(ENDS, 1)[0]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def told(way: Way) -> list[float]:
    """Return what the table says of a way: remembered, worst, at 85 %, minutes, worst day, met again."""
    start = [way.kind, str(way.retention), f"{way.minutes:g}", "yes" if way.planned else "no"]
    (found,) = (row for row in map(cells, SECTION.split("<!--")[0].splitlines()) if row[:4] == start)
    return [float(cell.removesuffix(" %")) / (100 if "%" in cell else 1) for cell in found[4:] if cell]


@each("way", SLICED)
def test_the_first_readers_remember_what_the_page_says(way: Way) -> None:
    """The very plan of the table; if it is another one now, `python -m bench recall` writes it anew."""
    assert str(measured(way, SLICE)) in SECTION.split(f"<!-- held, of the first {SLICE} readers:", 1)[1]


def test_the_table_has_every_way_once() -> None:
    assert SECTION.startswith(HEAD)
    for way in WAYS:
        assert 0.3 < told(way)[0] < 1


@each("way", WAYS)
def test_no_day_takes_more_than_its_minutes(way: Way) -> None:
    minutes, worst_day = told(way)[3:5]
    assert minutes <= worst_day <= way.minutes


@each("way", [way for way in WAYS if way.planned])
def test_the_plan_meets_nearly_all_once_more_and_costs_nobody_anything(way: Way) -> None:
    planned, without = told(way), way._replace(planned=False)
    if way.minutes == 10:
        assert planned[5] >= 0.99
    if without in WAYS:
        assert planned[0] >= told(without)[0] - 0.005


def test_ten_minutes_do_for_those_who_forget_as_fsrs_has_it() -> None:
    assert told(Way(FSRS, 0.9, 10, True))[0] >= AIM
    assert told(Way(FSRS, 0.9, 10, True))[2] == 1
    assert told(Way(FSRS, 0.9, 5, True))[2] == 0.8


def test_who_forgets_far_faster_needs_what_the_page_says() -> None:
    ten, *more = (told(Way(HALVING, 0.9, minutes, True)) for minutes in (10, 12, 15, 20))
    assert (ten[0] >= AIM, ten[2], ten[1] < 0.5) == (True, 14 / 20, True)
    assert [each[2] for each in more] == [17 / 20, 19 / 20, 1]
    for planned in (False, True):
        gained = told(Way(HALVING, 0.95, 10, planned))[0] - told(Way(HALVING, 0.9, 10, planned))[0]
        assert 0.02 <= gained <= 0.045
