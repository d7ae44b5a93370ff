"""papertrail's own colours, warm paper and ink with one accent, dark and light; and the widths of screens."""

from textual.theme import Theme

WIDE = 110  # columns from which the chosen paper has a pane of its own
NARROW = 70  # columns from which two lists stand beside each other
BREAKPOINTS = [(0, "-slim"), (NARROW, "-narrow"), (WIDE, "-wide")]

DARK = Theme(
    name="papertrail-dark",
    primary="#d9a05b",
    secondary="#8fb3c9",
    accent="#e3b778",
    success="#9bbf85",
    warning="#e0c067",
    error="#dd7b70",
    foreground="#ded6c7",
    background="#191714",
    surface="#211e1a",
    panel="#2c2822",
    dark=True,
    variables={
        "quiet": "#98907f",
        "rule": "#474037",
        "edge": "#83796a",
        "block-cursor-background": "#3b342a",
        "block-cursor-foreground": "#f4ecdd",
        "input-selection-background": "#d9a05b 35%",
        "scrollbar": "#3a352d",
        "scrollbar-hover": "#5a5042",
        "scrollbar-active": "#d9a05b",
        "scrollbar-background": "#191714",
        "scrollbar-corner-color": "#191714",
    },
)

LIGHT = Theme(
    name="papertrail-light",
    primary="#9a5b13",
    secondary="#2f6580",
    accent="#b26f1e",
    success="#3f7030",
    warning="#8a6a00",
    error="#b23a2e",
    foreground="#2b2620",
    background="#fbf7ef",
    surface="#f4eee2",
    panel="#e9e0cf",
    dark=False,
    variables={
        "quiet": "#7d7464",
        "rule": "#d3c7b0",
        "edge": "#8f8168",
        "block-cursor-background": "#e6d7b8",
        "block-cursor-foreground": "#1d1914",
        "input-selection-background": "#9a5b13 25%",
        "scrollbar": "#d8ccb5",
        "scrollbar-hover": "#c2b293",
        "scrollbar-active": "#9a5b13",
        "scrollbar-background": "#fbf7ef",
        "scrollbar-corner-color": "#fbf7ef",
    },
)
