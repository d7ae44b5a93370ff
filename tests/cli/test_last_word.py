"""No fault of the program, wherever it is, is told with a traceback, which shows what the reader wrote."""

import os
import subprocess
import sys

import pytest

FAULTS = {
    "a command": "import papertrail.cli.main as m; m._run = lambda _: {}['secret']",
    "the beginning": "import papertrail.cli.output as o; o.prepare_streams = lambda: {}['secret']",
    "being imported": "import sys; sys.modules['papertrail.cli.main'] = None",
    "a connection that is let go": (
        "import papertrail.cli.main as m\n"
        "class Owner:\n    def __del__(self): {}['secret']\n"
        "m._run = lambda _: (Owner(), 0)[1]"
    ),
}


@pytest.mark.parametrize("where", FAULTS)
def test_a_fault_is_one_line(where: str) -> None:
    script = f"{FAULTS[where]}\nimport sys\nfrom papertrail.__main__ import main\nsys.exit(main())"
    env = {**os.environ, "PAPERTRAIL_DEBUG": ""}
    ended = subprocess.run(
        [sys.executable, "-c", script, "--version"], capture_output=True, text=True, env=env, check=False
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    assert len(ended.stderr.splitlines()) <= 1, ended.stderr
    if ended.stderr:
        assert ended.stderr.startswith("papertrail: unexpected "), ended.stderr
