"""`python -m bench.screenshots FOLDER`: the pictures of the README, from trails made up for them."""

import asyncio
import re
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

from papertrail.domain.paper import Status
from papertrail.library import Home, create_trail, open_library
from papertrail.library.demo import NOTES, create_demo
from papertrail.tui.frame.app import PapertrailApp

FIRST_DAY = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
TODAY = FIRST_DAY + timedelta(days=63, hours=2)
SIZE = (132, 36)
PICTURES = (
    ("today", ""),
    ("papers", "2 tab home down down shift+tab home down down down down"),
    ("paper", "enter"),
    ("editor", "e"),
)
ANSWER = (
    "Many cheap segmentations, not one good one: each rule errs elsewhere, so their union keeps every box."
)
TYPED = " ".join("space" if letter == " " else letter for letter in ANSWER)
LINEAGE = "R-CNN to Faster R-CNN"
DEMO_PICTURES = (
    ("map", "3 end up"),
    ("compare", "c home"),
    ("review", f"escape 3 end R space 3 tab {TYPED} tab"),
)
FONT = "'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', Menlo, Consolas, monospace"

SHORT_NOTE = """## Problem

What earlier detectors could not do, in one line.

## Key idea: why did the authors design it this way?

The change, and why this one.

## Limits and what I would change

Where it still hurts.
"""

DONE = """
selective-search overfeat rcnn sppnet yolo yolo9000 nin googlenet batchnorm inception-v3 highway resnet
preact-resnet wide-resnet densenet nas-rl robbins-monro polyak-momentum nesterov backprop adagrad rmsprop adam
sgdr vgg alexnet lenet fcn unet gan dcgan dqn-2013 relu xavier-init dropout-2012 he-init
"""
OWED = ("yolov3", "inception-v4", "resnext", "adamw")


class Clock:
    """Stands at one moment until told otherwise."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Return that moment."""
        return self.moment


def make_trail(root: Path) -> Home:
    """Make the trail of the pictures: day 64, 37 papers counted, most of them on few days of a week."""
    home = create_trail(root)
    clock = Clock(FIRST_DAY)
    with open_library(home, clock=clock) as library:
        library.goal.set(rest_days={6})
        keys = [*DONE.split(), "fast-rcnn"]
        for number, key in enumerate(keys):
            week, place = divmod(number * 63 // len(keys), 7)
            clock.moment = FIRST_DAY + timedelta(days=7 * week + (0, 1, 1, 3, 4, 5, 5)[place])
            library.statuses.set([key], Status.READING)
            template = library.notes.open(key).text
            ours = NOTES / f"{key}.md"
            short = template[: template.index("## Problem")] + SHORT_NOTE
            library.notes.save(key, ours.read_text(encoding="utf-8") if ours.exists() else short, None)
            library.statuses.set([key], Status.READ)
        library.statuses.set(list(OWED), Status.READ)
        library.statuses.set(["faster-rcnn"], Status.READING)
        library.statuses.set(["mask-rcnn", "fpn"], Status.QUEUED)
        assert library.papers.number() == 198
    return home


def as_picture(svg: str) -> str:
    """Return Textual's screenshot with local fonts only."""
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family:\s*[^;]*;", f"font-family: {FONT};", svg)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    if "url(http" in svg:
        raise SystemExit("the picture would load something from the network")
    return svg.replace("<text ", '<text xml:space="preserve" ').replace("&#160;", " ")


async def draw(home: Home, folder: Path, pictures: Sequence[tuple[str, str]]) -> None:
    """Walk through the program and save pictures of its screens.

    Args:
        home: the trail.
        folder: where to.
        pictures: name of each, and the keys that lead to it from the one before.
    """
    app = PapertrailApp(home, clock=Clock(TODAY))
    async with app.run_test(size=SIZE) as pilot:
        for name, keys in pictures:
            for key in keys.split():
                await pilot.press(key)
                await pilot.pause()
            for _ in range(3):
                await app.workers.wait_for_complete()
                await pilot.pause()
            path = folder / f"{name}.svg"
            path.write_text(as_picture(app.export_screenshot()), encoding="utf-8")
            sys.stdout.write(f"{path}\n")


def draw_lineage(home: Home, folder: Path) -> None:
    """Save a lineage as `lineages NAME --svg` draws it for others."""
    path = folder / "lineage.svg"
    with open_library(home, clock=Clock(TODAY)) as library:
        path.unlink(missing_ok=True)  # that of another trail, which is not written over
        library.maps.write(LINEAGE, path)
    sys.stdout.write(f"{path}\n")


def main() -> None:
    """Draw every picture into the folder named on the command line."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as root:
        asyncio.run(draw(make_trail(Path(root) / "trail"), folder, PICTURES))
        demo = Path(root) / "demo"
        create_demo(demo, Clock(TODAY))
        draw_lineage(Home(demo), folder)
        asyncio.run(draw(Home(demo), folder, DEMO_PICTURES))


if __name__ == "__main__":
    main()
