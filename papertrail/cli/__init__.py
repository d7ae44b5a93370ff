"""The command line: click, and nothing of weight until a command runs."""

from papertrail.cli.main import main

__all__ = ["main"]
