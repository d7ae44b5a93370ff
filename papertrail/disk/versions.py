"""What a file was when it was read."""

import os
from dataclasses import dataclass

from papertrail.disk.whole_file import sha256_of, stamp_of


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
