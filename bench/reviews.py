"""`python -m bench reviews [TIMES [SEED]]`: reviews killed at any moment, and two at once."""

import sys
import tempfile
from pathlib import Path

from tests.review.kills import kill_reviews, review_twice_at_once

TIMES = 100
PAIRS = 5


def main() -> None:
    """Kill so many reviews, let pairs of them work at once, and tell how the answers were found."""
    times = int(sys.argv[2]) if len(sys.argv) > 2 else TIMES
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory() as folder:
        found = kill_reviews(Path(folder), times, seed)
        print(
            f"{times} kills, seed {seed}: " + ", ".join(f"{number} {what}" for what, number in found.items())
        )
        for pair in range(PAIRS):
            found = review_twice_at_once(Path(folder) / str(pair), seed + pair)
            print("two at once: " + ", ".join(f"{number} {what}" for what, number in found.items()))
