"""What a comment on arXiv says of the paper itself, and what only of others."""

import time

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.withdrawal import superseded_by, withdrawn
from tests.cases import each

WITHDRAWN = [
    "This paper has been withdrawn",
    "This paper has been withdrawn by the author due to an error in Lemma 3",
    "This has been withdrawn by the author due to an error in using\n  presentation notes in submission",
    "Withdrawn",
    "withdrawn.",
    "12 pages; withdrawn",
    "12 pages, 3 figures. Withdrawn by the author as the paper is rejected from the target conference",
    "(withdrawn)",
    "v3: withdrawn",
    "Withdrawn as I would like to polish it before making it public again.",
    "Withdrawal due to errors: (1) the entropy",
    "Withdrawn for revision: the manuscript requires more",
    "This paper is withdrawn because of its lack of novelty",
    "This paper is temporarily withdrawn",
    "This article has been withdrawn by arXiv administrators due to disputed authorship",
    "This version withdrawn by arXiv administrators because the submitter did not have the right to agree",
    "withdrawn by arXiv admin, due to use of a pseudonym",
    "This submission has been removed by arXiv administration due to plagiarism",
    "Because of changes to the model proposed in the paper, it has been withdrawn from the archive.",
    "This paper misinterprets a notion. For this reason, it has been withdrawn by the authors. Its main"
    " result reappears in arXiv:1603.01573 [math.DS]",
    "As the original submission of iclr is withdrawn, the arxiv submission should be withdrawn as well",
    "Accepted to a symposium. This paper has been withdrawn by the author, by the request of the supervisor",
    "The paper is withdrawn as some errors are noticed",
    "Therefore, the current version is being withdrawn to prevent harm",
    "Accordingly, I respectfully request that this work be withdrawn",
    "I am writing to request the withdrawal of my submission",
    "We withdraw this submission since parts of the analysis were found to be faulty",
    "The authors have withdrawn this manuscript",
    "After careful consideration, we have decided to withdraw the manuscript",
    "The authors withdrew the paper",
    "This article has been retracted",
    "Withdrawn; superseded by arXiv:2405.00001",
]
NOT_WITHDRAWN = [
    None,
    "",
    "12 pages, 3 figures, accepted at CVPR 2016",
    "We study drugs that were withdrawn from the market",
    "A study of 12 drugs withdrawn after approval",
    "The drug was withdrawn in 2004",
    "This paper was withdrawn from ICLR 2021 for a journal",
    "Accepted at the 2026 workshop; withdrawn from the proceedings because the author could not attend",
    "It could be withdrawn if accepted elsewhere",
    "The paper may be withdrawn later",
    "This paper has not been withdrawn",
    "A previous version of this manuscript was withdrawn due to an error.",
    "The first version was withdrawn; this one is corrected",
    "52 pages. This is a merger of the original version with the withdrawn paper arXiv:2407.18191.",
    "14 pages, Replaces the withdrawn manuscript (arXiv:1911.03628)",
    "This is a replacement for the previously withdrawn paper.",
    "It is the corrected version of arXiv:2105.14712, which was recently withdrawn",
    "This manuscript supersedes the earlier, withdrawn preprint arXiv:2504.15607",
    "v2: symmetry correction (the coupling of v1 is forbidden and withdrawn; amplitude fixed)",
    "Section 6 is withdrawn. Lemma 6.1 extended the rate.",
    "v3: correction; v2's central claims are withdrawn",
    "This is the final version which would have appeared in GECCO but was withdrawn due to funding problems",
    "The other writings to be withdrawn are 1503.03488 and 1412.4178",
    "On retractions and retracts of free groups",
    "Retracts of polygons, 5 pages",
    "Cash withdrawals from banks",
]


@each("comment", WITHDRAWN)
def test_a_paper_withdrawn_is_known(comment: str) -> None:
    assert withdrawn(comment)
    assert withdrawn(comment.upper())
    assert withdrawn(f"10 pages, 2 figures. {comment[0].upper()}{comment[1:]}")


@each("comment", NOT_WITHDRAWN)
def test_what_is_said_of_others_says_nothing_of_this_one(comment: str | None) -> None:
    assert not withdrawn(comment)
    assert not withdrawn(comment and f"10 pages, 2 figures. {comment}")


@each(
    ("comment", "expected"),
    [
        ("This paper has been superseded by arXiv:2405.00001", "2405.00001"),
        ("Withdrawn; superseded by arXiv:2405.00001v2.", "2405.00001"),
        ("superseded by 2405.00001", "2405.00001"),
        ("Superceded by arXiv: 1603.01573 [math.DS]", "1603.01573"),
        ("superseded by https://arxiv.org/abs/2405.00001", "2405.00001"),
        ("superseded by hep-th/9901001v3 and others", "hep-th/9901001"),
        ("superseded by math.GT/0309136", "math/0309136"),
        ("This has been superseded by our newer paper on the same thing (arXiv:1702.02138)", "1702.02138"),
        ("superseded by arXiv:2509.07788 and arXiv:2509.07792", "2509.07788"),
        ("replaced by arXiv:1603.01573", "1603.01573"),
        ("withdrawn, merged into arXiv:1603.01573", "1603.01573"),
        ("This paper has been withdrawn. It is incorporated into arXiv:1603.01573.", "1603.01573"),
        (None, None),
        ("", None),
        ("This supersedes arXiv:2405.00001", None),
        ("This paper supersedes and replaces arXiv:2405.00001", None),
        ("12 pages, merged with arXiv:1603.01573", None),
        ("Theorem 3 is superseded by arXiv:1603.01573", None),
        ("The first version is superseded by arXiv:1603.01573", None),
        ("superseded by a journal article", None),
        ("superseded by the book. See also arXiv:1603.01573", None),
        ("superseded by arXiv:1603.0157", None),
        ("superseded by arXiv:9999.99999", None),
        ("see arXiv:1603.01573", None),
        ("superseded by arXiv:1512.03385v2", None),
    ],
)
def test_what_supersedes_a_paper(comment: str | None, expected: str | None) -> None:
    assert superseded_by(comment, "1512.03385") == expected


def test_its_own_id_is_none_only_if_it_is_known() -> None:
    assert superseded_by("superseded by arXiv:1512.03385v2") == "1512.03385"


@given(st.text(max_size=100), st.sampled_from(["withdrawn", "superseded by arXiv:", "this paper is "]))
def test_any_comment_has_an_answer(text: str, word: str) -> None:
    assert withdrawn(text + word + text) in (True, False)
    found = superseded_by(text + word + text)
    assert found is None or found in (text + word + text).lower()


@each(
    "piece",
    [
        "withdrawn superseded by ",
        "not ",
        "which ",
        "this the ",
        "we have ",
        "v1 ",
        "1603.01573",
        "withdrawn, ",
    ],
)
def test_long_comments_take_time_in_proportion(piece: str) -> None:
    comment = piece * (60_000 // len(piece))
    begun = time.process_time()
    withdrawn(comment)
    superseded_by(comment)
    assert time.process_time() - begun < 5.0
