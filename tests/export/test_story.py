"""A lineage as one document: whole, in order, and with nothing in it but what the notes say."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from papertrail.domain.errors import BadInput, NotFound, StorageError
from papertrail.domain.paper import Status
from papertrail.domain.text import clean
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


@pytest.mark.parametrize(("name", "file"), [(R, "half-filled.md"), ("SGD", "no-notes.md")])
def test_stories_are_as_they_were(tmp_path: Path, name: str, file: str) -> None:
    with opened(small_trail(tmp_path)) as library:
        half_filled(library)
        assert library.exports.story(name) == (STORIES / file).read_text(encoding="utf-8")


def parts(text: str) -> dict[str, str]:
    """Return what stands below each level-2 heading."""
    pieces = re.split(r"^## (.*)\n", text, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def test_each_step_is_told_in_the_templates_order(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        half_filled(library)
        steps = parts(library.exports.story(R))
    assert list(steps) == ["rcnn", "sppnet", "fast-rcnn", "faster-rcnn", "Questions"]
    labels = re.findall(r"^\*\*([A-Z][\w ]+)\*\*$", steps["fast-rcnn"], re.MULTILINE)
    assert labels == ["Problem", "Prior work", "Key idea", "Questions", "Ablations"]
    assert "Q: Why no SVMs?  \nA: Softmax is as good" in steps["fast-rcnn"]
    assert "Why truncated SVD" not in steps["fast-rcnn"] and "Why truncated SVD" in steps["Questions"]
    assert "*Came next:* [sppnet](#sppnet), [fast-rcnn](#fast-rcnn)" in steps["rcnn"]
    assert steps["fast-rcnn"].index("My first impression.") < steps["fast-rcnn"].index("**Problem**")
    assert "**From [rcnn](#rcnn):**\n\nOne pass over the image" in steps["fast-rcnn"]
    assert "*Still to be written: Limits.*" in steps["fast-rcnn"]
    assert "*No note yet.*\n\n*Came next:*" in steps["sppnet"]
    assert "How many anchors" not in steps["faster-rcnn"] and "How many anchors" in steps["Questions"]


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
    headings = [MARKDOWN.renderInline(title) for tag, title in top if tag == "h2"]
    assert [tag for tag, _ in top[:2]] == ["h1", "h2"]
    assert len({anchor(title) for _, title in top}) == len(top), "no address stands for two headings"
    for token in tokens:
        for child in token.children or []:
            target = str(child.attrs.get("href", "")) if child.type == "link_open" else ""
            if target.startswith("#"):
                (heading,) = [title for title in headings if anchor(title) == target[1:]]
                # Obsidian compares the text, case ignored: what is left of it must be the address.
                assert heading.lower() == target[1:]
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
    questions = "\n## Questions\n" + "".join(f"Q: {title}\n" for title in titles)
    with opened(small_trail(tmp_path, rows)) as library:
        library.notes.save("rcnn", NOTE + words + questions, None)
        library.notes.save("sppnet", "## Key idea\n### from rcnn\n" + "\n\n".join(titles) + "\n", None)
        text = library.exports.story(name)
    check_document(text)


def test_hostile_notes_end_where_they_end(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", HOSTILE_NOTE, None)
        library.notes.save("sppnet", "## Problem\n\n~~~\nnever closed\n\n> a\n", None)
        library.notes.save("fast-rcnn", NOTE, None)
        text = library.exports.story(R)
    check_document(text)
    assert "\\<script>alert(1)\\</script> and \\<b onclick=" in text and "1 < 2, `<i>`" in text
    assert list(parts(text)) == ["rcnn", "sppnet", "fast-rcnn", "faster-rcnn"]


def test_a_step_gives_way_to_the_title(tmp_path: Path) -> None:
    rows = [("RCNN!", *row[1:]) for row in RCNN[:2]]
    rows.append(("RCNN!", "rcnn-2013", "T", "", "", "", "", "", "rcnn"))
    with opened(small_trail(tmp_path, rows)) as library:
        text = library.exports.story("RCNN!")
    check_document(text)
    assert list(parts(text)) == ["rcnn-2013", "sppnet", "rcnn-2013-2"]
    assert "1. [rcnn](#rcnn-2013): " in text


def test_a_lineage_without_papers(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.lineages.put("Empty", [])
        assert library.exports.story("Empty") == "# Empty\n\n0 of 0 counted, 0 read.\n"


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
        with pytest.raises(BadInput):
            library.exports.save_story(R, tmp_path / "folder.md")
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
    assert "Free words only." in steps["rcnn"] and "*No note yet.*" not in steps["rcnn"]
    assert "Why?" in steps["Questions"]
    assert "Two." in steps["sppnet"] and "One." in steps["sppnet"]


def test_rating_and_tags_are_told_with_a_note_and_without(tmp_path: Path) -> None:
    tags = ["to show", "[/b]", "*待读*"]
    with opened(small_trail(tmp_path)) as library:
        half_filled(library)
        library.tags.change(["rcnn", "sppnet"], add=tags, rating=4)
        library.tags.change(["fast-rcnn"], rating=2)
        view = library.views.save("Shown", 'tag:"to show"').view
        library.exports.write()
        exported = next((library.home.export / "lineages").glob("r-cnn*.md")).read_text(encoding="utf-8")
        for text in (library.exports.story(R), library.exports.story(view), exported):
            steps = parts(text)
            for key in ("rcnn", "sppnet"):
                facts = steps[key].strip("\n").split("\n\n")[0]
                below = MARKDOWN.parseInline(facts)[0].children or []
                said = "".join(child.content if child.type != "hardbreak" else "\n" for child in below)
                assert said.split("\n")[1] == "★4 #*待读* #[/b] #to show"
        assert "*No note yet.*" in steps["sppnet"]
        assert parts(exported)["fast-rcnn"].split("\n\n")[0].endswith("  \n★2")
        assert "★" not in parts(exported)["faster-rcnn"]
