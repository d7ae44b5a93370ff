"""Colours of our own, paper and ink with one accent, three ways; those of the terminal; widths of screens."""

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
    accent="#96570f",
    success="#3f7030",
    warning="#7f6100",
    error="#b23a2e",
    foreground="#2b2620",
    background="#fbf7ef",
    surface="#f4eee2",
    panel="#e9e0cf",
    dark=False,
    variables={
        "quiet": "#6f6758",
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

CONTRAST = Theme(
    name="papertrail-contrast",
    primary="#ffc870",
    secondary="#9fd8ff",
    accent="#ffd998",
    success="#b4f29a",
    warning="#ffe066",
    error="#ffaaa2",
    foreground="#ffffff",
    background="#000000",
    surface="#0c0c0c",
    panel="#1c1c1c",
    dark=True,
    variables={
        "quiet": "#d2d2d2",
        "rule": "#8a8a8a",
        "edge": "#c4c4c4",
        "block-cursor-background": "#ffe9c4",
        "block-cursor-foreground": "#000000",
        "input-selection-background": "#ffc870 45%",
        "scrollbar": "#8a8a8a",
        "scrollbar-hover": "#c4c4c4",
        "scrollbar-active": "#ffc870",
        "scrollbar-background": "#000000",
        "scrollbar-corner-color": "#000000",
    },
)

TERMINAL = Theme(
    name="papertrail-terminal",
    ansi=True,
    primary="ansi_yellow",
    secondary="ansi_cyan",
    accent="ansi_bright_yellow",
    success="ansi_green",
    warning="ansi_bright_yellow",
    error="ansi_bright_red",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_bright_black",
    boost="ansi_default",
    dark=True,
    variables={
        "quiet": "ansi_default",
        "rule": "ansi_bright_black",
        "edge": "ansi_default",
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "block-cursor-background": "ansi_white",
        "block-cursor-foreground": "ansi_black",
        "input-cursor-background": "ansi_white",
        "input-cursor-foreground": "ansi_black",
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_bright_white",
        "scrollbar": "ansi_bright_black",
        "scrollbar-hover": "ansi_white",
        "scrollbar-active": "ansi_yellow",
        "scrollbar-background": "ansi_default",
        "scrollbar-corner-color": "ansi_default",
    },
)

THEMES = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST, "terminal": TERMINAL}
"""By the name that the setting has for each."""
