"""The README tells the truth: its commands run, its table is complete, its pictures are there."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from papertrail.cli.verbs import VERBS
from tests.arxiv_server import ArxivServer, record

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def console_lines() -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    return [line[2:] for block in blocks for line in block.split("\n") if line.startswith("$ ")]


def test_every_command_runs_in_order(tmp_path: Path) -> None:
    lines = console_lines()
    assert len(lines) >= 8
    folder = tmp_path
    with ArxivServer() as server:
        server.add(record("2010.11929", "An Image is Worth 16x16 Words", authors=("Alexey Dosovitskiy",)))
        env = {**server.env(), "HOME": str(tmp_path), "PATH": str(Path(sys.executable).parent)}
        for line in lines:
            words = shlex.split(line)
            if words[0] == "cd":
                folder = folder / words[1]
                assert folder.is_dir()
                continue
            ended = subprocess.run(
                words, cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=60, check=False
            )
            assert ended.returncode == 0, (line, ended.stderr)
            assert ended.stdout.strip(), line
    assert (folder / "export" / "README.md").is_file()


def test_every_verb_is_in_the_table() -> None:
    table = "\n".join(line for line in README.split("\n") if line.startswith("| `papertrail"))
    for verb in VERBS:
        assert re.search(rf"\b{verb}\b", table), verb


def test_links_and_pictures_are_there_and_load_nothing() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert targets
    for target in targets:
        assert (ROOT / target).exists(), target
    pictures = sorted((ROOT / "docs" / "images").glob("*.svg"))
    assert pictures
    for picture in pictures:
        text = picture.read_text(encoding="utf-8")
        ElementTree.fromstring(text)
        assert "url(http" not in text
        assert "<script" not in text


def test_nothing_names_a_package_registry() -> None:
    names = ("pypi" + ".org", "python" + "hosted.org", "npmjs" + ".")
    ours = ("papertrail", "tests", "bench", "docs", "scripts", "seeds", ".ci")
    files = [
        path for folder in ours for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts
    ]
    for path in [*files, *ROOT.glob("*")]:
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not any(host in text for host in names), path
