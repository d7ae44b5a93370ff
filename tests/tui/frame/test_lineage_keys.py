"""Lineages changed from the terminal program: the same as by command."""

from pathlib import Path

from textual.widgets import Input

from papertrail.tui.map.screen import MapScreen
from papertrail.tui.widgets.dialogs import ChoiceDialog
from papertrail.tui.widgets.forms import LineDialog
from tests.trails import opened, small_trail
from tests.tui.driving import press, running, shown

R = "R-CNN to Faster R-CNN"


async def test_papers_are_put_into_a_new_lineage_and_taken_out(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "space", "space", "L")
        assert isinstance(pilot.app.screen, ChoiceDialog)
        assert "put rcnn, sppnet into a lineage" in shown(pilot)
        await press(pilot, "p")
        dialog = pilot.app.screen
        assert isinstance(dialog, LineDialog)
        await press(pilot, "enter")
        assert "the name of the lineage is empty" in shown(pilot)
        dialog.query_one(Input).value = "Speed [/b]"
        await press(pilot, "enter")
        assert "new lineage Speed [/b]: rcnn, sppnet" in shown(pilot)
        await press(pilot, "escape", "end", "L", "o")
        assert f"Take faster-rcnn out of {R}?" in shown(pilot)
        await press(pilot, "escape", "L", "o", "y")
        assert f"faster-rcnn left {R}; the papers stay" in shown(pilot)
    with opened(home) as library:
        assert library.lineages.members()["Speed [/b]"] == ["rcnn", "sppnet"]
        assert library.lineages.members()[R] == ["rcnn", "sppnet", "fast-rcnn"]


async def test_a_lineage_is_renamed_saved_and_removed(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    file = tmp_path / "given.csv"
    async with running(home) as pilot:
        await press(pilot, "L", "n")
        assert pilot.app.screen.query_one(Input).value == R
        pilot.app.screen.query_one(Input).value = "SGD"
        await press(pilot, "enter")
        assert "there is a lineage SGD already" in shown(pilot)
        pilot.app.screen.query_one(Input).value = "Detectors"
        await press(pilot, "enter")
        assert f"{R} is called Detectors now" in shown(pilot)
        await press(pilot, "3", "L", "s")
        assert isinstance(pilot.app.screen, LineDialog)
        pilot.app.screen.query_one(Input).value = str(file)
        await press(pilot, "enter")
        assert "1 lineage, 4 papers written to" in shown(pilot)
        await press(pilot, "L", "r", "k")
        assert "Detectors" in shown(pilot)
        await press(pilot, "L", "r", "y")
        assert isinstance(pilot.app.screen, MapScreen)
        assert "Detectors is removed; its 4 papers stay" in shown(pilot)
    assert file.read_text(encoding="utf-8").count("Detectors") == 4
    with opened(home) as library:
        assert list(library.lineages.members()) == ["SGD"]
        assert library.papers.number() == 6


async def test_links_are_made_and_taken_back_and_circles_refused(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "L", "l")
        pilot.app.screen.query_one(Input).value = "faster"
        await press(pilot, "enter")
        assert "rcnn → faster-rcnn → fast-rcnn → rcnn is a circle" in shown(pilot).replace("\n", " ") or (
            "cannot build on" in shown(pilot)
        )
        pilot.app.screen.query_one(Input).value = "adam"
        await press(pilot, "enter")
        assert "rcnn builds on adam" in shown(pilot)
        await press(pilot, "L", "u", "a", "enter")
        assert "rcnn no longer builds on adam" in shown(pilot)
    with opened(home) as library:
        assert library.papers.get("rcnn").builds_on == ()


async def test_a_lineage_rests_and_a_paper_is_moved(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "3", "L")
        assert f"let {R} rest" in shown(pilot)
        await press(pilot, "z")
        assert "rests: no paper is suggested from it" in shown(pilot)
        assert "at rest · 0 of 4 counted" in shown(pilot)
        await press(pilot, "L")
        assert f"suggest papers from {R} again" in shown(pilot)
        await press(pilot, "z", "home", "L", "m")
        assert "Behind which paper comes rcnn?" in shown(pilot)
        await press(pilot, "down", "down", "enter")
        assert f"rcnn is number 3 of 4 in {R}" in shown(pilot)
    with opened(home) as library:
        assert library.lineages.all()[0].active
        assert library.lineages.members()[R] == ["sppnet", "fast-rcnn", "rcnn", "faster-rcnn"]


async def test_a_lineage_renamed_on_the_map_stays_in_sight(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "3", "right_square_bracket", "L", "n")
        pilot.app.screen.query_one(Input).value = "Descent"
        await press(pilot, "enter")
        assert "Descent  0 of 2 counted" in shown(pilot)


async def test_lineages_are_offered_and_the_beginning_of_one_makes_no_other(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "3", "L", "p")
        assert "SGD  2 papers" in shown(pilot)
        pilot.app.screen.query_one(Input).value = "sg"
        await press(pilot, "enter")
        assert "sg is the beginning of SGD" in shown(pilot)
        await press(pilot, "down", "enter")
        assert "SGD: rcnn" in shown(pilot)
    with opened(home) as library:
        assert library.lineages.members()["SGD"] == ["robbins-monro", "adam", "rcnn"]


async def test_another_spelling_makes_no_second_lineage(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "3", "right_square_bracket", "end", "L", "p")
        pilot.app.screen.query_one(Input).value = "RCNN – to  faster R CNN"
        await press(pilot, "enter")
        assert f"RCNN – to faster R CNN is {R}: adam" in shown(pilot)
    with opened(home) as library:
        assert list(library.lineages.members()) == [R, "SGD"]
        assert library.lineages.members()[R][-1] == "adam"


async def test_only_papers_that_close_no_circle_are_offered_and_the_first_is_taken(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "3", "home", "down", "L", "l")
        text = shown(pilot)
        assert "What does sppnet build on?" in text
        offered = [
            key for key in ("adam  ", "robbins-monro  ", "fast-rcnn  ", "rcnn  R", "sppnet  S") if key in text
        ]
        assert offered == ["adam  ", "robbins-monro  "]
        await press(pilot, "r", "o", "enter")
        assert "sppnet builds on robbins-monro" in shown(pilot)
        await press(pilot, "home", "L", "m")
        pilot.app.screen.query_one(Input).value = "faster"
        await press(pilot, "enter")
        assert "rcnn is number 4 of 4" in shown(pilot) and "; but sppnet builds on rcnn" in shown(pilot)
        await press(pilot, "L", "m")
        pilot.app.screen.query_one(Input).value = "first"
        await press(pilot, "enter")
        assert f"rcnn is number 1 of 4 in {R}" in shown(pilot) and "; but" not in shown(pilot)
    with opened(home) as library:
        assert library.lineages.may_build_on("rcnn") == {"robbins-monro", "adam"}
        assert library.lineages.out_of_order(["adam", "robbins-monro"], "adam") == [("adam", "robbins-monro")]


async def test_enter_alone_takes_nothing_away(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "L", "r", "enter")
        with opened(home) as library:
            assert len(library.lineages.all()) == 2
        await press(pilot, "L", "r", "up", "enter")
        with opened(home) as library:
            assert len(library.lineages.all()) == 1
