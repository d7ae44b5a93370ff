"""The floors: the least a program of each kind can cost. Each runs as `python -c`."""

CLICK = """
import click

@click.group()
@click.version_option("1")
def main() -> None:
    "A bare program."

main()
"""

CLICK_SQLITE = """
import sqlite3, sys
import click

@click.command()
@click.argument("path")
def main(path: str) -> None:
    connection = sqlite3.connect(path)
    click.echo(connection.execute("SELECT count(*) FROM paper").fetchone()[0])
    connection.close()

main()
"""

TEXTUAL = """
from textual.app import App

class Empty(App[None]):
    def on_mount(self) -> None:
        self.call_after_refresh(self.exit)

Empty().run()
"""

PAPERTRAIL_TUI = """
import gc, sys
gc.disable()
from pathlib import Path
from papertrail.tui.frame.app import PapertrailApp
from papertrail.library import Home

class Timed(PapertrailApp):
    def data_shown(self) -> None:
        self.exit()

Timed(Home(Path(sys.argv[1]))).run()
"""
