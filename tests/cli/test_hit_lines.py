"""Lines printed below papers: where the words asked for stand."""

import re
from pathlib import Path

from papertrail.cli.hit_lines import hit_lines
from papertrail.cli.output import Tint
from papertrail.domain.query.parser import parse
from tests.cli.program import Program
from tests.trails import opened, small_trail


def test_words_of_notes_are_shown_and_marked(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", "## Problem\n\n- Regions by superpixels, merged\n", None)
        library.notes.save("adam", "## Problem\n\n" + "far " * 100 + "superpixels\n", None)
        query = parse("superpix").query
        lines = hit_lines(library, query, library.search.ids(query), 60)
        keys = {paper.id: paper.key for paper in library.papers.summaries(list(lines))}
        told = {keys[id_]: line for id_, line in lines.items()}
    assert told["rcnn"] == (
        Tint("    note: ", "quiet"),
        Tint("Regions by ", "quiet"),
        Tint("superpix", "title"),
        Tint("els, merged", "quiet"),
    )
    assert sum(len(part.text) for part in told["adam"] if isinstance(part, Tint)) <= 60


def test_what_the_list_shows_anyway_is_not_said_again(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        for typed in ("rcnn", "girshick", "status:unread", ""):
            query = parse(typed).query
            assert hit_lines(library, query, library.search.ids(query), 80) == {}


def test_on_a_terminal_a_list_shows_where_the_words_stand(program: Program) -> None:
    program.ok("note", "rcnn", "--stdin", stdin="## Problem\n\nSuperpixels \x1b]52;c;x\x07 are slow [/b]\n")
    code, seen = program.in_terminal("list", "superpixels")
    told = seen.decode()
    assert code == 0 and "\x1b]" not in told
    shown = re.sub(r"\x1b\[\d*m", "", told).splitlines()
    assert shown[0].startswith("○  unread  2013  rcnn  Rich") and shown[1].startswith(
        "    note: Superpixels "
    )
    assert shown[2] == "1 paper · 0 counted · 0 owed"
    assert program.ok("list", "superpixels").count("\n") == 1  # in a pipe a line a paper
