"""Lists of ids: what is taken, what is refused and on which line."""

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.id_list import read_list, read_pasted
from tests.cases import each
from tests.domain.test_arxiv_id import valid_ids
from tests.examples import examples

A, B, C = "1706.03762", "1512.03385", "cs/0112017"


@each(
    ("text", "ids"),
    [
        (f"{A};{B}", (A, B)),
        (f"{A}, {B} ,{C}", (A, B, C)),
        (f" {A} {B}\t{C} ", (A, B, C)),
        (f"{A}\n\n{B}\r\n{C}\n", (A, B, C)),
        (f"{A}\u3001{B}\uff0c{C}\uff1b", (A, B, C)),
        (f"{A}v2;{A}", (A,)),
        (f"arXiv:{A} and arXiv:{B}", (A, B)),
        (f"arXiv:{A}, {B} & {C}", (A, B, C)),
        (f"https://arxiv.org/abs/{A} https://arxiv.org/pdf/{B}.pdf,{C}", (A, B, C)),
        (f"arXiv preprint arXiv:{A}, 2017; arXiv preprint arXiv:{B}, 2015", (A, B)),
        (f"arXiv preprint arXiv:{A}, 2017, arXiv preprint arXiv:{B}, 2015.", (A, B)),
        (f"- {A}\n- [x] {B}\n3. {C}", (A, B, C)),
        (f"@misc{{a,\n title={{T}},\n eprint={{{A}}}\n}}\n@misc{{b,\n eprint={{{B}}},\n}}\n{C}", (A, B, C)),
        (f"https://doi.org/10.48550/\narXiv.{A}\n{B}", (A, B)),
        ("", ()),
        (" \n;,\n", ()),
    ],
)
def test_what_is_taken(text: str, ids: tuple[str, ...]) -> None:
    assert read_list(text).ids == read_pasted(text).ids == ids
    assert read_list(text).refused == ()


@each(
    ("text", "ids", "refused"),
    [
        ("foo", (), [(1, "foo is no arXiv id")]),
        (f"{A}\nfoo\n\n{B}\n1512.3385", (A, B), [(2, "foo is no arXiv id"), (5, "1512.3385 is no arXiv id")]),
        (f"{A}, foo; {B}", (A, B), [(1, "foo is no arXiv id")]),
        (f"{A} metres", (), [(1, "metres is no arXiv id")]),
        (f"{A} 1512.3385", (), [(1, "1512.3385 is no arXiv id")]),
        (
            f"He (arXiv:{A}) as cited in arXiv:{B}",
            (),
            [(1, f"there are two papers in it, {A} and {B}")],
        ),
        (f"10.1109/5.726791\n{A}", (A,), [(1, "10.1109/5.726791 is a DOI, but none of arXiv's")]),
        ("Words, and more, of a title", (), [(1, "Words, and more, of a title is no arXiv id")]),
        (f"https://doi.org/10.48550/\narXiv.{A}\nfoo", (A,), [(3, "foo is no arXiv id")]),
        (f"@misc{{a,\n eprint={{{A}}}\n}}\nfoo", (A,), [(4, "foo is no arXiv id")]),
        (f"# mine\n{A}", (A,), [(1, "# mine is no arXiv id")]),
    ],
)
def test_what_is_refused_has_the_number_of_its_line(
    text: str, ids: tuple[str, ...], refused: list[tuple[int, str]]
) -> None:
    told = read_list(text)
    assert told.ids == ids
    assert [(line, error.cause) for line, error in told.refused] == refused


def test_a_file_may_have_comments() -> None:
    told = read_list(f"# transformers\n{A}\n #{B}\n", comments=True)
    assert (told.ids, told.refused) == ((A,), ())


def test_a_pasted_reference_of_several_lines_is_one_paper() -> None:
    reference = (
        f"[7] K. He, X. Zhang, S. Ren and J. Sun.\nDeep residual learning. arXiv preprint\narXiv:{B}, 2015."
    )
    assert read_pasted(reference).ids == (B,) and not read_pasted(reference).refused
    assert [line for line, _ in read_list(reference).refused] == [1, 2]
    assert [line for line, _ in read_pasted(f"{A}\nfoo").refused] == [2]


@examples(60)
@given(
    st.lists(valid_ids, min_size=1, max_size=5),
    st.sampled_from([";", ",", " ", "\n", ", ", "; ", "\r\n", " and ", "\uff0c", "\t"]),
)
def test_any_list_is_taken_whole(ids: list[str], between: str) -> None:
    told = read_list(between.join(ids))
    assert (told.ids, told.refused) == (tuple(dict.fromkeys(ids)), ())


@examples(100)
@given(st.text("1706.03762vcs/; ,\nxa@{}#:-", max_size=80))
def test_every_line_is_taken_or_told(text: str) -> None:
    told = read_list(text)
    lines = text.split("\n")
    assert all(1 <= number <= len(lines) and lines[number - 1].strip() for number, _ in told.refused)
