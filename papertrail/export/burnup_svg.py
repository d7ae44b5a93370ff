"""The goal's picture as a standalone SVG, for a README or a report."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

from papertrail.domain.goal.burnup import Burnup
from papertrail.domain.goal.goal import DAY
from papertrail.domain.picture import date_marks, short_date
from papertrail.domain.text import shorten
from papertrail.export.xml_text import legible, scoped

WIDTH, HEIGHT = 800, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 776, 92, 356  # the plot
_CELL = 9  # how much of the axis of time one letter takes, with some air
_LETTER = 7.2  # how wide a letter of the small text is, about
_TITLE_CELLS, SUBTITLE_CELLS = 76, 108  # letters that fit


_RULES = """
text { font: 13px system-ui, "Segoe UI", "Helvetica Neue", "DejaVu Sans", sans-serif; fill: #7d7464 }
.title { font-size: 18px; font-weight: 600; fill: #2b2620 }
.paper { fill: #fbf7ef; stroke: #e9e0cf }
.grid { stroke: #e9e0cf; fill: none }
.axis { stroke: #b5a88f; fill: none }
.area { fill: #9a5b13; fill-opacity: .4 }
.counted { stroke: #9a5b13; stroke-width: 2.5; fill: none; stroke-linejoin: round }
.tip { fill: #9a5b13 }
.plan { stroke: #2b2620; stroke-width: 1.5; stroke-dasharray: 5 5; fill: none }
.fan { fill: #2f6580; fill-opacity: .12 }
.middle { stroke: #2f6580; stroke-width: 2; stroke-dasharray: 2 4; stroke-linecap: round; fill: none }
.target { stroke: #3f7030; stroke-width: 1.5; fill: none }
.today { stroke: #9a5b13; stroke-dasharray: 2 3; fill: none }
.now { fill: #9a5b13; font-weight: 600 }
@media (prefers-color-scheme: dark) {
text { fill: #98907f }
.title { fill: #ded6c7 }
.paper { fill: #191714; stroke: #2c2822 }
.grid { stroke: #2c2822 }
.axis { stroke: #5a5042 }
.area, .tip { fill: #d9a05b }
.counted, .today { stroke: #d9a05b }
.plan { stroke: #ded6c7 }
.fan { fill: #8fb3c9 }
.middle { stroke: #8fb3c9 }
.target { stroke: #9bbf85 }
.now { fill: #d9a05b }
}
"""

BURNUP_STYLE = scoped(_RULES, "burnup")
"""How the picture looks, light or dark as the viewer is."""

_Point = tuple[float, float]


def burnup_svg(burnup: Burnup, title: str, subtitle: str, *, within: bool = False) -> str:
    """Return the picture as the text of an SVG file, the same for the same values.

    Its colours follow the viewer's choice of light or dark.

    Args:
        burnup: what to draw.
        title: any text; cut to one line.
        subtitle: any text; cut to one line.
        within: whether it stands in a page that has `BURNUP_STYLE`.
    """
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" class="burnup" role="img" aria-label="{_text(title)}">',
        *([] if within else [f"<style>{BURNUP_STYLE}</style>"]),
        f'<clipPath id="plot"><path d="M{_LEFT} {_TOP - 2}H{_RIGHT}V{_BOTTOM}H{_LEFT}Z"/></clipPath>',
        f'<rect class="paper" x=".5" y=".5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="10"/>',
        _label("title", 24, 36, "start", title),
        _label("", 24, 58, "start", subtitle, SUBTITLE_CELLS),
        *_Drawing(burnup).elements(),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


class _Drawing:
    """A picture being drawn: where days and numbers lie in it."""

    def __init__(self, burnup: Burnup) -> None:
        goal = burnup.goal
        self.burnup, self.goal = burnup, goal
        self.days = (burnup.end - goal.start).days
        self.after = min(max(burnup.today + DAY, goal.start), burnup.end)  # today is behind us at its end
        self.counted_days, self.sums = burnup.sums
        self.top = max(goal.target, self.sums[-1], 1)

    def x(self, day: date) -> float:
        """Return where a day begins."""
        return _LEFT + (day - self.goal.start).days / self.days * (_RIGHT - _LEFT)

    def y(self, papers: float) -> float:
        """Return how high a number of papers stands."""
        return _BOTTOM - min(papers, self.top * 2) / self.top * (_BOTTOM - _TOP)

    def elements(self) -> Iterator[str]:
        """Yield everything drawn; what lies in front comes last."""
        yield from self._grid()
        yield '<g clip-path="url(#plot)">'
        yield from self._fan()
        yield from self._counted()
        if self.goal.target:
            yield _line("plan", self._plan())
        yield "</g>"
        if self.goal.target:
            yield _line("target", [(_LEFT, self.y(self.goal.target)), (_RIGHT, self.y(self.goal.target))])
        yield from self._marks()
        yield from _legend(bool(self.goal.target), bool(self.burnup.open_fan))

    def _grid(self) -> Iterator[str]:
        for day, name in date_marks(self.goal.start, self.burnup.end, (_RIGHT - _LEFT) // _CELL):
            yield _line("grid", [(self.x(day), _TOP), (self.x(day), _BOTTOM)])
            if self.x(day) < _RIGHT - 4 * _CELL:
                yield _label("", self.x(day) + 4, _BOTTOM + 18, "start", name)
        numbers = {0, self.goal.target // 2, self.goal.target} | ({self.top} if self.sums[-1] else set())
        for papers in sorted(numbers):
            y = self.y(papers)
            yield _line("axis" if not papers else "grid", [(_LEFT, y), (_RIGHT, y)])
            if papers <= self.goal.target or y < self.y(self.goal.target) - 14:
                yield _label("", _LEFT - 10, y + 4.5, "end", str(papers))

    def _fan(self) -> Iterator[str]:
        fan = self.burnup.open_fan
        if fan:
            above = [(self.x(point.day), self.y(point.high)) for point in fan]
            below = [(self.x(point.day), self.y(point.low)) for point in reversed(fan)]
            yield f'<path class="fan" d="{_path([*above, *below])}Z"/>'
            yield _line("middle", [(self.x(point.day), self.y(point.middle)) for point in fan])

    def _counted(self) -> Iterator[str]:
        """Yield the counted papers as steps, each at the end of its day."""
        if self.after == self.goal.start:
            return
        steps = [(float(_LEFT), self.y(0))]
        for day, papers in zip(self.counted_days[1:], self.sums[1:], strict=True):
            at = min(max(self.x(day + DAY), _LEFT), self.x(self.after))
            steps += [(at, steps[-1][1]), (at, self.y(papers))]
        now = self.x(self.after)
        steps.append((now, steps[-1][1]))
        yield f'<path class="area" d="{_path([*steps, (now, _BOTTOM)])}Z"/>'
        yield _line("counted", steps)

    def _plan(self) -> list[_Point]:
        """Return the plan as a line, which bends only where the slope changes."""
        days = self.goal.days
        step = max(days // (_RIGHT - _LEFT), 1)
        bends: list[_Point] = []
        for number in (*range(0, days, step), days):
            day = self.goal.start + number * DAY
            point = (self.x(day), self.y(self.goal.planned(day)))
            if len(bends) > 1 and _in_line(bends[-2], bends[-1], point):
                bends.pop()
            bends.append(point)
        return bends

    def _marks(self) -> Iterator[str]:
        """Yield today and the goal's end, whose words give way to each other."""
        end, words = self.x(self.goal.end), f"end {_date(self.goal.last_day)}"
        half = len(words) * _LETTER / 2
        centre = min(end, _RIGHT - half)
        yield _line("axis", [(end, _TOP), (end, _BOTTOM + 6)])
        yield _label("", centre, _BOTTOM + 36, "middle", words)
        if self.after == self.goal.start:
            yield _label("now", _LEFT, _BOTTOM + 36, "start", f"starts {_date(self.goal.start)}")
        elif self.burnup.today < self.burnup.end:
            now = self.x(self.after)
            yield _line("today", [(now, _TOP), (now, _BOTTOM + 6)])
            yield f'<circle class="tip" cx="{now:.1f}" cy="{self.y(self.sums[-1]):.1f}" r="4"/>'
            room = half + 4 * _LETTER  # between the middles of both words
            right = now > end and centre + room < _RIGHT - 3 * _LETTER
            beside = max(now, centre + room) if right else min(now, centre - room)
            yield _label("now", beside, _BOTTOM + 36, "middle", "today")


def _legend(goal: bool, forecast: bool) -> Iterator[str]:
    """Yield what the lines mean, at the top left of the plot."""
    entries = [("counted", "counted")]
    if goal:
        entries += [("plan", "plan"), ("target", "goal")]
    if forecast:
        entries += [("middle", "forecast"), ("fan", "likely range")]
    x = float(_LEFT)
    for css, words in entries:
        if css in ("counted", "fan"):
            shade = "area" if css == "counted" else css
            yield f'<rect class="{shade}" x="{x:.1f}" y="70" width="26" height="12"/>'
        if css != "fan":
            yield _line(css, [(x, 76), (x + 26, 76)])
        yield _label("", x + 33, 80.5, "start", words)
        x += 33 + _LETTER * len(words) + 22


def _date(day: date) -> str:
    return f"{short_date(day)} {day.year}"


def _in_line(first: _Point, second: _Point, third: _Point) -> bool:
    across = (second[0] - first[0]) * (third[1] - first[1]) - (third[0] - first[0]) * (second[1] - first[1])
    return abs(across) < 1e-6 * (_RIGHT - _LEFT)


def _path(points: Iterable[_Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _line(css: str, points: Iterable[_Point]) -> str:
    return f'<path class="{css}" d="{_path(points)}"/>'


def _label(css: str, x: float, y: float, anchor: str, text: str, cells: int = _TITLE_CELLS) -> str:
    kind = f' class="{css}"' if css else ""
    return f'<text{kind} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{_text(text, cells)}</text>'


def _text(text: str, cells: int = _TITLE_CELLS) -> str:
    """Return data as XML text on one line that fits: no character that XML forbids, wide letters as two."""
    line = legible(text)
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in line)
    return escape(shorten(line, cells - min(wide, cells // 2)))
