"""How often the forecast's range holds: the tables of docs/FORECAST.md, from simulated readers.

`python -m bench forecast [READERS]`
"""

import sys

from tests.domain.goal.readers import KINDS, READERS, SLICE, row, simulate, slice_held


def main() -> None:
    """Print the table's lines, and the comment by which the tests know the model it was measured with."""
    readers = int(sys.argv[2]) if len(sys.argv) > 2 else READERS
    for kind in KINDS:
        print(row(kind, simulate(kind, readers)), flush=True)
    print("<!-- held, of the first", SLICE, "readers:")
    for kind in KINDS:
        print(slice_held(kind, simulate(kind, SLICE)), flush=True)
    print("-->")
