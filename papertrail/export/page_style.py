"""How pages of HTML look that are given away: on a screen, light or dark, and on paper."""

STYLE = """
:root { color-scheme: light dark; --ink: #2b2620; --quiet: #6f6656; --rule: #d8cfbf; --sheet: #fffdf8;
  --amber: #8a5a00; --plain: system-ui, "Segoe UI", "DejaVu Sans", "Noto Sans CJK SC", sans-serif }
@media (prefers-color-scheme: dark) {
:root { --ink: #ded6c7; --quiet: #98907f; --rule: #3a342c; --sheet: #191714; --amber: #e0a94a }
}
html { background: var(--sheet) }
body { max-width: 46rem; margin: 3rem auto; padding: 0 1.2rem; color: var(--ink);
  font: 16px/1.55 Charter, "Iowan Old Style", Georgia, "DejaVu Serif", "Noto Serif CJK SC",
  "Noto Sans CJK SC", serif }
h1, h2, h4, h5, h6 { font-family: var(--plain); line-height: 1.25 }
h1 { font-size: 1.9rem; margin: 0 0 1rem; border-bottom: 2px solid var(--amber); padding-bottom: .4rem }
h2 { font-size: 1.3rem; margin: 2.2rem 0 .4rem }
h2 + p { color: var(--quiet); font-size: .9rem; margin-top: 0 }
.part { font-family: var(--plain); font-size: .92em; margin: 1.1em 0 .2em }
.part + * { margin-top: .2em }
a { color: var(--amber); text-decoration: none; border-bottom: 1px solid var(--rule) }
table { border-collapse: collapse; width: 100%; margin: 1.2rem 0; font-size: .88rem; line-height: 1.4 }
th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem 0;
  border-bottom: 1px solid var(--rule) }
td:first-child { white-space: nowrap }
th:nth-child(3) { min-width: 18em }
th { vertical-align: bottom; font-weight: 600 }
th.right, td.right { text-align: right }
th.center, td.center { text-align: center }
pre { overflow-x: auto; padding: .7rem .9rem; border-left: 3px solid var(--rule);
  font-size: .82rem; line-height: 1.35 }
code, pre { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--rule); color: var(--quiet) }
figure { margin: 1.6rem 0; text-align: center }
figure svg { max-width: 100%; height: auto }
@page { size: A4; margin: 16mm 17mm }
@media print {
:root { color-scheme: light }
html { background: none }
body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; line-height: 1.42 }
h2, .part { break-after: avoid }
pre, table, figure, tr { break-inside: avoid }
pre { white-space: pre-wrap }
a { color: inherit }
}
"""
