"""Trails to measure on."""

import csv
from pathlib import Path

from papertrail.library import create_trail, open_library


def make_trail(root: Path, papers: int) -> Path:
    """Make a trail of the packaged seeds and so many made-up papers more; return its folder."""
    home = create_trail(root)
    if papers:
        with home.seeds.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            for i in range(papers):
                writer.writerow(
                    (
                        f"Line {i % 50}",
                        f"paper-{i}",
                        f"A made-up paper on subject {i}",
                        "A. Author",
                        2000,
                        "",
                        "",
                        "",
                        "",
                    )
                )
    open_library(home).close()
    return root
