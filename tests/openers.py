"""A program of the reader's that opens pages: a real script that keeps what it was given."""

import sys
from pathlib import Path
from time import monotonic, sleep

PATIENCE = 30.0  # seconds


class Opener:
    """The script; `code` is what it ends with.

    Attributes:
        path: of the script, for PAPERTRAIL_OPENER.
    """

    def __init__(self, folder: Path, code: int = 0) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path, self._seen = folder / "opener", folder / "opened.txt"
        lines = [
            f"#!{sys.executable} -SE",
            "import os, sys",
            f"out = os.open({str(self._seen)!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)",
            "os.write(out, (repr(sys.argv[1:]) + '\\n').encode())",
            f"sys.exit({code})",
        ]
        self.path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.path.chmod(0o755)

    @property
    def opened(self) -> list[str]:
        """What it was given, a list of arguments each time."""
        return self._seen.read_text(encoding="utf-8").splitlines() if self._seen.exists() else []

    def wait(self, times: int = 1) -> list[str]:
        """Wait until it was run so often."""
        deadline = monotonic() + PATIENCE
        while len(self.opened) < times:
            assert monotonic() < deadline, self.opened
            sleep(0.02)
        return self.opened
