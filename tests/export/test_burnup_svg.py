"""The goal's picture as SVG: well-formed, inert, the same every time, and inside its frame."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.goal.burnup import Burnup, draw_burnup, legend
from papertrail.domain.goal.forecast import FanPoint, Forecast, forecast
from papertrail.domain.goal.goal import DAY, WEEK, Goal, Pause
from papertrail.domain.goal.progress import GoalProgress
from papertrail.domain.goal.words import chance_words, forecast_words
from papertrail.domain.picture import Ink
from papertrail.export.burnup_svg import HEIGHT, WIDTH, burnup_svg
from tests.cases import each
from tests.examples import examples
from tests.trails import HOSTILE_TITLES

NAMESPACE = "{http://www.w3.org/2000/svg}"
START = date(2026, 3, 2)
GOAL = Goal(100, START, START + 26 * WEEK)
TODAY = START + 80 * DAY
COUNTED = tuple((START + week * WEEK, 3) for week in range(11))
FAN = (
    FanPoint(TODAY + DAY, 33, 33, 33),
    *(FanPoint(TODAY + week * WEEK, 33 + week * 2, 33 + week * 3, 33 + week * 4) for week in range(1, 30)),
)
BEHIND = Burnup(GOAL, TODAY, COUNTED, FAN)


def texts(svg: str) -> list[str]:
    return ["".join(element.itertext()) for element in ElementTree.fromstring(svg).iter(f"{NAMESPACE}text")]


def paths(svg: str, css: str) -> list[list[tuple[float, float]]]:
    return [
        [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", element.get("d", ""))]
        for element in ElementTree.fromstring(svg).iter(f"{NAMESPACE}path")
        if element.get("class") == css
    ]


def test_what_it_says() -> None:
    said = texts(burnup_svg(BEHIND, "A hundred papers", "33 / 100 counted"))
    assert said[:2] == ["A hundred papers", "33 / 100 counted"]
    assert {"0", "50", "100", "Apr", "Jul", "today", "end 30 Aug 2026"} <= set(said)
    words = ["counted", "plan", "goal", "forecast", "likely range"]
    assert said[-5:] == words, "every line and shade is named, in the words of the terminal's picture"
    drawn = draw_burnup(BEHIND, 60, 10)
    named = "".join(text for row in legend(drawn, 90) for text, ink in row if ink is Ink.LABEL)
    assert named.split() == " ".join(words).split()


def test_the_forecast_is_lighter_than_what_was_done() -> None:
    shades = dict(
        re.findall(r"\.(area|fan) \{ fill: #[0-9a-f]+; fill-opacity: (\S+) \}", burnup_svg(BEHIND, "", ""))
    )
    assert float(shades["fan"]) < float(shades["area"]) / 3


def test_lines_meet_where_they_should() -> None:
    svg = burnup_svg(BEHIND, "", "")
    ((_, *plan, last),) = (line for line in paths(svg, "plan") if line[0][1] > 200)
    assert not plan  # straight: two points
    target, _ = paths(svg, "target")  # and in the legend
    assert last[1] == target[0][1]
    (counted,) = (line for line in paths(svg, "counted") if len(line) > 2)
    (middle,) = (line for line in paths(svg, "middle") if len(line) > 2)
    assert counted[-1] == middle[0]
    assert [y for _, y in counted] == sorted((y for _, y in counted), reverse=True)
    assert [x for x, _ in counted] == sorted(x for x, _ in counted)


def test_a_plan_with_pauses_bends() -> None:
    goal = Goal(100, START, START + 26 * WEEK, pauses=(Pause(START + 60 * DAY, START + 90 * DAY),))
    (line,) = (
        line for line in paths(burnup_svg(Burnup(goal, START, (), ()), "", ""), "plan") if line[0][1] > 200
    )
    assert len(line) == 4
    assert line[1][1] == line[2][1]


def test_without_a_forecast_none_is_named() -> None:
    svg = burnup_svg(Burnup(GOAL, TODAY, COUNTED, ()), "", "")
    assert "forecast" not in "".join(texts(svg))
    assert not paths(svg, "fan") + paths(svg, "middle")


@each(
    "title",
    [
        *HOSTILE_TITLES,
        "</text><script>alert(1)</script>",
        "a & b < c > d \" e ' f",
        "]]>",
        "&#0; &amp;",
        "\ufffe\uffff\x00\x1b]52;c;eA==\x07",
        "残" * 200,
        "x" * 2000,
    ],
)
def test_titles_are_data(title: str) -> None:
    svg = burnup_svg(BEHIND, title, title)
    root = ElementTree.fromstring(svg)
    plain = ElementTree.fromstring(burnup_svg(BEHIND, "", ""))
    assert [element.tag for element in root.iter()] == [element.tag for element in plain.iter()]
    assert not any(
        "script" in name or name.startswith("on") for e in root.iter() for name in (e.tag, *e.attrib)
    )
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ufffe\uffff]", svg)
    assert all(len(text) <= 110 for text in texts(svg))


def test_short_titles_are_whole() -> None:
    title = "深度残差学习 & <R-CNN>"
    assert texts(burnup_svg(BEHIND, title, ""))[0] == title


def test_the_longest_words_about_the_forecast_are_whole() -> None:
    """Those of a chance with its reason; with the range, too, as long as no reason is needed."""
    day, end = date(2027, 12, 28), date(2027, 11, 28)
    progress = GoalProgress.on(START, GOAL._replace(end=end), 0, 10, ((START, 10),))
    told = forecast_words(Forecast(day, day, day, 0.99, 4, True, ()), progress)
    said = chance_words(Forecast(None, None, None, 0.3, 0.04, True, ()), progress)
    assert "done" in told and "it takes" in said
    for words in (told, said):
        assert texts(burnup_svg(BEHIND, "", words))[1] == words


@examples(60)
@given(st.text(max_size=40))
def test_any_title_gives_a_file_that_can_be_read(title: str) -> None:
    ElementTree.fromstring(burnup_svg(BEHIND, title, title).encode("utf-8"))


@examples(60)
@given(
    target=st.sampled_from([0, 1, 3, 100, 2000, 100_000]),
    days=st.integers(1, 2000),
    offset=st.integers(-100, 4000),
    counted=st.dictionaries(st.integers(-10, 2500), st.integers(0, 5000), max_size=6),
    weeks=st.integers(0, 40),
)
def test_every_picture_is_inside_its_frame_and_always_the_same(
    target: int, days: int, offset: int, counted: dict[int, int], weeks: int
) -> None:
    goal = Goal(target, START, START + days * DAY)
    today = START + timedelta(offset)
    points = tuple(FanPoint(today + week * WEEK, week, week * 2, week * 300) for week in range(1, weeks))
    burnup = Burnup(goal, today, tuple((START + timedelta(n), k) for n, k in sorted(counted.items())), points)
    svg = burnup_svg(burnup, "t", "s")
    assert svg == burnup_svg(burnup, "t", "s")
    for css in ("counted", "plan", "target", "today", "axis", "grid"):
        for line in paths(svg, css):
            assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in line), css
    for element in ElementTree.fromstring(svg).iter(f"{NAMESPACE}text"):
        assert 0 <= float(element.get("x", "-1")) <= WIDTH
    assert "nan" not in svg
    assert "inf" not in svg


@examples(40)
@given(
    target=st.integers(1, 120),
    weeks=st.integers(1, 40),
    rest=st.frozensets(st.integers(0, 6), max_size=5),
    pause=st.tuples(st.integers(-10, 200), st.integers(1, 60)),
    counted=st.dictionaries(st.integers(0, 150), st.integers(1, 3), max_size=20),
    offset=st.integers(-100, 200),
)
def test_the_band_meets_the_target_on_the_days_that_are_said(
    target: int,
    weeks: int,
    rest: frozenset[int],
    pause: tuple[int, int],
    counted: dict[int, int],
    offset: int,
) -> None:
    first, length = pause
    away = Pause(START + first * DAY, START + (first + length) * DAY)
    goal = Goal(target, START, START + weeks * WEEK, rest_days=rest, pauses=(away,))
    today = START + offset * DAY
    days = tuple((START + day * DAY, number) for day, number in sorted(counted.items()) if day <= offset)
    said = forecast(goal, days, today)
    burnup = Burnup(goal, today, days, said.fan if said else ())
    if said is None or not burnup.open_fan:
        return
    svg = burnup_svg(burnup, "", "")
    points = len(burnup.open_fan)
    (band,) = paths(svg, "fan")
    middle = paths(svg, "middle")[0]
    level, _ = paths(svg, "target")
    left, right = level[0][0], level[1][0]
    for day, line in (
        (said.early, band[:points]),
        (said.likely, middle),
        (said.late, band[points:][::-1]),
    ):
        if day is not None and day < burnup.open_fan[-1].day:
            gone = (day + DAY - goal.start).days / (burnup.end - goal.start).days
            at = round(left + gone * (right - left), 1)
            assert (at, level[0][1]) in line
            assert all(y >= level[0][1] for _, y in line)
