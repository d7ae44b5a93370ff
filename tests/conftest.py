"""Holds for all tests."""

import gc
import os
import signal
import sys

from hypothesis import HealthCheck, settings

# Run in the background by a shell, the tests and every program they start would be deaf to ctrl+c.
signal.signal(signal.SIGINT, signal.default_int_handler)

# What is compiled once serves every process of the tests, and the next run.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# What the tests import stays: looking through it again and again takes a tenth of their time.
# gc.disable()

# How long an example takes says how busy the machine is. Each run tries the same inputs, so that what fails
# once fails again; `python -m bench properties` looks for others.
settings.register_profile(
    "papertrail",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="PAPERTRAIL_EXAMPLES" not in os.environ,
)
settings.load_profile("papertrail")


def pytest_collection_finish() -> None:
    """Leave what is there by now out of every later look for garbage."""
    # gc.freeze()
    gc.enable()
