"""IT's page names every file and key that the installation touches, and none that it does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ftroi.hosts.doctor import excel_checks
from ftroi.installer import Journal, Machine, plan_install
from ftroi.installer.libre_office import IDENTIFIER
from tests.support.machines import linux, mac, windows

PAGE = (Path(__file__).parents[2] / "docs" / "it.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (all|Windows|Linux|Mac) \| `([^`]+)` \|", re.MULTILINE)


def machine_of(system: str, folder: Path) -> Machine:
    if system == "Windows":
        made = windows(folder)[0]
        theirs = made.roaming / "Microsoft/Excel/XLSTART/ftroi.xlam"
        theirs.touch()
        return made
    return linux(folder) if system == "Linux" else mac(folder)


def touched(machine: Machine, *, in_add_ins: bool) -> set[str]:
    """Every path and key that an installation touches; folders that are only on the way are left out."""
    steps = plan_install(machine, Journal.of(machine), in_add_ins=in_add_ins).operations
    paths = {path for step in steps for path in step.makes}
    paths |= {step.source for step in steps if step.kind == "keep_file"}
    paths |= {step.target for step in steps if step.kind not in ("make_folder", "make_key") and not step.makes}
    return {short(path, machine) for path in paths} | {"ENV"}


def short(path: str, machine: Machine) -> str:
    places = {
        str(machine.environment): "ENV",
        **{path: f"%{name}%" for name, path in machine.variables.items() if "APPDATA" in name},
        str(machine.home): "~",
    }
    for place, name in places.items():
        path = path.replace(place, name)
    return path


@pytest.mark.parametrize("system", ["Windows", "Linux", "Mac"])
def test_the_tables_of_files_are_what_is_touched(system: str, tmp_path: Path) -> None:
    machine = machine_of(system, tmp_path)
    found = touched(machine, in_add_ins=False) | touched(machine, in_add_ins=True)
    files = {one for one in found if not one.startswith("HKCU")}
    assert files == {path for name, path in ROW.findall(PAGE) if name in ("all", system)}


def test_every_key_is_named(tmp_path: Path) -> None:
    machine, _api = windows(tmp_path)
    steps = plan_install(machine, Journal.of(machine), in_add_ins=True).operations
    keys = [step for step in steps if step.kind in ("set_key", "make_key")]
    assert [step.target in PAGE for step in keys] == [True]
    assert f"`{short(keys[0].source, machine)}`" in PAGE
    default = plan_install(machine, Journal.of(machine)).operations
    assert not [step for step in default if "key" in step.kind]


def test_every_policy_that_the_doctor_looks_for_is_named() -> None:
    for switch in excel_checks._SWITCHES:
        assert f"`{switch.key}`, `{switch.name}` = 1" in PAGE
    for rule in excel_checks._DEFENDER_RULES:
        assert f"`{rule}`" in PAGE
    assert "`AllLocationsDisabled` = 1, with `VBAWarnings` = 3 or 4" in PAGE


def test_the_extension_is_removed_by_its_name() -> None:
    assert f"unopkg remove {IDENTIFIER}" in PAGE
