"""Files of other programs damaged at random, and what must hold: every entry nobody touched comes in.

`python -m bench formats` tries 10,000.
"""

import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from papertrail.domain.checked_lines import checked_line
from papertrail.domain.imports import FormatName
from papertrail.domain.records import Record, RecordProblem
from papertrail.domain.trail_lines import end_line, head_line
from papertrail.sources.formats.bibtex import read_bibtex
from papertrail.sources.formats.csl_json import read_csl_json
from papertrail.sources.formats.id_lines import read_history
from papertrail.sources.formats.ris import read_ris
from papertrail.sources.formats.trail_lines import read_trail_lines
from papertrail.sources.formats.yaml_entries import read_cobib
from papertrail.sources.formats.zotero_csv import read_zotero_csv

SLOWEST = 2.0
"""Seconds of processor time that a file of a few kilobytes may take."""
MOST_MEMORY = 64 << 20
ENTRIES = 8
_WORDS = [
    "Region",
    "Proposal",
    "Networks",
    "für",
    "残差",
    "Réseaux,",
    "“deep”",
    "and;",
    "wide:",
    "a",
    "[/b]",
    "z",
]
_PIECES = (
    b"\x00", b"\xff\xfe", b"\xe9", b"\x1b]52;c;eA==\x07", b"\xe2\x80\xae", b"\xc2\x9b31m", b"{", b"}",
    b"{{{", b"}}}", b'"', b'""', b"'", b",", b"=", b"@", b"@article{", b"@comment{", b"@string{x=", b"#",
    b"\\", b"\\write18{touch x}", b"\\input{/etc/passwd}", b"=1+1", b"%", b"$", b"$$", b"\n", b"\n\n",
    b"\r", b"\t", b"TY  - JOUR", b"\nER  - \n", b"\nTY  - ", b"[", b"]", b":", b"null", b"1e999",
    b"\\u0000", b"\\ud800", b"---", b"&a ", b"*a", b"!!python/object:x ", b"<script>", b"{" * 3_000,
    b"[" * 3_000, b"x" * 200_000, b"\xf0\x9f\x98\x80", b"- " * 500, b"\xef\xbb\xbf",
)  # fmt: skip


class Composed(NamedTuple):
    """A file before it is damaged.

    Attributes:
        entries: what stands for each, its separators with it.
        titles: of them.
    """

    head: bytes
    entries: list[bytes]
    tail: bytes
    titles: list[str]


def _titles(random: Random) -> list[str]:
    return [f"T{number} {' '.join(random.choices(_WORDS, k=3))} {number}" for number in range(ENTRIES)]


def _bibtex(random: Random) -> Composed:
    titles, entries = _titles(random), []
    for number, title in enumerate(titles):
        entries.append(
            f"@article{{key{number},\n  title = {{{title}}},\n  author = {{Müller, Ada and de Bé, L.}},\n"
            f'  journal = "Annals {{of}} X",\n  year = {1990 + number},\n  keywords = {{a, b}},\n'
            f"  abstract = {{One {{line}}.\nTwo lines, $x^2$.}}\n}}\n\n"
        )
    return Composed(b"% a library\n\n", [one.encode() for one in entries], b"", titles)


def _ris(random: Random) -> Composed:
    titles = _titles(random)
    entries = [
        f"TY  - JOUR\r\nTI  - {title}\r\nAU  - Müller, Ada\r\nPY  - 1999\r\nN1  - a note\r\ngoes on\r\n"
        "ER  - \r\n\r\n"
        for title in titles
    ]
    return Composed(b"", [one.encode() for one in entries], b"", titles)


def _csl(random: Random) -> Composed:
    titles = _titles(random)
    entries = [
        f'  {{"id": "k{number}", "type": "article-journal", "title": "{title}",\n   "author": [{{'
        f'"family": "Müller", "given": "Ada"}}], "issued": {{"date-parts": [[1999, 2]]}}, "note": "a\\nb"}}'
        for number, title in enumerate(titles)
    ]
    parts = [f"{one},\n" for one in entries[:-1]] + [f"{entries[-1]}\n"]
    return Composed(b"[\n", [one.encode() for one in parts], b"]\n", titles)


def _zotero(random: Random) -> Composed:
    titles = _titles(random)
    head = '"Key","Item Type","Publication Year","Author","Title","Notes","Manual Tags"\n'
    entries = [
        f'"K{number}","journalArticle","1999","Müller, Ada","{title}","<p>1</p>\n<p>""two"", 3</p>","a"\n'
        for number, title in enumerate(titles)
    ]
    return Composed(head.encode(), [one.encode() for one in entries], b"", titles)


def _history(random: Random) -> Composed:
    titles = [one.replace(",", "") for one in _titles(random)]
    entries = [f"{title},2025-03-{number + 1:02},4\n" for number, title in enumerate(titles)]
    return Composed(b"title,date read,my rating\n", [one.encode() for one in entries], b"", titles)


def _jsonl(random: Random) -> Composed:
    import json

    titles = _titles(random)
    entries = []
    for number, title in enumerate(titles):
        now = {"id": number, "key": f"k{number}", "title": title, "authors": "Ada Müller"}
        row = json.dumps(now, ensure_ascii=False)
        entries.append(checked_line(f'"table":"paper","row":"{number}","now":{row}'))
    return Composed(head_line(1), entries, end_line(ENTRIES + 2), titles)


def _cobib(random: Random) -> Composed:
    titles = _titles(random)
    entries = [
        f"---\nkey{number}:\n  ENTRYTYPE: article\n  author:\n  - first: Ada\n    last: Müller\n"
        f"  note: |-\n    One.\n\n    Two.\n  title: '{title}'\n  year: 1999\n...\n"
        for number, title in enumerate(titles)
    ]
    return Composed(b"", [one.encode() for one in entries], b"", titles)


FORMATS: dict[
    FormatName, tuple[Callable[[Random], Composed], Callable[[bytes], Iterator[Record | RecordProblem]]]
] = {
    FormatName.BIBTEX: (_bibtex, read_bibtex),
    FormatName.RIS: (_ris, read_ris),
    FormatName.CSL_JSON: (_csl, read_csl_json),
    FormatName.ZOTERO_CSV: (_zotero, read_zotero_csv),
    FormatName.HISTORY: (_history, read_history),
    FormatName.JSONL: (_jsonl, read_trail_lines),
    FormatName.COBIB: (_cobib, read_cobib),
}


def damaged(entry: bytes, random: Random) -> bytes:
    """Return an entry that was damaged up to three times; its last line's end stays."""
    end = b"\n" if entry.endswith(b"\n") else b""
    body = entry.removesuffix(b"\n")
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(body) + 1)
        to = min(len(body), at + random.choice((1, 1, 5, 40, 400)))
        match random.randrange(5):
            case 0:
                body = body[:at] + body[to:]
            case 1:
                body = body[:at] + random.choice(_PIECES) + body[at:]
            case 2 if body:
                at = min(at, len(body) - 1)
                body = body[:at] + bytes([body[at] ^ (1 << random.randrange(8))]) + body[at + 1 :]
            case 3:
                body = body[:at]
            case _:
                body = body[:at] + body[at:to] * 2 + body[to:]
    return body + end


def try_one(form: FormatName, random: Random, *, traced: bool = False) -> tuple[int, int, int]:
    """Damage one or two entries of a file and read it; return how many come in, are told, were touched.

    Raises:
        AssertionError: an entry that nobody touched is missing, or it took too long.
    """
    composed = FORMATS[form][0](random)
    entries = list(composed.entries)
    touched = set(random.sample(range(ENTRIES), random.choice((1, 1, 2))))
    for number in touched:
        entries[number] = damaged(entries[number], random)
    data = composed.head + b"".join(entries) + composed.tail
    if traced:
        tracemalloc.start()
    began = time.process_time()
    try:
        found = list(FORMATS[form][1](data))
        took = time.process_time() - began
        peak = tracemalloc.get_traced_memory()[1] if traced else 0
    finally:
        if traced:
            tracemalloc.stop()
    records = [one for one in found if isinstance(one, Record)]
    problems = [one for one in found if isinstance(one, RecordProblem)]
    titles = {one.title for one in records} | {one.key for one in records}
    missing = [title for at, title in enumerate(composed.titles) if at not in touched and title not in titles]
    assert not missing, (form, missing, data)
    assert took < SLOWEST or traced, (form, took, data)
    assert peak < MOST_MEMORY, (form, peak, data)
    return len(records), len(problems), len(touched)


def campaign(files: int, seed: int) -> Counter[str]:
    """Try so many files, each format in turn; every hundredth looks at memory, too."""
    counted = Counter[str]()
    forms = list(FORMATS)
    for number in range(files):
        form = forms[number % len(forms)]
        records, problems, _ = try_one(form, Random(f"{seed} {number}"), traced=number % 100 < 7)
        counted[f"{form} files"] += 1
        counted["entries read"] += records
        counted["problems told"] += problems
    return counted
