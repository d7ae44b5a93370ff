"""papertrail: read a hundred papers in half a year, with a note on each."""

__version__ = "0.1.0"
