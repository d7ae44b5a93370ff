"""What is not as it should be in a trail: named checks, and what can be done about what they find."""

from papertrail.library.checks.checks import Checks as Checks  # noqa: PLC0414 given on to the library
