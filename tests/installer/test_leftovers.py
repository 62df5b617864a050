"""What would be left when the add-in is gone: folders of logs, and copies that LibreOffice unpacked."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.errors import HostError
from ftroi.installer import Machine, keeps_more
from tests.support.installing import do_install, do_uninstall
from tests.support.machines import linux, programs_of, snapshot


@pytest.mark.parametrize("is_empty", [True, False])
def test_the_folder_of_logs_goes_when_it_is_empty(machine: Machine, is_empty: bool) -> None:
    do_install(machine)
    logs = machine.settings / "logs"
    logs.mkdir()
    if not is_empty:
        (logs / "add-in.log").touch()
    assert keeps_more(machine) is not is_empty
    do_uninstall(machine)
    assert logs.exists() is not is_empty
    assert machine.settings.exists() is not is_empty


def test_copies_that_libreoffice_left_go_and_those_of_others_stay(tmp_path: Path) -> None:
    made = linux(tmp_path)
    do_install(made)
    temporary = made.home / ".config/libreoffice/4/user/extensions/tmp/extensions"
    packages = made.home / ".config/libreoffice/4/user/uno_packages/cache/uno_packages"
    for parent in (temporary, packages):
        for folder, name in (("lu8.tmp_", "ftroi.oxt"), ("lu9.tmp_", "other.oxt")):
            (parent / folder / name).mkdir(parents=True, exist_ok=True)
    do_uninstall(made)
    assert [path.name for parent in (temporary, packages) for path in parent.iterdir()] == ["lu9.tmp_"] * 2


def test_copies_stay_while_the_extension_cannot_be_removed(tmp_path: Path) -> None:
    made = linux(tmp_path)
    do_install(made)
    before = snapshot(made.home)
    programs_of(made).failing = " remove "
    with pytest.raises(HostError, match="close Excel and LibreOffice"):
        do_uninstall(made)
    assert snapshot(made.home) == before
