"""Which format a file is of, and its records."""

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

from papertrail.domain.errors import BadInput, NotFound, StorageError
from papertrail.domain.imports import FormatName
from papertrail.domain.records import Record, RecordProblem
from papertrail.domain.text import clean_line, shorten
from papertrail.sources.formats.decoded import decoded

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes; a hundred thousand entries with abstracts take 150 MB."""
Records = Iterator[Record | RecordProblem]
_OF_FILES: Mapping[FormatName, tuple[str, str]] = {
    FormatName.BIBTEX: ("bibtex", "read_bibtex"),
    FormatName.RIS: ("ris", "read_ris"),
    FormatName.CSL_JSON: ("csl_json", "read_csl_json"),
    FormatName.ZOTERO_CSV: ("zotero_csv", "read_zotero_csv"),
    FormatName.CSV: ("own_table", "read_table"),
    FormatName.IDS: ("id_lines", "read_ids"),
    FormatName.HISTORY: ("id_lines", "read_history"),
    FormatName.JSONL: ("trail_lines", "read_trail_lines"),
    FormatName.COBIB: ("yaml_entries", "read_cobib"),
}
_BEGINS: tuple[tuple[FormatName, str], ...] = (
    (FormatName.JSONL, r'\{"crc":"[0-9a-f]{8}",'),
    (FormatName.COBIB, r"(?:---[^\n]*\n)?[^\s@{\[][^\n]*:[ \t]*\n(?:[ \t]+[^\n]*\n)*?[ \t]+ENTRYTYPE:"),
    (FormatName.RIS, r"\s*TY  ?- ?\w"),
    (FormatName.BIBTEX, r"(?:[^@]|@(?!\w+\s*[{(]))*@\w+\s*[{(]"),
    (FormatName.CSL_JSON, r"\s*[\[{]"),
    (FormatName.ZOTERO_CSV, r'"?Key"?,"?Item Type"?,'),
    (FormatName.CSV, r'"?key"?,"?title"?,"?authors"?,"?year"?,"?venue"?,'),
    (FormatName.HISTORY, r"[^\n]*\b(?:date|day|read on|date read)\b[^\n]*\n"),
)
_ENDINGS = {
    ".bib": FormatName.BIBTEX,
    ".bibtex": FormatName.BIBTEX,
    ".ris": FormatName.RIS,
    ".nbib": FormatName.RIS,
    ".json": FormatName.CSL_JSON,
    ".jsonl": FormatName.JSONL,
}


def read_path(path: Path, form: FormatName | None = None) -> tuple[FormatName, Records]:
    """Return what a file is read as, and its records, read as they are asked for.

    Args:
        path: the file, or the folder of a library.
        form: as which; told by its text, then by its name, unless given.

    Raises:
        NotFound: there is no such file.
        BadInput: it is of no known format, or too large.
        StorageError: it cannot be read.
    """
    name = shorten(clean_line(str(path)), 60)
    try:
        if not path.exists():
            raise NotFound(f"there is no file {name}")
        if path.is_dir():
            return _read_folder(path, name, form)
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput(f"{name} is larger than {LARGEST_FILE // 1024 // 1024} MiB", "take it in parts")
        data = path.read_bytes()
    except OSError as error:
        raise StorageError(f"{name} cannot be read", error.strerror or type(error).__name__) from error
    found = form or _told_by(path, data)
    if found is None or found not in _OF_FILES:
        known = ", ".join(_OF_FILES)
        raise BadInput(
            f"{name} is of no format that papertrail knows",
            f"say which: papertrail import FILE --format {known}",
        )
    module, function = _OF_FILES[found]
    read: Callable[[bytes], Records] = getattr(
        import_module(f"papertrail.sources.formats.{module}"), function
    )
    return found, read(data)


def _read_folder(path: Path, name: str, form: FormatName | None) -> tuple[FormatName, Records]:
    from papertrail.sources.formats.markdown_notes import read_markdown
    from papertrail.sources.formats.yaml_entries import INFO, read_papis

    if form in (None, FormatName.PAPIS) and next(path.rglob(INFO), None) is not None:
        return FormatName.PAPIS, read_papis(path)
    if form in (None, FormatName.MARKDOWN) and next(path.rglob("*.[mM][dD]"), None) is not None:
        return FormatName.MARKDOWN, read_markdown(path)
    raise BadInput(
        f"{name} is a folder, and neither a library of papis nor one of notes", "name a file in it"
    )


def _told_by(path: Path, data: bytes) -> FormatName | None:
    text = decoded(data[:65_536])
    for form, pattern in _BEGINS:
        if re.match(pattern, text, re.IGNORECASE):
            return form
    if path.suffix.lower() in _ENDINGS:
        return _ENDINGS[path.suffix.lower()]
    return FormatName.IDS if any(isinstance(one, Record) for one in _ids(data)) else None


def _ids(data: bytes) -> Records:
    from papertrail.sources.formats.id_lines import read_ids

    return read_ids(data[:65_536])
