"""A lineage as one document: whole, in order, and with nothing in it but what the notes say."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml.html import fragment_fromstring  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from markdown_it.token import Token

from papertrail.domain.errors import BadInput, NotFound, StorageError
from papertrail.domain.paper import Status
from papertrail.domain.story import StoryForm
from papertrail.domain.text import clean, clean_line
from papertrail.export.inert import anchor
from papertrail.library import Library
from tests.trails import HOSTILE_TITLES, NOTE, RCNN, opened, small_trail

STORIES = Path(__file__).parent / "stories"
MARKDOWN = MarkdownIt("commonmark").enable("table")
R = "R-CNN to Faster R-CNN"

FAST = """# Fast R-CNN

My first impression.

## Problem

R-CNN runs the network once for each of 2,000 regions: 47 s an image with VGG16.

## Prior work and its weakness

SPPnet shares the convolutions, but cannot train through its pyramid.

### from SPPnet

Gradients flow through the pooling: the *convolutions* learn too.
### from rcnn
One pass over the image instead of one a region.

## Ablations

| classifier | mAP |
| --- | --- |
| SVM | 66.0 |
| softmax | 66.9 |

## Key idea

Pool each region out of one shared map, train everything with one loss.

```python
### from adam
pooled = roi_pool(shared, region)
```

### In short

- one stage
  - two losses

## Limits and what I would change
<!-- Where does it fail or cost too much, and what would I try instead? -->

## Questions

Q: Why truncated SVD?
Q: Why no SVMs?
A: Softmax is as good, and one stage less.
"""
LABEL = r'"(?:[^"`<>#;:%{}\[\]()|&]|#\d+;|<br/>)*"'
MERMAID_LINE = re.compile(
    rf"flowchart TD|    p\d+\[{LABEL}\]|    p\d+ -->(?:\|{LABEL}\|)? p\d+"
    r"|    classDef \w+ [\w:#,-]+(?:4 3)?|    class p\d+(?:,p\d+)* \w+"
)
HOSTILE_NOTE = """## Problem

<script>alert(1)</script> and <b onclick="x">bold</b>, 1 < 2, `<i>`

### rcnn

## Limits

<!-- never closed

```
<pre>
"""


HOSTILE_LINKS = """## Problem

[a](javascript:alert(1)) ![shown](https://evil.example/p.png) [b](file:///etc/passwd) [c](other.md)
[d]: https://user@evil.example/ "x"

[d] <https://arxiv.org/abs/1> ![x](data:image/svg+xml;base64,AAAA)
"""
TAGS = (
    "div head meta title style body h1 h2 h3 h4 h5 h6 p a strong em s code pre ul ol li br hr blockquote"
    " table thead tbody tr th td figure svg rect path text tspan g defs marker use circle line polygon"
)


def is_html(token: Token) -> bool:
    return token.type.startswith("html") or any(map(is_html, token.children or ()))


def half_filled(library: Library) -> None:
    library.notes.save("rcnn", NOTE, None)
    library.notes.save("fast-rcnn", FAST, None)
    library.notes.save("faster-rcnn", "## Structure\n\nQ: How many anchors?\n", None)
    library.statuses.set(["rcnn", "fast-rcnn"], Status.READ)
    library.statuses.set(["sppnet"], Status.DROPPED)
    library.statuses.set(["faster-rcnn"], Status.READING)
    library.lineages.link("rcnn", "adam")


SUMMARY = """---
lineage: "R"
---

# R

## The line in three sentences

A *network* for each region; then one pass; then the **proposals**, too.

## What to remember

- Share, then learn.

### rcnn

## Open
<!-- What does the line leave unsolved, and what would I try? -->
"""


@pytest.mark.parametrize(
    ("name", "file", "form"),
    [
        (R, "half-filled.md", StoryForm()),
        (R, "progress.md", StoryForm(progress=True)),
        (R, "short.md", StoryForm(short=True)),
        ("SGD", "no-notes.md", StoryForm()),
    ],
)
def test_stories_are_as_they_were(tmp_path: Path, name: str, file: str, form: StoryForm) -> None:
    with opened(small_trail(tmp_path)) as library:
        half_filled(library)
        library.summaries.save(R, SUMMARY, None)
        assert library.exports.story(name, form) == (STORIES / file).read_text(encoding="utf-8")


def parts(text: str) -> dict[str, str]:
    """Return what stands below each level-2 heading."""
    pieces = re.split(r"^## (.*)\n", text, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def test_each_step_is_told_in_the_templates_order(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        half_filled(library)
        text = library.exports.story(R)
        steps = parts(library.exports.story(R, StoryForm(progress=True)))
    told = parts(text)
    assert list(told) == ["R-CNN", "Fast R-CNN", "Questions", "References"]
    assert list(steps) == list(told), "a line is enough for who has no note, too"
    bridge = "→ **[SPPnet](https://arxiv.org/abs/1406.4729)** (2014) · ✕ dropped · Spatial Pyramid Pooling"
    assert f"\n\n{bridge} · builds on [R-CNN](#r-cnn)\n" in steps["R-CNN"]
    labels = re.findall(r"^\*\*([A-Z][\w ]+)\*\*$", told["Fast R-CNN"], re.MULTILINE)
    assert labels == ["Problem", "Prior work", "Key idea", "Ablations"]
    assert "**Fast R-CNN**\n\nQ: Why no SVMs?  \nA: Softmax is as good" in told["Questions"]
    assert "*Then:* SPPnet" not in text and "*Then:* [SPPnet](https://arxiv.org/abs/1406.4729);" in text
    fast = told["Fast R-CNN"]
    assert fast.index("My first impression.") < fast.index("**Problem**")
    assert "**[R-CNN](#r-cnn) → Fast R-CNN**\n\nOne pass over the image" in fast
    assert "[Fast R-CNN](#fast-r-cnn) (One pass over the image instead of one a region)" in told["R-CNN"]
    bridge = "→ **[SPPnet](https://arxiv.org/abs/1406.4729)** (2014) · Spatial Pyramid Pooling"
    assert f"\n\n{bridge} · builds on [R-CNN](#r-cnn)\n\n## Fast R-CNN" in text


def test_nothing_of_the_diary_is_told_unless_asked_for(tmp_path: Path) -> None:
    diary = (
        "counted",
        "read.",
        "owes",
        "Still",
        "★",
        "#mine",
        "●",
        "○",
        "truncated",
        "I guess",
    )
    with opened(small_trail(tmp_path)) as library:
        half_filled(library)
        library.tags.change(["rcnn"], add=["mine"], rating=4)
        library.guesses.tell("fast-rcnn", "I guess one pass.")
        told = library.exports.story(R)
        assert [word for word in diary if word in told] == []
        assert [word for word in diary if word in library.exports.story(R, StoryForm(short=True))] == []
        told = library.exports.story(R, StoryForm(progress=True))
        assert [word for word in diary if word not in told] == []
        assert "*Still to be written: Limits.*" in told
        shown = library.exports.story(R, page=True)
        assert "●" not in shown and "counted" not in shown.partition("<svg")[0]


NUMBERS = """---
numbers:
  - "VOC 2007: {} % | mAP"
  - time: {} s
  - 3 stages
---
"""
WORDS = """
## Words

RoI: a region
  of interest: a box.
- **mAP**: the mean of `AP`
not a term
网络：层的组合
"""


def test_numbers_and_words_come_from_the_notes(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", NUMBERS.format("66.0", 47) + NOTE + WORDS, None)
        library.notes.save(
            "fast-rcnn", NUMBERS.format("66.9", "0.3") + NOTE + "\n## Words\n\nRoI: later\n", None
        )
        text = library.exports.story(R)
    check_document(text)
    rows = [line for line in text.split("\n") if line.startswith("| ")]
    assert rows[0] == "| Paper | Year | Problem | VOC 2007 | time |"
    assert rows[2] == "| [R-CNN](#r-cnn) | 2013 | Region proposals are slow. | 66.0 % \\| mAP | 47 s |"
    assert "VOC 2007: **66.9 % \\| mAP** · time: **0.3 s** · 3 stages" in parts(text)["Fast R-CNN"]
    assert parts(text)["Words"].strip().split("\n") == [
        "- **mAP**: the mean of `AP` not a term",
        "- **RoI**: a region of interest: a box.",
        "- **网络**: 层的组合",
    ]
    assert "Words" not in parts(text)["R-CNN"]


CHINESE = """## 问题（必填）

## 核心想法（必填）

## 结构

## 局限（必填）

## 后来如何解决

## 问答
问：
答：
"""
IN_CHINESE = """## 问题

每个区域都要算一次。太慢了。

## 核心想法

共用卷积层。然后池化。

## 局限

仍用外部候选框。

## 问答

问：为什么慢？
答：两千次前向。

## 术语

锚框：参考框。
"""


def test_a_template_in_chinese_tells_a_story_as_well(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        (home.private / "template.md").write_text(CHINESE, encoding="utf-8")
        library.notes.save("fast-rcnn", IN_CHINESE, None)
        library.notes.save(
            "faster-rcnn", "## 核心想法\n\n### from fast-rcnn\n\n网络自己提出框。更快。\n", None
        )
        library.summaries.save(R, "# 检测\n\n## 三句话\n\n一条线。\n\n## 待解\n\n小物体。\n", None)
        text, short = library.exports.story(R), library.exports.story(R, StoryForm(short=True))
        page = library.exports.story(R, page=True)
    check_document(text)
    assert text.startswith("# R-CNN to Faster R-CNN\n\n一条线。\n\n| 论文 | 年份 | 问题 |\n")
    assert list(parts(text)) == ["Fast R-CNN", "Faster R-CNN", "待解", "问答", "术语", "参考文献"]
    assert "| 每个区域都要算一次。 |" in text and "2. **Faster R-CNN**: 网络自己提出框。" in short
    assert re.search(r"^1\. \*\*Fast R-CNN\*\*: 共用卷积层。 \*[^ -~]+:\* [^ -~]+$", short, re.MULTILINE)
    assert re.findall(r"^\*\*(.*)\*\*$", parts(text)["Fast R-CNN"], re.MULTILINE) == [
        "问题",
        "核心想法",
        "局限",
    ]
    assert "*之后:* [Faster R-CNN](#faster-r-cnn) (网络自己提出框)" in text
    assert "- **锚框**: 参考框。" in text and "问：为什么慢？  \n答：两千次前向。" in text
    assert '<html lang="zh">' in page and '<p class="part"><strong>问题</strong></p>' in page


def plain(markdown: str) -> str:
    """Return the words of a heading without their marks."""
    return "".join(child.content for child in MARKDOWN.parseInline(markdown)[0].children or [])


def check_page(page: str, name: str) -> None:
    """Check that a page asks for nothing, runs nothing, and that its links lead into it or to http."""
    root = fragment_fromstring(page.partition("<head>")[2].join(("<div>", "")), create_parent=True)
    assert {element.tag for element in root.iter() if isinstance(element.tag, str)} <= set(TAGS.split())
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    for element in root.iter():
        for attribute, value in element.attrib.items():
            assert not attribute.startswith("on") and attribute not in {
                "src",
                "srcset",
                "action",
                "xlink:href",
            }
            if attribute == "href":
                assert re.match(r"https?://", value) or unquote(value[1:]) in ids, value
    style = "".join(element.text or "" for element in root.iter("style"))
    assert "url(" not in style and "@import" not in style
    assert root.find(".//title") is not None and (root.findtext(".//title") or "") == clean_line(name)
    assert "default-src 'none'" in page and clean(page) == page


def check_document(text: str) -> None:
    """Check that a story is inert Markdown whose addresses lead somewhere, on GitHub and in Obsidian."""
    tokens = MARKDOWN.parse(text)
    assert not any(map(is_html, tokens))
    assert clean(text) == text
    top = [
        (token.tag, tokens[number + 1].content)
        for number, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0
    ]
    headings = [title for tag, title in top if tag == "h2"]
    assert [tag for tag, _ in top].count("h1") == 1 and top[0][0] == "h1"
    addresses = [anchor(plain(title)) for _, title in top]
    for title in headings:
        assert addresses.count(anchor(plain(title))) == 1, "no address of a step stands for two headings"
    for token in tokens:
        for child in token.children or []:
            target = str(child.attrs.get("href", "")) if child.type == "link_open" else ""
            if target.startswith("#"):
                assert [anchor(plain(title)) for title in headings].count(unquote(target[1:])) == 1
    fences = [token for token in tokens if token.type == "fence" and token.info == "mermaid"]
    assert len(fences) == 1
    for line in fences[0].content.splitlines():
        assert MERMAID_LINE.fullmatch(line), line


NAMES = (
    "a `b` *c* <b>x</b>",
    "rcnn",
    "Questions",
    "# no. 1 [x](y)",
    "残差网络",
    '" click p1 callback',
    "%%{init}%%",
)


TITLES = (*HOSTILE_TITLES, "<script>x</script>", 'click p1 "javascript:x"', "]]]")


@pytest.mark.parametrize("first", range(0, len(TITLES), len(RCNN)))
@pytest.mark.parametrize("name", NAMES)
def test_hostile_titles_and_names(tmp_path: Path, name: str, first: int) -> None:
    titles = [TITLES[(first + number) % len(TITLES)] for number in range(len(RCNN))]
    rows = [(name, row[1], title, *row[3:]) for row, title in zip(RCNN, titles, strict=True)]
    rows[-1] = (name, "questions", titles[-1], titles[-1], "", "", "", "", "rcnn")
    words = "".join(f"\n## {title}\n\nWords.\n" for title in titles)
    words += "\n## Words\n\n" + "".join(f"{title}: {title}\n" for title in titles)
    questions = "\n## Questions\n" + "".join(f"Q: {title}\nA: {title}\n" for title in titles)
    numbers = "".join(f"  - {clean_line(title)}: {clean_line(title)}\n" for title in titles)
    with opened(small_trail(tmp_path, rows)) as library:
        for key in ("rcnn", "fast-rcnn"):
            library.notes.save(key, f"---\nnumbers:\n{numbers}---\n{NOTE}{words}{questions}", None)
        library.notes.save("sppnet", "## Key idea\n### from rcnn\n" + "\n\n".join(titles) + "\n", None)
        library.summaries.save(name, f"# {name}\n\n## {titles[0]}\n\n{titles[1]}\n{words}", None)
        for form in (StoryForm(), StoryForm(short=True), StoryForm(progress=True)):
            if not form.short:
                check_document(library.exports.story(name, form))
            check_page(library.exports.story(name, form, page=True), name)


HOSTILE = (HOSTILE_NOTE, "## Problem\n\n~~~\nnever closed\n\n> a\n", HOSTILE_LINKS)


def test_hostile_notes_end_where_they_end(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        for key, note in zip(("rcnn", "sppnet", "faster-rcnn"), HOSTILE, strict=True):
            library.notes.save(key, note, None)
        library.notes.save("fast-rcnn", NOTE, None)
        library.summaries.save(R, HOSTILE_NOTE, None)
        text = library.exports.story(R)
        page = library.exports.story(R, page=True)
    check_document(text)
    check_page(page, R)
    assert "\\<script>alert(1)\\</script> and \\<b onclick=" in text and "1 < 2, `<i>`" in text
    steps = [heading for heading in parts(text) if heading != "Limits"]
    assert steps == ["R-CNN", "Spatial Pyramid Pooling", "Fast R-CNN", "Faster R-CNN", "References"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<em>[shown]</em>" in page and "evil.example/p.png" not in page


def test_a_step_gives_way_to_the_title(tmp_path: Path) -> None:
    rows = [("R-CNN", *row[1:]) for row in RCNN[:2]]
    rows.append(("R-CNN", "r-cnn-2013", "T", "", "", "", "", "", "rcnn"))
    with opened(small_trail(tmp_path, rows)) as library:
        for key in ("rcnn", "sppnet", "r-cnn-2013"):
            library.notes.save(key, NOTE, None)
        text = library.exports.story("R-CNN")
    check_document(text)
    assert list(parts(text))[:3] == ["R-CNN \\(2013\\)", "Spatial Pyramid Pooling", "T"]
    assert "| [R-CNN](#r-cnn-2013) |" in text


def test_a_lineage_without_papers(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.lineages.put("Empty", [])
        assert library.exports.story("Empty") == "# Empty\n"
        assert (
            library.exports.story("Empty", StoryForm(progress=True)) == "# Empty\n\n0 of 0 counted, 0 read.\n"
        )
        assert '<h1 id="empty">Empty</h1>' in library.exports.story("Empty", page=True)


def test_the_short_form_grows_smaller_with_what_it_tells(tmp_path: Path) -> None:
    sizes = []
    for count in (2, 30):
        rows = [("L", f"p{number}", f"Paper {number}", "", "2020", "", "", "", "") for number in range(count)]
        with opened(small_trail(tmp_path / str(count), rows)) as library:
            for number in range(count):
                library.notes.save(f"p{number}", NOTE.replace("slow.", "slow " * 30 + "."), None)
            page = library.exports.story("L", StoryForm(short=True), page=True)
        found = re.search(r"html { font-size: ([\d.]+)mm }", page)
        assert found is not None
        sizes.append(float(found[1]))
    assert sizes[0] == 3.25 and 2 <= sizes[1] < 3


def test_the_picture_of_the_short_form_says_names_and_stands_beside_the_steps(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        half_filled(library)
        page = library.exports.story(R, StoryForm(short=True), page=True)
        whole = library.exports.story(R, page=True)
    for told in (page, whole):
        assert {"R-CNN", "Fast R-CNN"} <= set(re.findall(r'<text class="key"[^>]*>([^<]*)<', told))
    assert "float: right" in page and page.index("<figure>") < page.index("<ol>")
    assert 'class="title"' not in page and 'class="name"' not in page, "the page and the table tell them"
    assert 'class="name"' in whole and "float: right" not in whole


def test_a_story_is_written_to_a_file_or_into_a_folder(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path / "trail")) as library:
        half_filled(library)
        text = library.exports.story(R)
        for to in (tmp_path / "new" / "story.md", tmp_path / "folder"):
            for _ in range(2):
                path = library.exports.save_story(R, to)
                assert path.read_text(encoding="utf-8") == text
        assert path == tmp_path / "folder" / "r-cnn-to-faster-r-cnn.md"
        assert library.exports.save_story("SGD", tmp_path / "folder").name == "sgd.md"
        assert sorted(p.name for p in path.parent.iterdir()) == ["r-cnn-to-faster-r-cnn.md", "sgd.md"]


def test_what_is_no_story_is_not_written_over(tmp_path: Path) -> None:
    home = small_trail(tmp_path / "trail")
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        mine = tmp_path / "mine.md"
        mine.write_text("# My own\n", encoding="utf-8")
        for to in (mine, home.notes / "rcnn.md", home.notes / "new.md", home.notes):
            with pytest.raises(BadInput) as caught:
                library.exports.save_story(R, to)
            assert "\n" not in str(caught.value)
        assert mine.read_text(encoding="utf-8") == "# My own\n"
        assert [path.name for path in home.notes.iterdir() if not path.name.startswith(".")] == ["rcnn.md"]
        (tmp_path / "folder.md").mkdir()
        assert library.exports.save_story(R, tmp_path / "folder.md").parent == tmp_path / "folder.md"
        with pytest.raises(StorageError):
            library.exports.save_story(R, mine / "below")
        with pytest.raises(NotFound):
            library.exports.story("nothing")


def test_words_in_no_section_are_told_too(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", "Free words only.\n\nQ: Why?\n", None)
        library.notes.save("sppnet", "# SPPnet\n\n## Problem\n\nOne.\n\n# Second title\n\nTwo.\n", None)
        text = library.exports.story(R)
    check_document(text)
    steps = parts(text)
    assert "Free words only." in steps["R-CNN"]
    assert "Two." in steps["SPPnet"] and "One." in steps["SPPnet"]


def test_rating_and_tags_are_told_with_a_note_and_without(tmp_path: Path) -> None:
    tags = ["to show", "[/b]", "*待读*"]
    with opened(small_trail(tmp_path)) as library:
        half_filled(library)
        library.tags.change(["rcnn", "sppnet"], add=tags, rating=4)
        library.tags.change(["fast-rcnn"], rating=2)
        view = library.views.save("Shown", 'tag:"to show"').view
        library.exports.write()
        exported = next((library.home.export / "lineages").glob("r-cnn*.md")).read_text(encoding="utf-8")
        form = StoryForm(progress=True)
        for text in (library.exports.story(R, form), library.exports.story(view, form), exported):
            facts = parts(text)["R-CNN"].strip("\n").split("\n\n")[0]
            below = MARKDOWN.parseInline(facts)[0].children or []
            said = "".join(child.content if child.type != "hardbreak" else "\n" for child in below)
            assert said.split("\n")[1] == "★4 #*待读* #[/b] #to show"
            bridge = next(line for line in text.split("\n") if line.lower().startswith("→ **[sp"))
            below = MARKDOWN.parseInline(bridge)[0].children or []
            assert "".join(child.content for child in below).endswith(" · ★4 #*待读* #[/b] #to show")
        assert parts(exported)["Fast R-CNN"].split("\n\n")[0].endswith("  \n★2")
        assert "★" not in exported.partition("→ **[Faster R-CNN]")[2].partition("\n")[0]
