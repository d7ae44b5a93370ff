"""`python -m bench formats [FILES [SEED]]`: files of other programs damaged at random; the rest comes in."""

import sys

from tests.sources.formats.mutations import campaign

FILES = 10_000


def main() -> None:
    """Read so many, and tell what came of them."""
    files = int(sys.argv[2]) if len(sys.argv) > 2 else FILES
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    counted = campaign(files, seed)
    told = ", ".join(f"{number:,} {what}" for what, number in sorted(counted.items()))
    print(f"seed {seed}, every entry that nobody touched came in, no traceback: {told}")
