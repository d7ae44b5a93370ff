"""What a file was when it was read: any file, and a note's; most commands read none."""

import os
from dataclasses import dataclass
from pathlib import Path

from papertrail.notebook.files import sha256_of, stamp_of


@dataclass(frozen=True, slots=True)
class FileVersion:
    """The bytes of a file, and what `stat` said of it at that time."""

    data: bytes
    status: os.stat_result

    @property
    def sha256(self) -> str:
        """Hex digest of the bytes."""
        return sha256_of(self.data)

    @property
    def stamp(self) -> str:
        """The stamp of this version."""
        return stamp_of(self.status)


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
