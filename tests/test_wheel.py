"""The wheel carries all it needs: built, installed into an empty environment, and run from there."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={"PATH": os.environ["PATH"], **env},
        cwd="/",
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    built = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("papertrail_tui-*.whl")
    return path


def test_the_wheel_carries_seeds_styles_template_and_migrations(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    assert "papertrail/seeds/papers.csv" in names
    assert "papertrail/notebook/template.md" in names
    assert "papertrail/store/migrations/env.py" in names
    assert "papertrail/store/migrations/versions/v0001_whole_model.py" in names
    assert {f"papertrail/completion/scripts/papertrail.{shell}" for shell in ("bash", "zsh", "fish")} <= names
    styles = {str(p.relative_to(ROOT)) for p in (ROOT / "papertrail").rglob("*.tcss")}
    assert styles <= names
    assert not any(name.startswith(("tests/", "bench/", "notes/")) for name in names)


def test_the_installed_program_makes_and_lists_a_trail(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=False)
    (site,) = environment.glob("lib/python*/site-packages")
    installed = run(
        sys.executable, "-m", "pip", "--python", environment / "bin" / "python", "install", "--quiet",
        "--no-deps", "--no-index", wheel,
    )  # fmt: skip
    assert installed.returncode == 0, installed.stderr
    # Only papertrail comes from the wheel; what it depends on is lent by the environment of the tests.
    dependencies = next(p for p in sys.path if p.endswith("site-packages"))
    (site / "dependencies.pth").write_text(dependencies + "\n", encoding="utf-8")
    program = environment / "bin" / "papertrail"

    where = run(environment / "bin" / "python", "-c", "import papertrail; print(papertrail.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(environment)
    env = {"HOME": str(tmp_path / "home")}
    version = run(program, "--version", **env)
    assert (version.returncode, version.stderr) == (0, "")
    assert version.stdout.startswith("papertrail ")
    made = run(program, "init", tmp_path / "trail", **env)
    assert made.returncode == 0, made.stderr
    offered = run(program, "__complete", "zsh", "--home", tmp_path / "trail", "show", "resne", **env)
    assert (offered.returncode, offered.stderr) == (0, "") and "\nresnet\tDeep Residual" in offered.stdout
    listed = run(program, "--home", tmp_path / "trail", "list", "--json", **env)
    assert listed.returncode == 0, listed.stderr
    assert len(json.loads(listed.stdout)["papers"]) == 198
