"""How much simulated readers remember when the goal ends: the table of docs/RECALL.md, written anew.

`python -m bench recall [READERS]`
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from os import cpu_count
from pathlib import Path

from tests.domain.recall.readers import HEAD, READERS, SLICE, SLICED, WAYS, measured, with_table

DOCS = Path(__file__).parent.parent / "docs" / "RECALL.md"


def main() -> None:
    """Print the table's lines, and write them into the page with those that the tests hold it against."""
    readers = int(sys.argv[2]) if len(sys.argv) > 2 else READERS
    lines = []
    with ProcessPoolExecutor(cpu_count()) as pool:
        for way in WAYS:
            lines.append(str(measured(way, readers, pool)))
            print(lines[-1], flush=True)
        held = [str(measured(way, SLICE, pool)) for way in SLICED]
    table = "\n".join([HEAD, *lines, "", f"<!-- held, of the first {SLICE} readers:", *held, "-->"])
    DOCS.write_text(with_table(DOCS.read_text(encoding="utf-8"), table), encoding="utf-8")
