"""Holds for all tests."""

import os
import signal

from hypothesis import HealthCheck, settings

# Run in the background by a shell, the tests and every program they start would be deaf to ctrl+c.
signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says how busy the machine is. Each run tries the same inputs, so that what fails
# once fails again; `python -m bench properties` looks for others.
settings.register_profile(
    "papertrail",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="PAPERTRAIL_EXAMPLES" not in os.environ,
)
settings.load_profile("papertrail")
