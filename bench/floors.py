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

CLICK_SEARCH = """
import sqlite3, sys
import click

@click.command()
@click.argument("path")
@click.argument("text")
def main(path: str, text: str) -> None:
    connection = sqlite3.connect(path)
    match = " AND ".join(f'"{word}" *' for word in text.split())
    rows = connection.execute(
        "SELECT p.year, p.key, p.title FROM words w JOIN paper p ON p.id = w.rowid"
        " WHERE words MATCH ? ORDER BY p.position", [match])
    for year, key, title in rows:
        click.echo(f"{year}  {key:20}  {title}")
    connection.close()

main()
"""

RAW_SEED = """
import csv, sqlite3, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = [(*row.values(),) for row in csv.DictReader(file)]
connection = sqlite3.connect(sys.argv[2])
connection.execute("CREATE TABLE paper (lineages, key, title, authors, year, venue, arxiv_id, doi, on_)")
connection.execute('''CREATE VIRTUAL TABLE words USING fts5(
  lineages, key, title, authors, year, venue, arxiv_id, doi, on_,
  tokenize = "ascii tokenchars '+#|'", prefix = '1 2 3')''')
for table in ("paper", "words"):
    connection.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
connection.commit()
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

RAW_LIST = """
import sqlite3, sys
GLYPHS = {"unread": "○", "queued": "◔", "reading": "◐", "read": "●", "dropped": "✕"}
connection = sqlite3.connect(sys.argv[1])
rows = connection.execute('''
  SELECT coalesce(r.status, 'unread'), coalesce(r.is_read, 0), coalesce(n.complete, 0), p.year, p.key, p.title
  FROM paper p LEFT JOIN reading r ON r.paper_id = p.id LEFT JOIN note n ON n.paper_id = p.id
  ORDER BY p.position, p.id''').fetchall()
longest = max(len(row[4]) for row in rows)
for status, is_read, complete, year, key, title in rows:
    state = ("counted" if complete else "owed") if is_read and status == "read" else status
    print(f"{GLYPHS[status]}  {state:7}  {year or '-':<4}  {key:{longest}}  {title}")
"""
