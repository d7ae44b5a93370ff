"""arXiv ids: what is taken, what is refused, and that nothing else ever happens."""

import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papertrail.domain.arxiv_id import ArxivId, parse_arxiv_id
from papertrail.domain.errors import BadInput

ARCHIVES = ("cs", "math", "hep-th", "quant-ph", "astro-ph", "solv-int", "cond-mat", "acc-phys", "q-bio")

# Around the id, how people and pages write it; the id takes the place of {}.
FORMS = (
    "{}",
    "  {}\n",
    "{}.pdf",
    "{}/",
    "{} [cs.CV]",
    "arXiv:{}",
    "arxiv: {}",
    "arXiv:{} [cs.CV]",
    "oai:arXiv.org:{}",
    "https://arxiv.org/abs/{}",
    "http://arxiv.org/abs/{}/",
    "HTTPS://ArXiv.org/abs/{}",
    "arxiv.org/abs/{}",
    "https://www.arxiv.org/pdf/{}",
    "https://arxiv.org/pdf/{}.pdf",
    "https://arxiv.org/pdf/{}.pdf?download=1#page=3",
    "https://export.arxiv.org/abs/{}",
    "https://browse.arxiv.org/html/{}",
    "https://arxiv.org/html/{}#S2",
    "https://arxiv.org/src/{}",
    "https://arxiv.org/e-print/{}",
    "https://arxiv.org/format/{}",
    "https://arxiv.org/ps/{}",
    "https://arxiv.org/bibtex/{}",
    "https://arxiv.org/abs/{}?context=cs.LG",
    "https://ar5iv.org/html/{}",
    "https://ar5iv.org/abs/{}",
    "https://ar5iv.labs.arxiv.org/html/{}",
    "https://www.alphaxiv.org/abs/{}",
    "https://alphaxiv.org/overview/{}",
    "https://alphaxiv.org/pdf/{}",
    "https://huggingface.co/papers/{}",
    "https://scirate.com/arxiv/{}",
    "https://www.semanticscholar.org/arxiv/{}",
    "https://api.semanticscholar.org/graph/v1/paper/arXiv:{}",
    "10.48550/arXiv.{}",
    "doi:10.48550/arXiv.{}",
    "DOI: 10.48550/ARXIV.{}",
    "https://doi.org/10.48550/arXiv.{}",
    "http://dx.doi.org/10.48550/arxiv.{}",
)


@st.composite
def new_ids(draw: st.DrawFn) -> str:
    year = draw(st.integers(7, 99))
    month = draw(st.integers(4 if year == 7 else 1, 12))
    digits = 4 if year < 15 else 5
    return f"{year:02}{month:02}.{draw(st.integers(1, 10**digits - 1)):0{digits}}"


@st.composite
def old_ids(draw: st.DrawFn) -> str:
    year = draw(st.sampled_from([*range(91, 100), *range(8)]))
    month = draw(st.integers(1, 3 if year == 7 else 12))
    return f"{draw(st.sampled_from(ARCHIVES))}/{year:02}{month:02}{draw(st.integers(1, 999)):03}"


valid_ids = st.one_of(new_ids(), old_ids())
versions = st.one_of(st.none(), st.integers(1, 999))


@given(valid_ids, versions, st.sampled_from(FORMS))
def test_every_valid_id_is_read_in_every_form(id_: str, version: int | None, form: str) -> None:
    text = form.format(id_ if version is None else f"{id_}v{version}")
    assert parse_arxiv_id(text) == ArxivId(id_, version)


@given(valid_ids)
def test_a_canonical_id_is_read_as_itself(id_: str) -> None:
    assert parse_arxiv_id(parse_arxiv_id(id_).id) == ArxivId(id_)


@given(st.one_of(st.text(), st.text("0123456789./vV-arxivcspdf:%#? [](){}\x1b\u202e", max_size=30)))
@example("%")
@example("%2")
@example("http://[")
@example("1506.01497v" + "9" * 5000)
@example("\ud800")
@example("arXiv:" * 5000)
@example("x" * 1_000_000)
def test_any_other_text_is_refused_in_one_clean_line(text: str) -> None:
    try:
        found = parse_arxiv_id(text)
    except BadInput as error:
        line = str(error)
        assert error.cause and error.remedy
        assert line.isprintable() or not line.isascii()
        assert len(line) < 140
        assert not set(line) & set("\n\r\t\x1b\x9b\u202e")
    else:
        assert parse_arxiv_id(found.id) == ArxivId(found.id)


@pytest.mark.parametrize(
    ("text", "id_", "version"),
    [
        ("1412.6980", "1412.6980", None),  # the last zero is part of it
        ("0704.0001", "0704.0001", None),
        ("1501.00001", "1501.00001", None),
        ("1512.03385V2", "1512.03385", 2),
        ("math.GT/0309136", "math/0309136", None),
        ("math.GT/0309136v2", "math/0309136", 2),
        ("CS/0112017", "cs/0112017", None),
        ("cs.CL/0112017", "cs/0112017", None),
        ("cond-mat.mtrl-sci/9901001", "cond-mat/9901001", None),
        ("solv-int/9901001", "solv-int/9901001", None),
        ("hep-th/9108001v1", "hep-th/9108001", 1),
        ("https://arxiv.org/abs/cs%2F0112017", "cs/0112017", None),
        ("https://arxiv.org/abs/hep-th%2f9108001v1", "hep-th/9108001", 1),
        ("1506.\u200b01497", "1506.01497", None),  # a blank of no width, as pages put in to break lines
    ],
)
def test_details_of_the_grammar(text: str, id_: str, version: int | None) -> None:
    assert parse_arxiv_id(text) == ArxivId(id_, version)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "resnet",
        "0112017",  # the archive is lost
        "1512.3385",  # padding it would be guessing
        "704.0001",  # what a spreadsheet makes of 0704.0001
        "1412.06980",
        "1501.0001",
        "1506.014977",
        "1513.00001",
        "1500.00001",
        "0703.0001",
        "0000.0000",
        "1506.00000",
        "1506.01497v0",
        "1506.01497v02",
        "1506.01497v",
        "1506.01497x",
        "1506.01497 1512.03385",
        "1506,01497",
        "cs/0112000",
        "cs/0704001",
        "cs/9001001",
        "cs/0113001",
        "nosuch/0112017",
        "cs/011201",
        "cs0112017",
        "c s/0112017",
        "arXiv:",
        "https://arxiv.org/abs/",
        "https://arxiv.org/list/cs.CV/recent",
        "https://example.org/abs/1506.01497",
        "https://arxiv.org.example.org/abs/1506.01497",
        "https://www.semanticscholar.org/paper/2c03df8b48bf3fa39054345bafabfeff15bfd11d",
        "10.1109/CVPR.2016.90",
        "١٥٠٦.٠١٤٩٧",
        "1506.01497\N{COMBINING ACUTE ACCENT}",
        "https://arxiv.org/abs/1506.01497%",
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"no arXiv id: they look like 1506\.01497"):
        parse_arxiv_id(text)


def test_the_refusal_shows_what_was_given_but_not_all_of_it() -> None:
    with pytest.raises(BadInput) as caught:
        parse_arxiv_id("\x1b]52;c;ZXZpbA==\x07 " + "y" * 400)
    assert caught.value.exit_code == 2
    assert caught.value.cause.startswith("]52;c;ZXZpbA== yyy")
    assert "…" in caught.value.cause
    assert len(caught.value.cause) < 90


def test_importing_it_loads_no_urllib() -> None:
    code = "import sys, papertrail.domain.arxiv_id; print('urllib.parse' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
