"""What a note's file was when it was read; most commands read none."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class NoteFile:
    """One version of a note's file.

    Attributes:
        text: with newlines as line ends where every line of the file ends in CR LF, else as it is.
        data: the file's bytes.
        sha256: hex digest of the bytes.
        stamp: what `Notebook.scan` gives for the file while it stays this version.
    """

    key: str
    path: Path
    text: str
    data: bytes
    sha256: str
    stamp: str
