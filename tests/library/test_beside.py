"""Work that a copy of this process does: what it tells, and nothing of it where that does not go."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from papertrail.library.checks.beside import beside

ROOT = Path(__file__).parents[2]
WORKS = {
    "another process tells": "lambda: os.getpid() not in (0, us)",
    "as much as it likes": "lambda: len('x' * 5_000_000) == 5_000_000",
    "nothing when it fails": "lambda: 1 / 0",
    "nothing when it is killed": "lambda: os.kill(os.getpid(), signal.SIGKILL)",
    "nothing when its word cannot be brought": "lambda: (lambda: 0)",
}


def test_a_copy_tells_what_came_of_its_work() -> None:
    told = "; ".join(f"tell({work})" for work in WORKS.values())
    program = (
        "import os, signal; from papertrail.library.checks.beside import beside; us = os.getpid()\n"
        "def tell(work):\n    with beside(work) as outcome:\n        print(outcome())\n"
        f"print('written once', end=' '); {told}"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.split("\n")[0] == "written once True"
    assert done.stdout.split() == ["written", "once", "True", "True", "None", "None", "None"]


def test_nobody_waits_for_a_copy_that_is_no_longer_wanted() -> None:
    program = (
        "import os, time; from papertrail.library.checks.beside import beside\n"
        "with beside(lambda: time.sleep(600)):\n    pass\n"
        "try:\n    os.waitpid(-1, 0)\nexcept ChildProcessError:\n    print('none is left')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "none is left\n"


def test_a_program_with_threads_is_not_copied() -> None:
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        with beside(lambda: os.kill(os.getppid(), signal.SIGKILL)) as outcome:
            assert outcome() is None
    finally:
        end.set()
        thread.join()
