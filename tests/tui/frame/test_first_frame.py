"""What the first frame costs: the modules it loads, the classes made for it, who asks the database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from papertrail.domain.errors import Busy
from papertrail.domain.goal.today import Today
from papertrail.library.agenda import Agenda
from papertrail.tui.today.list import TodayList
from tests.trails import FixedClock, make_database, small_trail
from tests.tui.driving import running

FIRST_FRAME = """
import json, sys, threading
from pathlib import Path
from papertrail.library import Home
from papertrail.store.connection import Database
from papertrail.tui.frame.app import PapertrailApp

askers, connect = set(), Database.connect

def connected(self, **kwargs):
    askers.add(threading.current_thread().name)
    return connect(self, **kwargs)

Database.connect = connected

class Timed(PapertrailApp):
    def data_shown(self):
        own = {name: module for name, module in sys.modules.items() if name.startswith("papertrail")}
        made = [
            f"{one.__module__}.{one.__qualname__}"
            for name, module in own.items()
            for one in vars(module).values()
            if hasattr(one, "__dataclass_fields__") and getattr(one, "__module__", "") == name
        ]
        self.told = {"modules": sorted(own), "dataclasses": made, "askers": sorted(askers)}
        self.exit()

app = Timed(Home(Path(sys.argv[1])))
app.run(headless=True, size=(100, 30))
print(json.dumps(app.told))
"""

NEEDED = """
papertrail
papertrail.disk
papertrail.disk.whole_file
papertrail.domain
papertrail.domain.clock
papertrail.domain.errors
papertrail.domain.goal
papertrail.domain.goal.goal
papertrail.domain.goal.progress
papertrail.domain.goal.today
papertrail.domain.goal.words
papertrail.domain.keys
papertrail.domain.lineages
papertrail.domain.lineages.lineage
papertrail.domain.lineages.suggest
papertrail.domain.operations
papertrail.domain.paper
papertrail.domain.settings
papertrail.domain.text
papertrail.library
papertrail.library.agenda
papertrail.library.goals
papertrail.library.indexed_notes
papertrail.library.known_files
papertrail.library.library
papertrail.library.lineages
papertrail.library.notes
papertrail.library.open_trail
papertrail.library.papers
papertrail.library.seeds
papertrail.library.settings
papertrail.library.trail
papertrail.notebook
papertrail.notebook.encoding
papertrail.notebook.notebook
papertrail.store
papertrail.store.connection
papertrail.store.disk_errors
papertrail.store.lock
papertrail.store.looking
papertrail.store.migrate
papertrail.store.queries
papertrail.store.queries.goals
papertrail.store.queries.ids
papertrail.store.queries.lineages
papertrail.store.queries.notes
papertrail.store.queries.missing
papertrail.store.queries.papers
papertrail.store.queries.progress
papertrail.store.queries.reading
papertrail.store.queries.settings
papertrail.store.queries.steps
papertrail.store.telling
papertrail.store.trail_folder
papertrail.tui
papertrail.tui.frame
papertrail.tui.frame.app
papertrail.tui.frame.background
papertrail.tui.frame.bindings
papertrail.tui.frame.driver
papertrail.tui.frame.host
papertrail.tui.frame.key_bar
papertrail.tui.frame.message_line
papertrail.tui.frame.signals
papertrail.tui.frame.status_keys
papertrail.tui.frame.steady
papertrail.tui.frame.steady_app
papertrail.tui.frame.tabs
papertrail.tui.frame.theme
papertrail.tui.frame.trail_screen
papertrail.tui.frame.typed
papertrail.tui.frame.undo_meaning
papertrail.tui.today
papertrail.tui.today.head
papertrail.tui.today.list
papertrail.tui.today.screen
papertrail.tui.widgets
papertrail.tui.widgets.bar_lines
papertrail.tui.widgets.cells
papertrail.tui.widgets.compositor
papertrail.tui.widgets.data_text
papertrail.tui.widgets.drawing
papertrail.tui.widgets.focus
papertrail.tui.widgets.ink
papertrail.tui.widgets.letters
papertrail.tui.widgets.line_breaks
papertrail.tui.widgets.line_styles
papertrail.tui.widgets.own_lines
papertrail.tui.widgets.pictures
papertrail.tui.widgets.plan_bar
papertrail.tui.widgets.row_list
papertrail.tui.widgets.scroll_length
papertrail.tui.widgets.text_in_place
"""


def test_the_first_frame_loads_what_it_shows_and_no_more(tmp_path: Path) -> None:
    """Each of these modules costs every start; what a key needs is imported when the key is pressed."""
    home = small_trail(tmp_path)
    make_database(home, FixedClock())
    done = subprocess.run(
        [sys.executable, "-c", FIRST_FRAME, str(home.root)],
        capture_output=True,
        env={**os.environ, "TERM": "xterm-256color"},
        timeout=120,
        encoding="utf-8",
        check=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert set(told["modules"]) - set(NEEDED.split()) == set()
    assert told["dataclasses"] == [], "a millisecond each"
    assert told["askers"] == ["open"], "the thread of the screen opens the database once the frame is shown"


async def test_a_day_that_cannot_be_read_beside_the_start_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings = []
    read = Agenda.today

    def today(agenda: Agenda, *, outlook: bool = True, plan: bool = True) -> Today:
        readings.append(outlook)
        if len(readings) == 1:
            raise Busy("another program is writing to this trail", "try again in a moment")
        return read(agenda, outlook=outlook, plan=plan)

    monkeypatch.setattr(Agenda, "today", today)
    async with running(small_trail(tmp_path), mode="today") as pilot:
        assert readings[:2] == [False, False]
        assert pilot.app.screen.query_one(TodayList).chosen is not None
