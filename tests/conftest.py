"""Holds for all tests."""

import signal

from hypothesis import settings

# Run in the background by a shell, the tests and every program they start would be deaf to ctrl+c.
signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says how busy the machine is.
settings.register_profile("papertrail", deadline=None)
settings.load_profile("papertrail")
