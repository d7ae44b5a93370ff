"""The keys named at the foot of the map, as it stands."""

KEYS = (
    ("←↑↓→", "walk"),
    ("s", ""),  # what it does depends on the paper
    ("S", ""),
    ("⏎", "open"),
    ("n", "next"),
    ("[ ]", "lineage"),
    ("c", "compare"),
    ("T", "tell"),
    ("e", "note"),
    ("u", "undo"),
    ("t", "tags"),
    ("L", "change"),
    ("0", "all"),
    ("b", "beyond"),
    ("/", "find"),
    ("?", "help"),
    ("q", "quit"),
)
SPARE_KEYS = (
    ("t", "tags"),
    ("u", "undo"),
    ("/", "find"),
    ("b", "beyond"),
    ("0", "all"),
    ("e", "note"),
    ("q", "quit"),
    ("⏎", "open"),
)
