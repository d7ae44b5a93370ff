"""`python -m bench.screens FOLDER [THEME …]`: every screen of three trails at four sizes, to be looked at.

`FOLDER/demo-80x24-dark-editor.svg` and so on, PNGs beside them where `rsvg-convert` is installed.
"""

import asyncio
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from textual.pilot import Pilot

from bench.screenshots import TODAY, Clock, as_picture
from papertrail.domain.paper import Status
from papertrail.library import Home, create_trail, open_library
from papertrail.library.demo import create_demo
from papertrail.tui.frame.app import PapertrailApp
from papertrail.tui.frame.theme import THEMES

MOST_OPEN = 6  # screens over one of a mode
SIZES = ((80, 24), (100, 30), (140, 40), (200, 50))
WALK = (
    ("today", ""),
    ("help-today", "1 question_mark"),
    ("palette", "1 ctrl+p"),
    ("goal", "1 g"),
    ("re-plan", "1 r"),
    ("break", "1 b"),
    ("finder", "1 slash r e s"),
    ("papers", "2 tab home down down shift+tab home down"),
    ("lineages-pane", "2 tab"),
    ("filter", "2 slash r e s"),
    ("lineage-dialog", "2 L"),
    ("into-lineage", "+ enter"),
    ("tags", "2 t"),
    ("add", "2 a"),
    ("import", "2 I"),
    ("add-by-hand", "2 A"),
    ("search-arxiv", "2 F"),
    ("correct", "2 m"),
    ("new-key", "2 N"),
    ("same-paper", "2 ="),
    ("remove", "2 delete"),
    ("cite", "2 y"),
    ("asked", "2 i"),
    ("columns", "2 O"),
    ("save-view", "2 V"),
    ("guess", "2 tab home shift+tab end s"),
    ("paper", "2 enter"),
    ("editor", "+ e"),
    ("help-editor", "+ f1"),
    ("history", "+ f1 ctrl+t"),
    ("map", "3"),
    ("map-overview", "3 0"),
    ("compare", "3 c"),
    ("compare-overview", "+ o"),
    ("compare-side", "+ v"),
    ("telling", "3 T"),
    ("told", "+ a l l space b o x e s ctrl+s"),
    ("inbox", "4"),
    ("watch", "4 c"),
    ("review", "5"),
    ("asking", "5 enter"),
    ("answer", "+ space"),
    ("doctor", "1 ctrl+p d o c t o r enter"),
)
"""Pictures, and the keys to each from its mode's own screen, or (`+`) from the picture before."""

CHINESE = (
    ("检测", "xuanze", "基于选择性搜索的目标检测与分割方法研究", "张三; 李四", "2013", "自动化学报", ""),
    ("检测", "qujuan", "区域卷积神经网络：目标检测与语义分割", "王五", "2014", "计算机学报", "xuanze"),
    ("检测", "kuaisu", "快速区域卷积神经网络", "王五; 赵六", "2015", "软件学报", "qujuan"),
    ("残差", "cancha", "深度残差学习与图像识别", "何凯明; 张祥雨; 任少卿; 孙剑", "2016", "中国科学", ""),
)  # fmt: skip
CHINESE_NOTE = """# 区域卷积神经网络

## Problem

滑动窗口太慢，手工特征已经到了尽头；检测需要更强的特征，但是标注的数据很少。

## Key idea: why did the authors design it this way?

先用候选区域，再用在分类任务上预训练过的卷积网络提取特征，最后逐类训练支持向量机。

## Evidence

在 VOC 上平均精度提高了百分之三十以上。
"""


def make_chinese(root: Path) -> Home:
    """Make a trail of Chinese papers, one with a note."""
    seeds = root / "seeds" / "papers.csv"
    seeds.parent.mkdir(parents=True)
    head = "lineages,key,title,authors,year,venue,arxiv_id,doi,builds_on\n"
    rows = (f"{','.join(row[:6])},,,{row[6]}\n" for row in CHINESE)
    seeds.write_text(head + "".join(rows), encoding="utf-8")
    home = Home(root)
    with open_library(home, clock=Clock(TODAY)) as library:
        library.statuses.set(["xuanze", "qujuan"], Status.READ)
        library.notes.save("qujuan", CHINESE_NOTE, None)
        library.tags.change(["qujuan"], add=["毕业论文"])
    return home


async def walk(home: Home, folder: Path, name: str, size: tuple[int, int], themes: Sequence[str]) -> None:
    """Save a picture of every screen of one trail in each theme; keys go on in the first one."""
    with open_library(home, clock=Clock(TODAY)) as library:
        library.settings.set("theme", themes[0])
    app = PapertrailApp(home, clock=Clock(TODAY))
    async with app.run_test(size=size) as pilot:
        await _rest(pilot)
        for screen, keys in WALK:
            await _go(pilot, keys.split())
            for theme in (*themes[1:], themes[0]):
                app.theme = THEMES[theme].name
                await pilot.pause()
                path = folder / f"{name}-{size[0]}x{size[1]}-{theme}-{screen}.svg"
                path.write_text(as_picture(app.export_screenshot()), encoding="utf-8")


async def _go(pilot: Pilot[int], keys: Sequence[str]) -> None:
    """Press keys: from where one is after a `+`, else once all that was opened is left."""
    if keys and keys[0] != "+":
        for _ in range(MOST_OPEN):
            if len(pilot.app.screen_stack) > 1:
                await pilot.press("escape")
                await _rest(pilot)
        await pilot.press("escape")  # what is typed, and marks
    for key in keys:
        if key != "+":
            await pilot.press("equals_sign" if key == "=" else key)
            await _rest(pilot)


async def _rest(pilot: Pilot[int]) -> None:
    await pilot.pause()
    while working := [w for w in pilot.app.workers if w.group != "open" and not w.is_finished]:
        await pilot.app.workers.wait_for_complete(working)
        await pilot.pause()


def main() -> None:
    """Draw all of them into the folder that is named, in the themes that are."""
    folder, themes = Path(sys.argv[1]), sys.argv[2:] or ["dark", "light"]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as root:
        demo, new = Home(Path(root) / "demo"), create_trail(Path(root) / "new")
        create_demo(demo.root, Clock(TODAY))
        trails = {"demo": demo, "new": new, "chinese": make_chinese(Path(root) / "chinese")}
        for name, home in trails.items():
            for size in SIZES:
                asyncio.run(walk(home, folder, name, size, themes))
    if shutil.which("rsvg-convert"):
        for svg in sorted(folder.glob("*.svg")):
            subprocess.run(["rsvg-convert", svg, "-o", svg.with_suffix(".png")], check=True)


if __name__ == "__main__":
    main()
