r"""Text-mode TeX becomes Unicode, formulas and what only looks like TeX stay."""

import time
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.metadata import Metadata
from papertrail.domain.text import fold
from papertrail.sources.tex_text import plain, readable
from tests.cases import each
from tests.examples import examples

MOMENT = datetime(2020, 1, 1, tzinfo=UTC)
RAW = Metadata("2409.02839", 1, "T", ("A B",), "", MOMENT, MOMENT, (), None, None, None, ())


@each(
    ("tex", "text"),
    [
        (r'J\"ager, Erd\H{o}s: $\beta$-VAE, $\mathcal{N}=4$', r"Jäger, Erdős: $\beta$-VAE, $\mathcal{N}=4$"),
        (r"Czerwi\'nski, Lazi\'c and Schr\"odinger", "Czerwiński, Lazić and Schrödinger"),
        (r"{\AA}ngstr{\"o}m, \emph{tight} $O(n^2)$; 50\% of all", "Ångström, tight $O(n^2)$; 50% of all"),
        (r"\v{c} \v c \c{S}tef\u{a}nescu \c c \k{e} \r{A} \d{s}", "č č Ştefănescu ç ę Å ṣ"),
        (r"\'{\i} \'\i Na\"{\i}ve l'H\^opital \~n \={a} \.I", "í í Naïve l'Hôpital ñ ā İ"),
        (r"\o stby \L{}ukasz Stra\ss e {\ae}ther \aa", "østby Łukasz Straße æther å"),
        (r"\emph{a \textbf{b}} {\it Planck} {\bf A}B \textsc{Foo}", "a b Planck AB Foo"),
        (r"A\&B \#1 a\_b \$5 50\,\% c\\d", "A&B #1 a_b $5 50 % c d"),
        (r"{Bayes}ian {AGN} {S}chr{\"o}dinger {\'E}. Cartan", "Bayesian AGN Schrödinger É. Cartan"),
        ("Bose--Einstein, 1--2, a -- b --- c", "Bose–Einstein, 1–2, a – b — c"),
        ("``What is this?'' and ``that\"", "“What is this?” and “that”"),
        (r"\alpha decay, \LaTeX{} is \pm 3 \dots", "α decay, LaTeX is ± 3 …"),
        (r"\mbox{$x$--y} \url{http://x.org/a_b}", "$x$–y http://x.org/a_b"),
    ],
)  # fmt: skip
def test_tex_is_made_unicode(tex: str, text: str) -> None:
    assert plain(tex) == text


@each(
    "text",
    [
        "",
        "Plain, with 100% of a_b & c^d # {0,1} ~5 z~2 <x>",
        r"$\'e$ and $$\'e--\'e$$ and \(\'e\) and \[{\bf x}\]",
        r"\begin{equation}\'e--\bf\end{equation} $\mathrm{\"u} \$ --$",
        "5'' and 5' and ``open",
        "use --help or --no-deps <!-- x --> -----",
        r"\cite{abc,de} \unknown{x} \footnote{{\bf}"[:28],
        r"x_{ij} x^{2} e^{-x} \sqrt[3]{x}",
        "ends in \\",
        'say \\"wow\\" \\"{}',
        "f({}) and {a, b}",
        "it's 'so' \"so\"",
        "costs $5",
        "残差网络 {0,1}",
    ],
)
def test_what_is_no_text_mode_tex_stays(text: str) -> None:
    assert plain(text) == text


def test_braces_need_not_match() -> None:
    assert plain(r"}\'e{\'e") == "}é{é"
    assert plain("{" * 3 + "Ab" + "}" * 5) == "Ab}}"


ACCENTS = {
    '"': "\u0308",
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    "~": "\u0303",
    "v": "\u030c",
    "c": "\u0327",
}


@examples(100)
@given(
    accent=st.sampled_from(list(ACCENTS)),
    letter=st.sampled_from("aeiouyAEIOUYnscrztlSNZC"),
    form=st.sampled_from([r"\{a}{{{x}}}", r"{{\{a}{{{x}}}}}", r"\{a} {x}", r"{{\{a} {x}}}"]),
    around=st.tuples(st.sampled_from(["", "x", "$a_b$ "]), st.sampled_from(["", "y", " $\\'e$"])),
)
def test_every_accent_in_every_form(accent: str, letter: str, form: str, around: tuple[str, str]) -> None:
    tex = form.format(a=accent, x=letter)
    made = unicodedata.normalize("NFC", letter + ACCENTS[accent])
    is_letter = len(made) == 1 and (accent != '"' or letter in "aeiouyAEIOUY")
    text = plain(around[0] + tex + around[1])
    if is_letter:
        assert text == around[0] + made + around[1]
        assert fold(letter) in fold(text)
    else:
        assert "\\" + accent in text


@examples(150)
@given(st.text(st.sampled_from(list("\\{}$'\"`-~^_%&ab cvHi([])\n")), max_size=60))
def test_any_text_is_read_and_formulas_stay(text: str) -> None:
    plain(text)
    assert (
        plain(f"$x{text.replace('$', '').replace(chr(92), '')}$")
        == f"$x{text.replace('$', '').replace(chr(92), '')}$"
    )


@given(st.text(st.sampled_from(list("{}{}$'\"_^[]-\\ab T")), max_size=30))
@examples(300)
def test_braces_that_only_hold_together_go_as_if_each_sign_were_looked_at(tex: str) -> None:
    tex = tex.rstrip("\\")
    assert plain(f"{tex}\\&", braces_group=True) == plain(tex, braces_group=True) + "&"


@given(st.text(max_size=80).filter(lambda text: not set("\\{`") & set(text) and "--" not in text))
def test_text_without_tex_is_left_alone(text: str) -> None:
    assert plain(text) == text


@each(
    "piece",
    [
        "{",
        "}",
        "\\(",
        "\\begin{array}",
        "$",
        "$\\$",
        "``",
        "''",
        "\\'e",
        "--",
        "\\",
        "\\emph{",
        "{\\it x}",
        "\\o ",
    ],
)
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    begun = time.process_time()
    plain(piece * (60_000 // len(piece)))
    assert time.process_time() - begun < 5.0


def test_what_arxiv_says_becomes_readable_beside_the_original() -> None:
    authors = ("Gemini Team", ":", r"J\"urgen {Schmidhuber}", "A. B and C. D")
    raw = replace(
        RAW,
        title=r"J\"ager  and $\beta$",
        authors=authors,
        abstract="One \\emph{two}.\n\nThree -- four.",
        comment=r"50\% shorter",
        journal_ref=r"Ann. Poincar\'e",
    )
    made = readable(raw)
    assert made == replace(
        raw,
        title=r"Jäger and $\beta$",
        authors=("Jürgen Schmidhuber", "A. B", "C. D"),
        abstract="One two.\n\nThree – four.",
        comment="50% shorter",
        journal_ref="Ann. Poincaré",
        raw_title=raw.title,
        raw_authors=authors,
    )


def test_what_is_readable_stays_and_has_no_original() -> None:
    assert readable(RAW) == RAW
    assert readable(replace(RAW, title=r"{\it}")).title


def test_signs_that_zotero_writes_as_commands() -> None:
    text = r"a {\textbar} b {\textless}{\textgreater} c\slash{}d"
    assert plain(text, braces_group=True) == "a | b <> c/d"
