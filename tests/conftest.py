"""Holds for all tests."""

import signal

from hypothesis import settings

# How long an input takes says nothing on a machine with other work to do.
settings.register_profile("papertrail", deadline=None)
settings.load_profile("papertrail")

# Run in the background by a shell, the tests and every program they start would be deaf to ctrl+c.
signal.signal(signal.SIGINT, signal.default_int_handler)
