"""`python -m bench.screens FOLDER [THEME …]`: every screen of three trails at four sizes, to be looked at.

`FOLDER/demo-80x24-dark-editor.svg` and so on, PNGs beside them where `rsvg-convert` is installed.
"""

import asyncio
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from bench.screenshots import TODAY, Clock, as_picture
from papertrail.domain.paper import Status
from papertrail.library import Home, create_trail, open_library
from papertrail.library.demo import create_demo
from papertrail.tui.frame.app import PapertrailApp

SIZES = ((80, 24), (100, 30), (140, 40), (200, 50))
WALK = (
    ("today", ""),
    ("help-today", "question_mark"),
    ("palette", "escape ctrl+p"),
    ("finder", "escape slash r e s"),
    ("papers", "escape 2 tab home down shift+tab home down down"),
    ("lineage-dialog", "L"),
    ("tags", "escape t"),
    ("add", "escape a"),
    ("add-by-hand", "escape A"),
    ("guess-or-status", "escape s"),
    ("paper", "escape enter"),
    ("editor", "e"),
    ("editor-help", "f1"),
    ("history", "escape ctrl+t"),
    ("map", "escape escape escape 3"),
    ("overview", "0"),
    ("compare", "escape c"),
    ("compare-overview", "o"),
    ("telling", "escape 3 T"),
    ("inbox", "escape escape 4"),
    ("watch", "W"),
    ("review", "escape 5"),
    ("asking", "enter"),
    ("doctor", "escape escape 1 f5"),
)

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


async def walk(home: Home, folder: Path, name: str, size: tuple[int, int], theme: str) -> None:
    """Save a picture of every screen of one trail."""
    with open_library(home, clock=Clock(TODAY)) as library:
        library.settings.set("theme", theme)
    app = PapertrailApp(home, clock=Clock(TODAY))
    async with app.run_test(size=size) as pilot:
        for screen, keys in WALK:
            for key in keys.split():
                await pilot.press(key)
                await pilot.pause()
            await _rest(pilot)
            path = folder / f"{name}-{size[0]}x{size[1]}-{theme}-{screen}.svg"
            path.write_text(as_picture(app.export_screenshot()), encoding="utf-8")


async def _rest(pilot: Pilot[int]) -> None:
    for _ in range(3):
        await pilot.app.workers.wait_for_complete([w for w in pilot.app.workers if w.group != "open"])
        await pilot.pause()


def main() -> None:
    """Draw all of them into the folder that is named, in the themes that are."""
    folder, themes = Path(sys.argv[1]), sys.argv[2:] or ["dark", "light"]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as root:
        demo, new = Home(Path(root) / "demo"), create_trail(Path(root) / "new")
        create_demo(demo.root, Clock(TODAY))
        trails = {"demo": demo, "new": new, "chinese": make_chinese(Path(root) / "chinese")}
        for theme in themes:
            for name, home in trails.items():
                for size in SIZES:
                    asyncio.run(walk(home, folder, name, size, theme))
    if shutil.which("rsvg-convert"):
        for svg in sorted(folder.glob("*.svg")):
            subprocess.run(["rsvg-convert", svg, "-o", svg.with_suffix(".png")], check=True)


if __name__ == "__main__":
    main()
