"""A thousand hostile strings, wherever a trail has text, through every output: nothing of them acts."""

import csv
import io
import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import cycle
from pathlib import Path
from xml.dom import minidom

import pytest

from papertrail.cli import output
from papertrail.cli.main import _finished
from papertrail.completion.answer import answer
from papertrail.domain.text import clean
from tests.cli.conftest import clean_environment
from tests.export.ics_reader import read as read_calendar
from tests.export.page_reader import Page
from tests.trails import FixedClock, make_database, small_trail

COUNT = 1_000
PAPERS = 40
PIECES = (
    *("\x1b[31m", "\x1b[2J", "\x1b]52;c;ZXZpbA==\x07", "\x1b]8;;https://evil.org\x1b\\x\x1b]8;;\x1b\\"),
    *("\x1bc", "\x1b(0", "\x9b31m", "\x9d0;title\x9c", "\x90q\x9c", "\x00", "\x07", "\x08\x08\x08"),
    *("\x0b\x0c", "\x0e\x0f", "\x7f", "\x85", "\r", "\r\n", "\n", "\t", "\u2028", "\u2029"),
    *("\u202egnp.exe", "\u2066a\u2069", "\u200f\u061c", "\u200b\u2060\ufeff", "\xad"),
    *("\ufff9a\ufffab\ufffb", "\U000e0041\U000e0042\U000e007f", "\U0001d173", "\u180e", "\u0301" * 9),
    *("[red]a [/b] z", "[@click=app.quit]x[/]", "{{x}}", "%n%s", "${HOME}", "$(id)", "`id`", "; rm -rf ~"),
    *("| sh", "&&", "<script>alert(1)</script>", "<!--", "-->", "]]>", "<img src=x onerror=y>"),
    *("&#27;[31m", "\\x1b[31m", "\\u001b", "=1+1", "＝cmd", "\xa0=HYPERLINK(1)", "@SUM(1)", "+1", "-1"),
    *('","', "';--", '"', "'", "|a|b|", "# h", "---", "```", "[x](javascript:a)"),
    *("![x](https://evil.org/x.png)", "[[link]]", "%%{init: {}}%%", "click a b", "$$x$$", "\\(x\\)"),
    *("残差网络", "é", "👩\u200d🔬", "ı", "ß", "x" * 300, "Q: why?", "A: so", "### from rcnn", "../../evil"),
    *("CON", "~"),
)


def hostile_strings(seed: int = 2026) -> Iterator[str]:
    """Yield strings of some pieces each, every piece in the first of them, for ever."""
    chance, pieces = random.Random(seed), cycle(PIECES)
    while True:
        parts = [next(pieces), *chance.choices(PIECES, k=chance.randint(0, 3))]
        chance.shuffle(parts)
        yield chance.choice(("t", "t ", "")) + "".join(parts)


COMMANDS: tuple[tuple[str, ...], ...] = (
    (),
    ("list",),
    ("list", "--json"),
    ("list", "t"),
    ("list", "--lineage", "all"),
    *(("show", f"p-{number}") for number in range(6)),
    ("show", "p-1", "--json"),
    ("progress",),
    ("progress", "--json"),
    ("goal",),
    ("goal", "--json"),
    ("report",),
    ("report", "--month"),
    ("next", "-n", "20"),
    ("next", "-n", "20", "--json"),
    ("lineages",),
    ("lineages", "--json"),
    ("lineages", "all", "--mermaid"),
    ("lineages", "all", "--dot"),
    ("lineages", "all", "--json"),
    ("compare", "p-1", "p-2", "p-3"),
    *(("compare", "p-1", "p-2", "p-3", "--format", form) for form in ("markdown", "csv", "json")),
    ("compare", "p-1", "p-2", "--section", "problem"),
    ("view", "list"),
    ("tag",),
    ("tag", "--json"),
    ("undo", "--list"),
    ("undo", "--list", "--json"),
    ("inbox",),
    ("inbox", "--json"),
    ("watch",),
    ("review", "--due"),
    ("review", "--stats"),
    ("review", "--due", "--json"),
    ("cite", "p-1", "p-2"),
    ("cite", "p-1", "--markdown"),
    ("note", "p-1", "--path"),
    ("note", "p-1", "--history"),
    ("lineage", "save", "-"),
    ("export", "--lineage", "L0"),
    *(
        ("export", "--format", form)
        for form in ("bibtex", "biblatex", "ris", "csl-json", "csv", "jsonl", "ics")
    ),
    ("tell", "--list"),
    ("set",),
    ("doctor",),
    ("doctor", "--json"),
)
FILES: tuple[tuple[str, ...], ...] = (
    ("export", "--to", "out", "--front-matter", "--comments"),
    ("export", "--format", "anki", "--to", "cards.txt"),
    ("export", "--format", "html", "--to", "page.html"),
    ("export", "--format", "book", "--to", "book.md"),
    ("export", "--to", "out", "--dry-run"),
    ("export", "--format", "html", "--to", "page.html", "--dry-run", "--json"),
    ("export", "--format", "ics", "--to", "plan.ics"),
    ("export", "--format", "jsonl", "--to", "trail.jsonl"),
    ("export", "--format", "obsidian", "--to", "out/vault"),
    ("progress", "--svg", "p.svg"),
    ("lineages", "all", "--svg", "map.svg"),
    ("lineages", "all", "--svg", "years.svg", "--by-year"),
    ("lineage", "save", "all.csv"),
)

BEFORE: tuple[tuple[str, ...], ...] = (
    ("done", *(f"p-{n}" for n in range(12))),
    ("start", "p-13"),
    ("queue", "p-20"),
    ("tag", "p-1", "p-2", "+t"),
    ("view", "save", "v", "status:read"),
    ("watch", "cs.CV"),
    ("inbox", "mute", "word"),
    ("asked", "p-1", "why?"),
)

Captured = pytest.CaptureFixture[str]
Run = Callable[..., tuple[int, str]]


COLUMNS_OF_PAPERS = (
    *("title", "authors", "venue", "abstract", "comment", "journal_ref"),
    *("categories", "urls", "trouble", "raw_title", "doi", "edited_fields"),
)
OTHER_COLUMNS = (
    ("lineage", "name"),
    ("tag", "name"),
    ("saved_view", "query"),
    ("mute", "name"),
    ("asked", "wording"),
    ("asked", "occasion"),
    ("question", "wording"),
    ("question", "answer"),
)
ANNOUNCED = """
INSERT INTO announced (arxiv_id, version, title, authors, abstract, categories, announce_type, announced_on,
                       first_seen_at, first_seen_on, feeds)
VALUES (?, 1, ?, ?, ?, 'cs.CV', 'new', '2026-03-01', '2026-03-01T06:00:00Z', '2026-03-01', 'cs.CV')
"""


def note(text: Callable[[], str], parent: str) -> str:
    """Return a note with `text` in every place that one has."""
    blocks = [
        f"# {text()}",
        f"## Problem\n\n{text()}\n\n{text()}\n\nQ: {text()}\nA: {text()}",
        f"### from {parent}\n\n{text()}",
        f"## Key idea: why did the authors design it this way?\n\n{text()}",
        f"## Limits and what I would change\n\n{text()}\n\n<!-- {text()} -->",
        f"## {text()}\n\n- {text()}\n\n```\n{text()}\n```",
    ]
    return "\n\n".join(blocks) + "\n"


def fill(connection: sqlite3.Connection, text: Callable[[], str], count: Callable[[], int]) -> None:
    """Put `text` into every column that a reader sees, until it was used so often as is wanted."""
    sets = ", ".join(f"{name} = ?" for name in COLUMNS_OF_PAPERS)
    for paper in connection.execute("SELECT id FROM paper").fetchall():
        values = [text() for _ in COLUMNS_OF_PAPERS]
        connection.execute(f"UPDATE paper SET {sets} WHERE id = ?", (*values, *paper))  # noqa: S608
    for table, column in OTHER_COLUMNS:
        rows = connection.execute(f"SELECT {column}, rowid FROM {table} LIMIT 40").fetchall()  # noqa: S608
        for before, row in rows:
            change = f"UPDATE {table} SET {column} = ? WHERE rowid = ?"  # noqa: S608
            connection.execute(change, (f"{before or ''}{text()}", row))
    while count() < COUNT:
        connection.execute(ANNOUNCED, (f"2603.{count():05}", text(), text(), text()))


@pytest.fixture
def run(tmp_path: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch) -> tuple[Run, Path]:
    """Give what runs commands within this process on a trail whose every text is hostile; and its folder."""
    rows = [
        (f"L{n % 4}", f"p-{n}", f"Title {n}", "A. Uthor", "2015", "", "", "", f"p-{n - 4}" if n > 4 else "")
        for n in range(PAPERS)
    ]
    home = small_trail(tmp_path / "trail", rows)
    now = {"PAPERTRAIL_NOW": FixedClock().moment.isoformat()}
    for name, value in {**clean_environment(tmp_path / "home"), **now}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(home.root)
    make_database(home, FixedClock())
    used, strings = [], hostile_strings()

    def evil() -> str:
        used.append(next(strings))
        return used[-1]

    def in_process(*arguments: str) -> tuple[int, str]:
        output._warned.clear()
        code = _finished(list(arguments))
        told = capfd.readouterr()
        return code, told.out + told.err

    home.notes.mkdir(exist_ok=True)
    for n in range(20):
        (home.notes / f"p-{n}.md").write_text(note(evil, f"p-{n}"), encoding="utf-8", newline="")
    for command in BEFORE:
        assert in_process(*command)[0] == 0, command
    with closing(sqlite3.connect(home.database)) as connection, connection:
        fill(connection, evil, lambda: len(used))
    return in_process, home.root


def acting(text: str) -> str:
    """Return the characters of a text that a terminal acts upon, or that hide or turn it."""
    return "" if clean(text) == text else "".join(sorted({sign for sign in text if clean(sign) != sign}))


def test_nothing_of_them_acts(run: tuple[Run, Path], capfd: Captured) -> None:
    command, trail = run
    tables = []
    for arguments in (*COMMANDS, *FILES):
        code, told = command(*arguments)
        assert code in (0, 1) and "unexpected" not in told, (arguments, told[-300:])
        told = told.replace("\r\n", "\n")
        assert acting(told) == "", (arguments, ascii(acting(told)))
        if "bibtex" in arguments or "biblatex" in arguments:
            assert not re.search(r"\\(?:write|input|openout|csname|catcode|def)\b", told)
        if "csv" in arguments:
            tables.append(told)
    made = [
        trail / name
        for name in ("cards.txt", "page.html", "book.md", "p.svg", "map.svg", "years.svg", "all.csv")
    ]
    made += [trail / name for name in ("plan.ics", "trail.jsonl")]
    made += [path for path in (trail / "out").rglob("*") if path.is_file()]
    assert len(made) > 20
    for path in made:
        text = path.read_text(encoding="utf-8")
        assert acting(text) == "" and acting(path.name) == "", (path, ascii(acting(text)))
        if path.suffix == ".ics":
            read_calendar(path.read_bytes())
        if path.suffix == ".svg":
            minidom.parseString(text)
    assert Page((trail / "page.html").read_text(encoding="utf-8")).faults == []
    for table in (*tables, (trail / "all.csv").read_text(encoding="utf-8")):
        for row in csv.reader(io.StringIO(table, newline="")):
            assert not [cell for cell in row if cell.lstrip()[:1] in tuple("=+-@＝＋－＠")]
    for shell in ("zsh", "fish"):
        for words in (("show", "p"), ("list", "--lineage", ""), ("tag", "p-1", "+"), ("inbox", "take", "")):
            answer([shell, *words], {"PAPERTRAIL_HOME": str(trail), "PAPERTRAIL_TRUST": "*"})
    answered = capfd.readouterr().out
    assert re.search(r"^p-1\t", answered, re.MULTILINE) and acting(answered) == ""
