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
    ("0", "overview"),
    ("b", "around"),
    ("Y", "by year"),
    ("/", "find"),
    ("?", "help"),
    ("q", "quit"),
)
SPARE_KEYS = (
    ("t", "tags"),
    ("u", "undo"),
    ("/", "find"),
    ("Y", "by year"),
    ("b", "around"),
    ("0", "overview"),
    ("e", "note"),
    ("q", "quit"),
    ("⏎", "open"),
)
