"""What is not as it should be in a trail: named checks, and what can be done about what they find."""

from papertrail.library.checks.checks import Checks as Checks
