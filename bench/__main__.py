"""`python -m bench [WHAT … [PAPERS]] [--json FILE]`: figures, and campaigns that tests run a slice of."""

import os
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import figures

GROUPS = ("speed", "scale", "search", "history", "pilot", "keys", "doctor", "peers")
"""What gives figures: `make bench` measures the first two, and the last: nothing where no peers are."""
CAMPAIGNS = (
    "properties",
    "queries",
    "typeahead",
    "forecast",
    "undo",
    "kills",
    "backups",
    "faults",
    "damages",
    "drafts",
    "sides",
    "feeds",
    "formats",
    "inbox",
    "recall",
    "reviews",
    "asking",
    "exports",
    "pages",
    "pictures",
)


def main() -> None:
    """Run the campaign that is named, else measure groups: speed and scale unless others are."""
    os.environ["PAPERTRAIL_TRUST"] = "*"  # its trails are copies that nobody has opened before
    with TemporaryDirectory() as state:
        os.environ["XDG_STATE_HOME"] = state
        _run()


def _run() -> None:
    arguments = sys.argv[1:]
    if arguments and arguments[0] in CAMPAIGNS:
        import_module(f"bench.{arguments[0]}").main()
        return
    to = None
    if "--json" in arguments:
        at = arguments.index("--json")
        to = next(iter(arguments[at + 1 : at + 2]), "")
        del arguments[at : at + 2]
    if arguments and arguments[-1].isdigit():
        os.environ["BENCH_PAPERS"] = arguments.pop()  # for `pilot` and `keys`
    unknown = [name for name in arguments if name not in GROUPS]
    if unknown or to == "":
        raise SystemExit(f"python -m bench [{' | '.join((*GROUPS, *CAMPAIGNS))}] [PAPERS] [--json FILE]")
    measured = {}
    for group in arguments or (*GROUPS[:2], GROUPS[-1]):
        measured[group] = figures.printed(group, import_module(f"bench.{group}").measured())
        if to is not None:
            figures.write(Path(to), measured)


if __name__ == "__main__":
    main()
