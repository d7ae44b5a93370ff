"""What a reader says of a paper: a link is taken only where `open` would give it to a browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import BadInput
from papertrail.domain.facts import LINK_KINDS, read_facts
from papertrail.domain.links import browsable
from tests.examples import examples

ODD = "\"<>`{|}^\\ \u202e\u00ad@:%'();[]#?&=/.é译\t\x9b"


def taken(kind: str, address: str) -> tuple[str, ...]:
    return read_facts([(kind, address)]).links.get(kind, ())


@examples(60)
@given(
    st.sampled_from(sorted(LINK_KINDS)),
    st.text(st.sampled_from("ab" + ODD), max_size=8),
    st.text(st.sampled_from("ab" + ODD), max_size=8),
)
def test_a_link_that_is_kept_can_be_opened(kind: str, host: str, path: str) -> None:
    for address in (f"https://example.org/{path}", f"http://{host}example.org/{path}"):
        try:
            kept = taken(kind, address)
        except BadInput:
            continue
        assert all(browsable(each) is not None for each in kept), kept


@pytest.mark.parametrize(
    "address",
    ['https://a.org/?c="', "https://me@a.org/", "https://a.org/{x}", "https://a.org/a|b", "http://a b.org"],
)
def test_what_no_browser_would_be_given_is_refused_with_a_way_to_write_it(address: str) -> None:
    with pytest.raises(BadInput, match="is no address") as refused:
        taken("code", address)
    assert "%22" in str(refused.value.remedy)


@pytest.mark.parametrize(
    "address", ["https://译.cn/论文", "http://localhost:8000/x?a=1&b=%22#c", "HTTPS://A.org"]
)
def test_addresses_of_every_script_are_kept_as_they_were_typed(address: str) -> None:
    assert taken("code", f" {address} ") == (address,)
