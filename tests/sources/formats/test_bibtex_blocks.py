"""Bibliographies taken apart quickly say what bibtexparser alone makes of the whole of them."""

from collections.abc import Iterator
from random import Random

import pytest
from bibtexparser.model import Block
from bibtexparser.splitter import Splitter
from hypothesis import assume, given
from hypothesis import strategies as st

from papertrail.domain.imports import FormatName
from papertrail.sources.formats import bibtex
from papertrail.sources.formats.bibtex_blocks import NO_ENTRY, PlainEntry, blocks
from tests.examples import examples
from tests.sources.formats.mutations import FORMATS, damaged

_PIECES = [
    *"{}(),=\"@\\#% \n\t~$_^]-'ab1é",
    "@article{k,\n",
    "@book (k, ",
    " @misc{ key:1 ,",
    "@string{jan = {x}}",
    '@string{jan = "y"}\n',
    "@comment{",
    "title = {T},\n",
    "Title={A {B {c} d} {E}},",
    'year = "1999",',
    "month = jan # { 1}",
    "month = jan }\n",
    "doi = {10.1000/x}}\n\n",
    '{"}',
    '{\\"o}',
]


def _of_one_piece(text: str) -> Iterator[tuple[int, Block]]:
    """Take a bibliography apart as a whole, by bibtexparser alone."""
    return ((0, block) for block in Splitter(text).split().blocks)


def _both(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[list[object], list[object]]:
    text = text.replace("\\\n", "\\ \n").replace("\\\r", "\\ \r")  # of which it counts no line
    quick: list[object] = list(bibtex.read_bibtex(text.encode()))
    with monkeypatch.context() as patched:
        patched.setattr(bibtex, "blocks", _of_one_piece)
        return quick, list(bibtex.read_bibtex(text.encode()))


@pytest.mark.parametrize("seed", range(40))
def test_damaged_files_are_read_as_by_bibtexparser_alone(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(seed)
    composed = FORMATS[FormatName.BIBTEX][0](random)
    entries = [damaged(one, random) if random.random() < 0.4 else one for one in composed.entries]
    data = (composed.head + b"".join(entries)).decode("latin-1")
    quick, whole = _both(data, monkeypatch)
    assert quick == whole


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
@examples(400)
def test_any_pieces_are_read_as_by_bibtexparser_alone(text: str) -> None:
    assume(not NO_ENTRY.search(text))  # which bibtexparser takes for a beginning
    with pytest.MonkeyPatch.context() as patched:
        quick, whole = _both(text, patched)
    assert quick == whole


@pytest.mark.parametrize(
    "text",
    [
        "@article{k,\n  title = {A {{B}} c},\n  year = 1999,\n}\n\n",
        '@Book {k:1, title="A, b = c",month=jan}',
        '@misc{\n k , TITLE={100 \\% of \\"o}, abstract={\n\nsee @ {x} = ,}\n}',
        "@misc{k,}",
    ],
)
def test_what_programs_write_is_plain(text: str) -> None:
    ((before, entry),) = blocks(text)
    assert before == 0 and isinstance(entry, PlainEntry)
    (block,) = Splitter(text).split().entries
    assert (entry.kind, entry.key) == (block.entry_type, block.key)
    assert entry.fields == {field.key.lower(): field.value for field in block.fields}


def test_lines_are_counted_from_the_beginning_of_the_file() -> None:
    text = "% all\n\n@misc{a, note={b \\\nc}}\n\n  @misc{b, title={B} year=1999}\n@misc{c,\ntitle={C}}\n"
    lines = [one.line for one in bibtex.read_bibtex(text.encode())]
    assert lines == [3, 6, 6, 7]
