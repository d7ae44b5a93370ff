"""The map as Mermaid and DOT: every paper once, every link drawn, and nothing in a label acts."""

import re

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.lineages.map import MapPaper
from papertrail.domain.paper import Status
from papertrail.export.lineage_graph import dot, mermaid
from tests.cases import each

PAPERS = (
    MapPaper("vgg", 2014, Status.UNREAD, False, False, "Back & bones"),
    MapPaper("rcnn", 2013, Status.READ, True, False, None, False, 'Rich "features"', "1311.2524"),
    MapPaper("sppnet", None, Status.DROPPED, False, False),
    MapPaper("fast-rcnn", 2015, Status.READ, False, True, doi="10.1/(a) 10.1/b"),
)
LINKS = {
    ("fast-rcnn", "sppnet"): "",
    ("fast-rcnn", "vgg"): 'deeper "net"',
    ("sppnet", "rcnn"): "",
    ("fast-rcnn", "nobody"): "left out",
}


def test_mermaid() -> None:
    assert mermaid(PAPERS, LINKS, linked=True) == (
        "flowchart TD\n"
        '    p1["○ vgg 2014<br/>Back #38; bones"]\n'
        '    p2["● rcnn 2013"]\n'
        '    p3["✕ sppnet"]\n'
        '    p4["● fast-rcnn 2015"]\n'
        "    p2 --> p3\n"
        '    p1 -->|"deeper #34;net#34;"| p4\n'
        "    p3 --> p4\n"
        "    classDef counted fill:#dcebd3,stroke:#3f7030,color:#1d3515\n"
        "    class p2 counted\n"
        "    classDef owed fill:#fbe9c8,stroke:#9a5b13,color:#4a2b07\n"
        "    class p4 owed\n"
        "    classDef unread fill:#f6f3ec,stroke:#8a8173,color:#3a352d\n"
        "    class p1 unread\n"
        "    classDef dropped fill:#ececec,stroke:#9a9a9a,color:#6a6a6a\n"
        "    class p3 dropped\n"
        "    classDef beside stroke-dasharray:4 3\n"
        "    class p1 beside\n"
        '    click p2 href "https://arxiv.org/abs/1311.2524" _blank\n'
        '    click p4 href "https://doi.org/10.1/(a)" _blank\n'
    )


def test_dot() -> None:
    assert dot('R-CNN "to" Faster', PAPERS, LINKS) == (
        'digraph "R-CNN \\"to\\" Faster" {\n'
        '    node [shape=box, style="rounded,filled", fontname="sans-serif"];\n'
        '    edge [fontname="sans-serif", fontsize=10];\n'
        '    "vgg" [label="○ vgg 2014\\nBack &amp; bones", fillcolor="#f6f3ec", color="#8a8173",'
        ' fontcolor="#3a352d", style="rounded,filled,dashed"];\n'
        '    "rcnn" [label="● rcnn 2013", fillcolor="#dcebd3", color="#3f7030", fontcolor="#1d3515",'
        ' URL="https://arxiv.org/abs/1311.2524", target="_blank", tooltip="Rich \\"features\\""];\n'
        '    "sppnet" [label="✕ sppnet", fillcolor="#ececec", color="#9a9a9a", fontcolor="#6a6a6a"];\n'
        '    "fast-rcnn" [label="● fast-rcnn 2015", fillcolor="#fbe9c8", color="#9a5b13",'
        ' fontcolor="#4a2b07", URL="https://doi.org/10.1/(a)", target="_blank"];\n'
        '    "rcnn" -> "sppnet";\n'
        '    "vgg" -> "fast-rcnn" [label="deeper \\"net\\""];\n'
        '    "sppnet" -> "fast-rcnn";\n'
        "}\n"
    )


def test_dot_breaks_what_is_long_into_lines_and_leaves_nothing_out() -> None:
    text = "Takes its boxes as they are and replaces everything behind them by learned features"
    drawn = dot("x", PAPERS, {("sppnet", "rcnn"): text})
    (label,) = re.findall(r'"rcnn" -> "sppnet" \[label="(.*)"\]', drawn)
    lines = label.split("\\n")
    assert len(lines) == 3 and max(map(len, lines)) <= 40 and " ".join(lines) == text


def test_the_order_of_the_links_does_not_matter() -> None:
    assert "click" not in mermaid(PAPERS, LINKS)
    backwards = dict(reversed(LINKS.items()))
    assert mermaid(PAPERS, backwards) == mermaid(PAPERS, LINKS)
    assert dot("x", PAPERS, backwards) == dot("x", PAPERS, LINKS)


def test_without_papers() -> None:
    assert mermaid((), LINKS) == "flowchart TD\n"
    assert dot("", (), LINKS).startswith('digraph "" {\n') and dot("", (), LINKS).endswith("\n}\n")


@each(
    ("text", "label"),
    [
        ("- a list", "#45; a list"),
        ("1. a list", "1#46; a list"),
        ("12. a list", "12#46; a list"),
        ("v1.2 to v3", "v1.2 to v3"),
        ("_em_ *strong* `code`", "#95;em#95; #42;strong#42; #96;code#96;"),
        ("#quot; &quot;", "#35;quot#59; #38;quot#59;"),
        ("%%{init: {}}%%", "#37;#37;#123;init#58; #123;#125;#125;#37;#37;"),
        ("残差 e\u0301\u202e", "残差 e#769;"),
        ("word " * 100, " ".join(["word"] * 100)),
    ],
)
def test_what_mermaid_would_read_is_a_number(text: str, label: str) -> None:
    drawn = mermaid(PAPERS[1:3], {("sppnet", "rcnn"): text})
    assert f'    p1 -->|"{label}"| p2\n' in drawn


HOSTILE = st.text() | st.lists(
    st.sampled_from(['"', "\\", "\n", "]", "click p1", "%%", "#", ";", "<", ">", "&", "|", "`", "end", "a"])
).map("".join)
MERMAID_LABEL = r'"(?:[^"`<>#;:%{}\[\]()|&\\\n]|#\d+;|<br/>)*"'
ADDRESS = r'"https?://[\w%/:;=&?@!$\'()*+,.~\[\]-]+"'
MERMAID = re.compile(
    rf"(?:flowchart TD|    click p\d+ href {ADDRESS} _blank|"
    rf"    p\d+\[{MERMAID_LABEL}\]|    p\d+ -->(?:\|{MERMAID_LABEL}\|)? p\d+"
    r"|    classDef \w+ [\w:#,-]+(?:4 3)?|    class p\d+(?:,p\d+)* \w+)"
)
DOT_TEXT = r'"(?:[^"\\\n]|\\["\\n])*"'
DOT_NAME = r'"(?:[^"\\\n]|\\")*"'
DOT_PAIR = rf"\w+=(?:{DOT_TEXT}|\w+)"
DOT = re.compile(
    rf"(?:digraph {DOT_NAME} {{|    (?:{DOT_NAME}(?: -> {DOT_NAME})?|\w+)"
    rf"(?: \[{DOT_PAIR}(?:, {DOT_PAIR})*\])?;|}})"
)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_any_texts_are_labels_and_nothing_else(key: str, lineage: str, change: str) -> None:
    one = MapPaper(key, 1951, Status.READING, False, False, lineage, False, change, doi=key)
    papers = (*PAPERS, one)
    links = {**LINKS, (key, "vgg"): change}
    drawn = mermaid(papers, links, linked=True)
    assert all(MERMAID.fullmatch(line) for line in drawn.splitlines()), drawn
    drawn = dot(lineage, papers, links)
    assert all(DOT.fullmatch(line) for line in drawn.removesuffix("\n").split("\n")), drawn
