"""`python -m bench feeds [BODIES [SEED]]`: daily feeds damaged at random, and no traceback."""

import sys

from tests.sources.feed_mutations import campaign

BODIES = 10_000


def main() -> None:
    """Read so many, and tell what came of them."""
    bodies = int(sys.argv[2]) if len(sys.argv) > 2 else BODIES
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    counted = campaign(bodies, seed)
    print(
        f"seed {seed}, no traceback: "
        + ", ".join(f"{number} {what}" for what, number in counted.most_common())
    )
