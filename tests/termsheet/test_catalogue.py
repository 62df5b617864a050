"""A workbook names its template by id; the registry leads from the id to a folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ftroi.errors import TemplateError
from ftroi.resources import templates_folder, user_folder
from ftroi.termsheet.catalogue import REGISTER, built_in, find_template, register, registered, template_of_id


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the person's own registered templates out of the tests."""
    monkeypatch.setenv("FTROI_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def copied(folder: Path, template_id: str = "acme_tuning") -> Path:
    """Copy the shipped template under an id of its own."""
    shutil.copytree(templates_folder() / "fine_tuning", folder)
    head = folder / "template.toml"
    head.write_text(head.read_text().replace('"fine_tuning"', f'"{template_id}"'))
    return folder


def test_the_folder_is_the_systems_unless_the_environment_names_one(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert user_folder() == home
    monkeypatch.delenv("FTROI_HOME")
    assert user_folder().name == "ftroi"


def test_the_template_that_comes_with_ftroi_needs_no_registration() -> None:
    assert built_in() == {"fine_tuning": templates_folder() / "fine_tuning"}
    assert template_of_id("fine_tuning").id == "fine_tuning"
    assert registered() == {}


def test_a_registered_template_is_found_by_its_id(tmp_path: Path) -> None:
    folder = copied(tmp_path / "acme")
    assert register(folder).id == "acme_tuning"
    assert registered() == {"acme_tuning": folder}
    assert template_of_id("acme_tuning").folder == find_template("acme_tuning").folder == folder


def test_a_folder_is_found_by_its_path_but_an_id_never_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied(tmp_path / "acme_tuning")
    monkeypatch.chdir(tmp_path)
    assert find_template("acme_tuning").id == "acme_tuning"
    with pytest.raises(TemplateError, match="is not registered"):
        template_of_id("acme_tuning")


def test_an_unknown_id_is_refused_with_the_command() -> None:
    with pytest.raises(TemplateError) as caught:
        template_of_id("fine_tunning")
    assert "did you mean 'fine_tuning'? Or register its folder with 'ftroi template add FOLDER'" in str(caught.value)


def test_the_id_of_the_shipped_template_stays_its_own(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="belongs to the template that comes with ftroi; give yours an id"):
        register(copied(tmp_path / "mine", "fine_tuning"))
    assert registered() == {}


def test_a_faulty_template_is_not_registered(tmp_path: Path) -> None:
    folder = copied(tmp_path / "acme")
    (folder / "lines" / "data.toml").write_text("[broken]\n")
    with pytest.raises(TemplateError):
        register(folder)
    assert registered() == {}


def test_a_folder_that_has_moved_or_changed_its_id_is_told(tmp_path: Path) -> None:
    folder = copied(tmp_path / "acme")
    register(folder)
    head = folder / "template.toml"
    head.write_text(head.read_text().replace('"acme_tuning"', '"other"'))
    with pytest.raises(TemplateError, match="now has the id 'other'"):
        template_of_id("acme_tuning")
    folder.rename(tmp_path / "elsewhere")
    with pytest.raises(TemplateError, match="is not there any more; register its new place"):
        template_of_id("acme_tuning")


@pytest.mark.parametrize("content", ["", "no json", "[]", '{"templates": 5}', '{"other": {}}'])
def test_a_damaged_register_is_told(content: str, home: Path) -> None:
    home.mkdir()
    (home / REGISTER).write_text(content)
    with pytest.raises(TemplateError, match="is no register of templates; delete it"):
        registered()


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path, home: Path) -> None:
    home.write_text("a file stands where the folder should be")
    with pytest.raises(TemplateError, match=r"cannot be (written|read)"):
        register(copied(tmp_path / "acme"))


def test_a_template_is_loaded_once_until_one_of_its_files_is_another(tmp_path: Path) -> None:
    folder = copied(tmp_path / "acme")
    register(folder)
    first = template_of_id("acme_tuning")
    assert template_of_id("acme_tuning") is first
    head = folder / "template.toml"
    head.write_text(head.read_text().replace(f'"{first.version}"', '"9.9.9"'))
    assert template_of_id("acme_tuning") is not first
    assert template_of_id("acme_tuning").version == "9.9.9"
