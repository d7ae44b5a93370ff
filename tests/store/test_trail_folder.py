"""What is a trail: a private folder, or a seeds file whose first line has our columns."""

import os
from pathlib import Path

import pytest

from papertrail.sources.seeds_csv import packaged_seeds
from papertrail.store.trail_folder import find_folder, is_trail
from tests.trails import COLUMNS

HEADER = ",".join(COLUMNS)
OURS = {
    "as init makes it": HEADER,
    "with a mark": f"\ufeff{HEADER}",
    "semicolons": HEADER.replace(",", ";"),
    "tabs": HEADER.replace(",", "\t"),
    "another order": ",".join(reversed(COLUMNS)),
    "few columns": "lineages,key,title",
    "no lineage": "key,title,builds_on",
    "as people write them": "Key; Title; Lineages; My marks",
    "in quotation marks": '"key","title","lineage"',
    "blank lines before": f"\n ,,,\n{HEADER}",
    "a line that names the separator": f"sep=;\n{HEADER.replace(',', ';')}",
    "old line ends": f"{HEADER}\rSGD,sgdr,SGDR,,,,,,\r",
    "no line end": HEADER,
}
FOREIGN = {
    "empty": "",
    "blank": "\n\n",
    "of a paper recommender": "id,title,authors,year,abstract\n1,X,Y,2015,Z\n",
    "with keys and titles": "key,title,authors,year,url\nx,X,Y,2015,\n",
    "by Zotero": '"Key","Item Type","Publication Year","Author","Title","DOI","Url"\n',
    "our words in the second line": f"id,name\n{HEADER}\n",
    "our words in one cell": f'"{HEADER}",x\n'.replace(",", " "),
    "a database's seeds": "INSERT INTO papers (key, title, lineages)\n",
    "no column of keys": "title,lineages,builds_on\n",
    "binary": "\0\x01\x02" * 50,
}


def with_seeds(folder: Path, content: bytes) -> Path:
    (folder / "seeds").mkdir(parents=True)
    (folder / "seeds" / "papers.csv").write_bytes(content)
    return folder


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("kind", OURS)
def test_a_seeds_file_of_ours_is_a_trail(tmp_path: Path, kind: str, encoding: str) -> None:
    assert is_trail(str(with_seeds(tmp_path, OURS[kind].encode(encoding))))


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_foreign_project_is_none(tmp_path: Path, kind: str) -> None:
    folder = with_seeds(tmp_path / "project", FOREIGN[kind].encode())
    assert not is_trail(str(folder))
    found = find_folder(None, str(folder / "seeds"), {"HOME": str(tmp_path)})
    assert found == (str(tmp_path / "papertrail"), "default"), "the reader's own trail is used"
    (folder / ".papertrail").mkdir()
    assert is_trail(str(folder)), "once it is a trail, the seeds file may be what it likes"


def test_what_cannot_be_read_is_none(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    os.mkfifo(tmp_path / "seeds" / "papers.csv")
    assert not is_trail(str(tmp_path)), "and nobody waits for a pipe"
    (tmp_path / "seeds" / "papers.csv").unlink()
    (tmp_path / "seeds" / "papers.csv").symlink_to("papers.csv")
    assert not is_trail(str(tmp_path))


def test_what_init_writes_is_a_trail(tmp_path: Path) -> None:
    assert is_trail(str(with_seeds(tmp_path, packaged_seeds().read_bytes())))
