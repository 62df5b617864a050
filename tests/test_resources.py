"""The templates are found in the source tree and inside the wheel alike."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

import ftroi
from ftroi.errors import TemplateError
from ftroi.resources import HOME_VARIABLE, cache_folder, templates_folder

ROOT = Path(__file__).parents[1]


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, as `pip install` does without an editable checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))


def test_the_source_tree_has_them_beside_the_package() -> None:
    assert templates_folder() == ROOT / "templates"


def test_the_wheel_is_pure_and_bears_the_version(wheel: Path) -> None:
    assert wheel.name == f"ftroi-{ftroi.__version__}-py3-none-any.whl"


def test_the_wheel_carries_them_inside_the_package(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    installed = templates_folder(tmp_path / "ftroi")
    assert installed == tmp_path / "ftroi" / "templates"
    assert files_below(installed) == files_below(ROOT / "templates")
    assert (tmp_path / "ftroi" / "py.typed").exists()


def test_missing_templates_are_an_error_that_says_where(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="the templates that come with ftroi are missing"):
        templates_folder(tmp_path / "ftroi")


def test_what_can_be_made_again_is_kept_apart_from_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert cache_folder() == tmp_path / "cache"
    monkeypatch.delenv(HOME_VARIABLE)
    assert cache_folder().name in {"ftroi", "Cache"}
