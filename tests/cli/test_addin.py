"""``ftroi addin build``: both add-ins as files, built again without harm, refused in clear words."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from ftroi.errors import Finding, HostError
from ftroi.hosts.xlam import support
from tests.support.running import Ftroi

FILES = ["ftroi.oxt", "ftroi.xlam"]


def test_both_are_built_and_named(ftroi: Ftroi, tmp_path: Path) -> None:
    found = ftroi("addin", "build", "--output", tmp_path / "new" / "folder", "--json")
    assert (found.code, found.err) == (0, "")
    paths = [Path(path) for path in found.json["built"].values()]
    assert sorted(path.name for path in paths) == FILES
    assert all(zipfile.is_zipfile(path) for path in paths)


def test_they_bear_this_python(ftroi: Ftroi, tmp_path: Path) -> None:
    ftroi("addin", "build", "--output", tmp_path)
    settings = zipfile.ZipFile(tmp_path / "ftroi.oxt").read("settings.json").decode()
    assert f'"{Path(__file__).parents[2]}"' in settings
    assert '"{}.{}"'.format(*sys.version_info[:2]) in settings


def test_built_again_they_are_replaced_and_nothing_else_is_left(ftroi: Ftroi, tmp_path: Path) -> None:
    ftroi("addin", "build", "--output", tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in FILES}
    (tmp_path / "ftroi.oxt").write_bytes(b"an older one")
    assert ftroi("addin", "build", "--output", tmp_path).code == 0
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def without_xlwings() -> str:
    raise HostError(Finding("xlwings", "is not installed"))


def test_what_cannot_be_built_here_is_said_and_the_other_is_built(
    ftroi: Ftroi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(support, "read_upstream", without_xlwings)
    found = ftroi("addin", "build", "--output", tmp_path)
    assert found.code == 0
    assert "not built: xlwings: is not installed" in found.err
    assert [path.name for path in tmp_path.iterdir()] == ["ftroi.oxt"]
    refused = ftroi("addin", "build", "--host", "excel", "--output", tmp_path / "other")
    assert refused.code == 2
    assert "xlwings: is not installed" in refused.err
    assert not (tmp_path / "other").exists()


def test_a_file_in_the_folders_place_is_refused(ftroi: Ftroi, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    found = ftroi("addin", "build", "--output", tmp_path / "taken")
    assert found.code == 2
    assert "folder cannot be made" in found.err
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"
