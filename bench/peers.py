"""Other programs for papers, where they are installed, beside ours: the same listed, found, added, exported.

`PAPERTRAIL_PEERS` names the folder of a virtual environment that they are in; `bench/peers.md` says how.
"""

import csv
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.figures import Line
from bench.scale import PROGRAM, RUNS, write_seeds
from bench.speed import wait_plain

PEERS = os.environ.get("PAPERTRAIL_PEERS", "")
SIZES = (200, 10_000)
WORD = "residualnet"
LONGEST = 300  # seconds of processor time that anything may take


class Commands(NamedTuple):
    """What a program is asked to do, each with the arguments it takes for it."""

    name: str
    list: Sequence[str]
    search: Sequence[str]
    add: Sequence[str]
    export: Sequence[str]


Paper = tuple[str, str, list[str], int]
"""Key, title, authors and year."""


def papis(folder: Path, papers: Sequence[Paper]) -> Commands:
    """Make a library of papis: a folder and a file a paper."""
    library = folder / "papis"
    for key, title, authors, year in papers:
        (library / key).mkdir(parents=True)
        told = f"author: {' and '.join(authors)}\nref: {key}\ntitle: {title}\nyear: {year}\njournal: CVPR\n"
        (library / key / "info.yaml").write_text(told, encoding="utf-8")
    program = (str(Path(PEERS, "bin", "papis")), "-l", str(library))
    new = ("--set", "title", "A new one", "--set", "author", "Jo Smith", "--set", "year", "2000")
    return Commands(
        "papis",
        (*program, "list", "--all"),
        (*program, "list", "--all", WORD),
        (*program, "add", "--batch", *new),
        (*program, "export", "--all", "--format", "bibtex", "--out", str(folder / "papis.bib")),
    )


def cobib(folder: Path, papers: Sequence[Paper]) -> Commands:
    """Make a database of coBib: one file of YAML."""
    database, settings = folder / "cobib.yaml", folder / "cobib.py"
    settings.write_text(
        f"from cobib.config import config\nconfig.database.file = {str(database)!r}\n", encoding="utf-8"
    )
    with database.open("w", encoding="utf-8") as file:
        for key, title, authors, year in papers:
            names = "".join(
                f"  - first: {first}\n    last: {last}\n" for first, last in (one.split() for one in authors)
            )
            file.write(
                f"---\n{key}:\n  ENTRYTYPE: article\n  author:\n{names}  journal: CVPR\n  title: {title}\n"
                f"  year: {year}\n...\n"
            )
    program = (str(Path(PEERS, "bin", "cobib")), "-p", "-c", str(settings))
    new = folder / "new.bib"
    new.write_text("@article{new, title={A new one}, author={Smith, Jo}, year={2000}}", encoding="utf-8")
    return Commands(
        "cobib",
        (*program, "list", "--limit", "0"),
        (*program, "search", WORD),
        (*program, "add", "--bibtex", str(new)),
        (*program, "export", "--bibtex", str(folder / "cobib.bib")),
    )


MADE = (papis, cobib)


def ours(folder: Path, seeds: Path) -> Commands:
    """Make a trail of ours."""
    home = folder / "trail"
    (home / "seeds").mkdir(parents=True)
    (home / "seeds" / "papers.csv").write_bytes(seeds.read_bytes())
    program, at = (PROGRAM,), ("--home", str(home))
    return Commands(
        "papertrail",
        (*program, *at, "list"),
        (*program, *at, "list", WORD),
        (*program, *at, "add", "--title", "A new one", "--author", "Jo Smith", "--year", "2000"),
        (*program, *at, "export"),
    )


def _seconds(command: Sequence[str], env: dict[str, str], runs: int) -> float | None:
    """Return the median processor seconds of a program, None where a run takes more than the longest."""
    times = []
    for _ in range(runs):
        code, took = wait_plain(("sh", "-c", f'ulimit -t {LONGEST} && exec "$@"', "sh", *command), env)
        if took >= LONGEST - 1:
            return None
        if code:
            raise SystemExit(f"{' '.join(command)} ended with {code}")
        times.append(took)
    return median(times)


def measured() -> Iterator[Line]:
    """Measure those that are there, each beside ours; nothing where none is."""
    present = [make for make in MADE if PEERS and Path(PEERS, "bin", make.__name__).is_file()]
    for size in SIZES if present else ():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            seeds = folder / "papers.csv"
            write_seeds(seeds, size)
            with seeds.open(encoding="utf-8", newline="") as file:
                papers = [
                    (row["key"], row["title"], row["authors"].split("; "), int(row["year"]))
                    for row in csv.DictReader(file)
                ]
            env = {**os.environ, "HOME": name}
            env |= {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "CACHE", "DATA", "STATE")}
            env["PAPERTRAIL_TRUST"] = "*"
            all_of = [ours(folder, seeds), *(make(folder, papers) for make in present)]
            for program in all_of:
                _seconds(program.list, env, 1)  # the first one reads what is new, and keeps it
            for kind, runs in (("list", RUNS), ("search", RUNS), ("export", 1), ("add", 1)):
                mine, *others = (_seconds(getattr(one, kind), env, runs) for one in all_of)
                assert mine is not None, kind
                for peer, took in zip(all_of[1:], others, strict=True):
                    beyond = "" if took is not None else f", peer over {LONGEST // 60} min"
                    yield Line(f"{size:,}, {kind}, {peer.name}", f"s{beyond}", mine, took, took)
