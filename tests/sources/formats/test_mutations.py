"""A slice of the campaign of damaged files, and files that were made to take long."""

import time
from collections.abc import Callable, Iterator

import pytest

from papertrail.domain.records import Record, RecordProblem
from papertrail.sources.formats.bibtex import read_bibtex
from papertrail.sources.formats.csl_json import read_csl_json
from papertrail.sources.formats.ris import read_ris
from papertrail.sources.formats.trail_lines import read_trail_lines
from papertrail.sources.formats.yaml_entries import read_cobib
from papertrail.sources.formats.zotero_csv import read_zotero_csv
from tests.sources.formats.mutations import FORMATS, campaign


def test_what_nobody_touched_comes_in_whatever_stands_beside_it() -> None:
    counted = campaign(490, seed=7)
    assert all(counted[f"{form} files"] == 70 for form in FORMATS) and counted["problems told"]


Reader = Callable[[bytes], Iterator[Record | RecordProblem]]


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (read_bibtex, b"@article{a, title={x} " + b"author={y} " * 3_000 + b"}\n"),
        (read_bibtex, b"@article{a, title={" + b"{" * 50_000 + b"\n@article{b, title={T}}\n"),
        (read_bibtex, b"@article{a, title={" + b"$" * 50_000 + b"}}\n"),
        (read_bibtex, b"@article{a, author={" + b"A and " * 5_000 + b"}, title={x}}\n"),
        (read_csl_json, b"[" + b"{" * 300_000),
        (read_csl_json, b"[" + b'{"a":' * 50_000),
        (read_csl_json, b"[" + b'{"title":"x\n"},' * 10_000),
        (read_zotero_csv, b"Key,Title\n" + b'a,"b\n' * 5_000),
        (read_zotero_csv, b'Key,Title\na,"b\n' + b"a,b\n" * 5_000),
        (read_ris, b"TY  - JOUR\nN1  - a\n" + b"goes on\n" * 50_000),
        (read_cobib, b"a: [\n" * 5_000),
        (read_trail_lines, b'{"crc":"00000000",\n' * 10_000),
    ],
)
def test_a_file_made_to_take_long_takes_no_longer_than_its_size(read: Reader, data: bytes) -> None:
    began = time.process_time()
    assert list(read(data))
    assert time.process_time() - began < 4.0
