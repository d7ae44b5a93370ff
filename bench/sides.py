"""`python -m bench sides [SAVES [SEED]]`: one note saved by two editors and a script, in four styles."""

import sys
import tempfile
from pathlib import Path

from tests.notebook.sides import save_from_all_sides

SAVES = 1_000


def main() -> None:
    """Save so often from each side, and tell what became of the words."""
    saves = int(sys.argv[2]) if len(sys.argv) > 2 else SAVES
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory() as folder:
        counted = save_from_all_sides(Path(folder), saves=saves, seed=seed)
    print(f"seed {seed}, no word lost: " + ", ".join(f"{number} {what}" for what, number in counted.items()))
