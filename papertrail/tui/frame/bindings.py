"""The keys that several screens have, named; what they do stands in the pieces of these screens.

Apart from them, since the first frame knows a screen's keys, and a piece is imported when one is pressed.
"""

from textual.binding import Binding, BindingType

STATUS_BINDINGS: list[BindingType] = [
    Binding("s", "next_status", "Start, or read", tooltip="unread → reading → read", id="status.next"),
    Binding(
        "S", "go_back", "A step back", tooltip="to what it was before; again, further back", id="status.back"
    ),
    Binding("w", "set_status('queued')", "Queue", tooltip="want to read it soon", id="status.queue"),
    Binding("d", "set_status('dropped')", "Drop", tooltip="not going to read it", id="status.drop"),
    Binding(
        "shift+up,K",
        "move_in_queue(-1)",
        "Earlier in the queue",
        tooltip="or in its lineage",
        id="status.earlier",
    ),
    Binding(
        "shift+down,J",
        "move_in_queue(1)",
        "Later in the queue",
        tooltip="or in its lineage",
        id="status.later",
    ),
    Binding("U", "set_status('unread')", "Mark unread", tooltip="as if never begun", id="status.unread"),
]

UNDO_BINDINGS: list[BindingType] = [
    Binding("u", "take_back", "Take back the last change", id="undo.back"),
    Binding("ctrl+r", "do_again", "Do again", tooltip="what was taken back", id="undo.again"),
]

CITE_BINDING = Binding(
    "y", "copy_citation", "Copy a citation", tooltip="BibTeX, Markdown, plain", id="paper.cite"
)
PAGE_BINDINGS: list[BindingType] = [
    Binding("o", "open_page", "Open a page", tooltip="arXiv, PDF, publisher, code", id="paper.open"),
    CITE_BINDING,
]

CORRECTION_BINDINGS: list[BindingType] = [
    Binding("m", "correct", "Correct what is known", tooltip="title, ids, links", id="paper.correct"),
    Binding("N", "rename", "Give it another key", tooltip="links to it follow", id="paper.rename"),
    Binding("equals_sign", "unite", "It is the same as …", tooltip="one of two", id="paper.unite"),
    Binding("delete", "remove", "Remove it", tooltip="asks first", id="paper.remove"),
]

REVIEW_BINDING = Binding(
    "R", "review", "Be asked about it", tooltip="what its note asks, due or not", id="paper.review"
)

MARK_BINDINGS: list[BindingType] = [
    Binding(
        "i", "asked", "Asked in earnest", tooltip="a question somebody asked, into the note", id="paper.asked"
    ),
    Binding("t", "tag", "Tags and rating", tooltip="of one paper or several", id="paper.mark"),
]

# The same on every screen but that of the papers, where it finds in place.
FIND_BINDING = Binding(
    "slash", "app.find", "Find anything", tooltip="papers, notes, lineages, tags, views", id="app.find"
)
