"""`python -m bench [WHAT]`: measurements, and campaigns of which the tests run a short slice."""

import sys
from importlib import import_module

CAMPAIGNS = {
    "speed": "bench.speed",
    "scale": "bench.scale",
    "search": "bench.search",
    "pilot": "bench.pilot",
    "properties": "bench.properties",
    "typeahead": "bench.typeahead",
    "forecast": "bench.forecast",
    "undo": "bench.undo",
    "kills": "bench.kills",
    "history": "bench.history",
    "sides": "bench.sides",
    "feeds": "bench.feeds",
    "inbox": "bench.inbox",
    "recall": "bench.recall",
    "reviews": "bench.reviews",
}


def main() -> None:
    """Run what is asked for; speed unless told otherwise."""
    what = sys.argv[1] if len(sys.argv) > 1 else "speed"
    if what not in CAMPAIGNS:
        raise SystemExit(f"python -m bench knows {', '.join(CAMPAIGNS)}; not {what}")
    import_module(CAMPAIGNS[what]).main()


if __name__ == "__main__":
    main()
