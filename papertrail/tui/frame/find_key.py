"""The key that finds anything, the same on every screen but that of the papers, where it finds in place."""

from textual.binding import Binding

FIND_BINDING = Binding(
    "slash", "app.find", "Find anything", tooltip="papers, notes, lineages, tags, views", id="app.find"
)
