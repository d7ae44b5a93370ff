"""The seeds papertrail comes with: complete, in an order to read in, links and ids whole."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from papertrail.domain.arxiv_id import parse_arxiv_id
from papertrail.domain.lineages.lineage import find_cycle
from papertrail.domain.metadata import SeedPaper, SeedProblem
from papertrail.sources.seeds_columns import OPTIONAL_COLUMNS, REQUIRED_COLUMNS
from papertrail.sources.seeds_csv import packaged_seeds
from tests.seeds_files import lines_of, read_seeds

ROOT = Path(__file__).parent.parent
MISSION = ["R-CNN to Faster R-CNN", "YOLO v1–v3", "Inception", "ResNet", "NASNet", "SGD"]
AROUND = [
    "After Faster R-CNN",
    "YOLOv4 and after",
    "One-stage detectors",
    "Backbones",
    "Segmentation",
    "Normalisation & initialisation",
    "GANs",
    "Deep RL",
    "Data and tools",
]

Seeds = tuple[list[SeedPaper], list[SeedProblem]]


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    papers, problems, taken_for = read_seeds(ROOT / "seeds" / "papers.csv")
    assert taken_for == [], "nothing of it has to be guessed"
    return papers, problems


@pytest.fixture(scope="module")
def papers(seeds: Seeds) -> list[SeedPaper]:
    return seeds[0]


def ancestors(key: str, parents: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield all papers `key` builds on, directly or not."""
    waiting, seen = list(parents[key]), set[str]()
    while waiting:
        if (parent := waiting.pop()) not in seen:
            seen.add(parent)
            waiting.extend(parents[parent])
            yield parent


def test_every_row_is_good_and_a_hundred_can_be_read(seeds: Seeds) -> None:
    papers, problems = seeds
    assert [str(problem) for problem in problems] == []
    assert len(papers) == 198
    assert len({paper.key for paper in papers}) == 198
    assert all(paper.authors and paper.year and paper.venue and paper.lineages for paper in papers)


def test_the_mission_comes_first(papers: list[SeedPaper]) -> None:
    first: dict[str, int] = {}
    for paper in papers:
        for name, line in lines_of(paper).items():
            first[name] = min(line, first.get(name, line))
    assert sorted(first, key=lambda name: first[name]) == MISSION + AROUND


def test_the_detection_lineages_are_exact(papers: list[SeedPaper]) -> None:
    of = {name: [p.key for p in papers if name in p.lineages] for name in MISSION}
    assert of["R-CNN to Faster R-CNN"] == [
        "selective-search",
        "overfeat",
        "rcnn",
        "sppnet",
        "fast-rcnn",
        "faster-rcnn",
    ]
    assert of["YOLO v1–v3"] == ["yolo", "yolo9000", "yolov3"]


def test_data_and_tools_are_what_the_others_were_made_with(papers: list[SeedPaper]) -> None:
    by_key = {paper.key: paper for paper in papers}
    line = {paper.key: lines_of(paper) for paper in papers}
    of = [key for key, joined in line.items() if "Data and tools" in joined]
    of.sort(key=lambda key: line[key]["Data and tools"])
    assert of == ["svm", "cifar", "pascal-voc", "imagenet-ilsvrc", "coco", "tensorflow", "pytorch"]
    assert by_key["imagenet-ilsvrc"].lineages == ("Backbones", "Data and tools")
    assert [by_key[key].doi for key in ("pascal-voc", "svm")] == [
        "10.1007/s11263-009-0275-4",
        "10.1007/BF00994018",
    ]
    assert [by_key[key].arxiv_id for key in ("coco", "tensorflow", "pytorch")] == [
        "1405.0312",
        "1603.04467",
        "1912.01703",
    ]
    links = {(paper.key, parent) for paper in papers for parent in paper.builds_on if parent in of}
    assert links == {
        ("rcnn", "svm"),
        ("inception-v4", "tensorflow"),
        ("imagenet-ilsvrc", "pascal-voc"),
        ("coco", "pascal-voc"),
    }


def test_links_resolve_and_have_no_cycle(papers: list[SeedPaper]) -> None:
    parents = {paper.key: paper.builds_on for paper in papers}
    assert {parent for each in parents.values() for parent in each} <= parents.keys()
    assert find_cycle(parents) == ()
    assert sum(map(len, parents.values())) > len(papers)


def test_within_a_lineage_no_child_stands_before_its_parent(papers: list[SeedPaper]) -> None:
    parents = {paper.key: paper.builds_on for paper in papers}
    wrong = []
    for name in MISSION + AROUND:
        place = {p.key: joined[name] for p in papers if name in (joined := lines_of(p))}
        wrong += [
            (name, child, parent)
            for child in place
            for parent in ancestors(child, parents)
            if place.get(parent, -1) > place[child]
        ]
    assert wrong == []


def test_arxiv_ids_are_whole(papers: list[SeedPaper]) -> None:
    ids = [paper.arxiv_id for paper in papers if paper.arxiv_id is not None]
    assert len(papers) - len(ids) == 26
    assert [parse_arxiv_id(each).id for each in ids] == ids
    assert sum(each.endswith("0") for each in ids) == 15
    assert {p.key: p.arxiv_id for p in papers}["adam"] == "1412.6980"


def test_dois_stand_once(papers: list[SeedPaper]) -> None:
    dois = [paper.doi for paper in papers if paper.doi]
    assert len(dois) == len(set(dois)) == 39


def test_lists_of_authors_that_were_cut_say_so(papers: list[SeedPaper]) -> None:
    cut = [paper for paper in papers if "et al." in paper.authors]
    assert len(cut) == 32
    assert all(len(paper.authors) == 2 and paper.authors[1] == "et al." for paper in cut)


def test_the_file_is_plain_csv() -> None:
    data = (ROOT / "seeds" / "papers.csv").read_bytes()
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert not data.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(data.decode("utf-8").splitlines())
    assert header == ["lineages", "key", "title", "authors", "year", "venue", "arxiv_id", "doi", "builds_on"]
    assert set(header) == {*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS}
    assert len(rows) == 199, "one paper has a second row, to stand in its second lineage where that is read"


def test_the_packaged_seeds_are_these() -> None:
    assert packaged_seeds().read_bytes() == (ROOT / "seeds" / "papers.csv").read_bytes()
