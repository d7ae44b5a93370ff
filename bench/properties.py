"""The tests that try random input, with sixty times as much of it: `python -m bench properties [PATH …]`."""

import os
import subprocess
import sys


def main() -> None:
    """Run every test that is given random input; each takes its number of examples from `tests.examples`."""
    paths = sys.argv[2:] or ["tests"]
    environ = {**os.environ, "PAPERTRAIL_EXAMPLES": os.environ.get("PAPERTRAIL_EXAMPLES", "60")}
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "examples or hypothesis", *paths], env=environ, check=False
    )
    raise SystemExit(ended.returncode)
