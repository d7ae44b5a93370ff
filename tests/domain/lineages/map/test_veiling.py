"""The frames of a map without names: as wide as before, and nothing of a hidden name is left."""

import pytest

from papertrail.domain.lineages.map import MapPaper, draw, lay_out, veiled
from papertrail.domain.paper import Status


def paper(key: str, year: int | None = 2015) -> MapPaper:
    return MapPaper(key, year, Status.READ, counted=True, owed=False)


@pytest.mark.parametrize("key", ["rcnn", "x", "残差网络", "a-very-long-key-that-goes-on-and-on-and-on"])
def test_names_and_signs_are_hidden_but_frames_and_years_are_not(key: str) -> None:
    papers = [paper(key, None), paper("shown", 2016), paper("hidden", 2017)]
    rows = draw(lay_out(papers, {"shown": (key,), "hidden": ("shown",)}, width=80, edge_texts={}))
    veil = veiled(rows, {"shown"})
    for before, after in zip(rows, veil, strict=True):
        assert [run.role for run in before] == [run.role for run in after]
        assert [len(run.text) for run in after if run.text.isascii()] == [
            sum(2 if ord(sign) > 0x3000 else 1 for sign in run.text)
            for run, seen in zip(before, after, strict=True)
            if seen.text.isascii()
        ]
    text = "\n".join("".join(run.text for run in row) for row in veil)
    assert "shown" in text and "2016" in text and "2017" in text and "●✓" in text
    assert key not in text and "hidden" not in text and text.count("●") == 1
    assert text.count("╭") == 3
