"""What is papertrail's in a file of a vault has one digest, be it written or read."""

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.vault_marks import BEGIN, END
from papertrail.export.vault.marks import PROPERTIES, Ours, digest_in
from tests.examples import examples

WORDS = st.text(max_size=12).map(lambda text: "".join(text.splitlines()))
VALUES = st.one_of(WORDS, st.integers(0, 3000), st.booleans(), st.lists(WORDS.filter(str.strip), max_size=3))
BODIES = st.lists(st.one_of(WORDS, st.sampled_from((BEGIN, END, "## a ", "\r", "---"))), max_size=6).map(
    "\n".join
)


@given(properties=st.dictionaries(st.sampled_from(PROPERTIES), VALUES), body=BODIES)
@examples(1000)
def test_a_new_file_has_the_digest_that_is_read_in_it(
    properties: dict[str, str | int | bool | list[str]], body: str
) -> None:
    ours = Ours(properties, body)
    assert ours.digest == digest_in(ours.text)
