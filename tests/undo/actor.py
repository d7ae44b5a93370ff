"""Another program on the same trail: `python -m tests.undo.actor`, told what to do line by line."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Self

from papertrail.library import Home, Library
from tests.undo import cases


class Actor:
    """A process of its own that opens trails and runs use cases in them."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.undo.actor"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            cwd=Path(__file__).parent.parent.parent,
        )  # fmt: skip

    def run(self, root: Path, case: str, seed: int) -> str:
        """Run one use case in a trail; return why it was refused."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(root), case, seed]) + "\n")
        self._process.stdin.flush()
        refused: str = json.loads(self._process.stdout.readline())
        return refused

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


def main() -> None:
    """Serve until standard input ends; one trail stays open until another is named."""
    library: Library | None = None
    for line in sys.stdin:
        root, case, seed = json.loads(line)
        if library is None or library.home.root != Path(root):
            if library is not None:
                library.close()
            library = cases.open_trail(Home(Path(root)), "cli")
        print(json.dumps(cases.run(library, case, seed)), flush=True)
    if library is not None:
        library.close()


if __name__ == "__main__":
    main()
