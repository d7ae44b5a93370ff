"""Holds for all tests."""

import signal

# Run in the background by a shell, the tests and every program they start would be deaf to ctrl+c.
signal.signal(signal.SIGINT, signal.default_int_handler)
