"""Each pain on a made-up machine: a sound one has no complaints, a broken one exactly the one that was made."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ftroi.cli import doctor
from ftroi.functions.registry import FUNCTIONS
from ftroi.hosts.doctor import CHECKS, Complaint, Patient, examine
from ftroi.hosts.xlam import macros_of
from ftroi.installer import Journal, Machine, install, plan_install
from tests.support.machines import EXCEL, EXCEL_KEYS, OPTIONS, linux, mac, make_environment, windows

POLICIES = r"HKCU\Software\Policies\Microsoft\Office\16.0"
SETTINGS = r"HKCU\Software\Microsoft\Office\16.0\Excel"
RULES = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
INSTALL_ROOT = r"HKLM\SOFTWARE\Microsoft\Office\15.0\Excel\InstallRoot"
STORE = r"C:\Program Files\WindowsApps\Microsoft.Office.Desktop.Excel_16051\Office16\EXCEL.EXE"
LIST_ENTRY = b"\x02\x00\x00\x00*\x00" + r"c:\users\someone\xlstart\ftroi.xlam".encode("utf-16-le")
Keys = dict[str, dict[str, object]]


def installed(machine: Machine, *, in_add_ins: bool = False) -> Machine:
    journal = Journal.of(machine)
    install(plan_install(machine, journal, in_add_ins=in_add_ins), machine, journal, lambda _line: None)
    return machine


def windows_with(folder: Path, keys: Keys, *, in_add_ins: bool = False) -> Machine:
    """Make up a Windows machine with further keys, and install on it."""
    return installed(windows(folder, {**EXCEL_KEYS, OPTIONS: {}, **keys})[0], in_add_ins=in_add_ins)


def complaints(machine: Machine, *workbooks: Path) -> list[Complaint]:
    found = examine(Patient.of(machine, workbooks))
    assert all(one.finding.cure for one in found)
    return found


def names(machine: Machine, *workbooks: Path) -> list[str]:
    return [one.check for one in complaints(machine, *workbooks)]


@pytest.mark.parametrize("make", [lambda folder: windows(folder)[0], linux])
def test_a_sound_machine_has_no_complaints(make: Callable[[Path], Machine], tmp_path: Path) -> None:
    assert complaints(installed(make(tmp_path))) == []


def test_nothing_installed(tmp_path: Path) -> None:
    assert names(windows(tmp_path)[0]) == ["not_installed"]


# --- Excel, by keys of the registry ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "keys,expected",
    [
        ({rf"{POLICIES}\Common": {"VbaOff": 1}}, "macros_blocked"),
        ({rf"{POLICIES}\Excel\Security": {"DisableAllAddins": 1}}, "macros_blocked"),
        ({rf"{SETTINGS}\Security": {"RequireAddinSig": "1"}}, "macros_blocked"),
        (
            {
                rf"{POLICIES}\Excel\Security": {"VBAWarnings": 4},
                rf"{POLICIES}\Excel\Security\Trusted Locations": {"AllLocationsDisabled": 1},
            },
            "macros_blocked",
        ),
        ({RULES: {"{92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B}": "1"}}, "blocked_by_defender"),
        ({RULES: {"d4f940ab-401b-4efc-aadc-ad5f3c50688a": 1}}, "blocked_by_defender"),
        ({INSTALL_ROOT: {"Path": "C:\\Program Files\\Microsoft Office\\Office15\\"}}, "two_excels"),
        ({rf"{SETTINGS}\Resiliency\DisabledItems": {"7A1": LIST_ENTRY}}, "disabled_after_a_crash"),
        ({rf"{SETTINGS}\Resiliency\DisabledItems": {"7A1": b"\x01" + LIST_ENTRY}}, "disabled_after_a_crash"),
    ],
)
def test_a_key_that_hurts_is_found(keys: Keys, expected: str, tmp_path: Path) -> None:
    assert names(windows_with(tmp_path, keys)) == [expected]


@pytest.mark.parametrize(
    "keys",
    [
        {rf"{POLICIES}\Common": {"VbaOff": 0}},
        {rf"{POLICIES}\Excel\Security": {"VBAWarnings": 4}},  # the start folder is trusted all the same
        {rf"{POLICIES}\Excel\Security\Trusted Locations": {"AllLocationsDisabled": 1}},
        {RULES: {"92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b": "2"}},  # it only writes a log
        {INSTALL_ROOT: {"Path": EXCEL.removesuffix("EXCEL.EXE").upper()}},  # the same Excel
        {rf"{SETTINGS}\Resiliency\DisabledItems": {"7A1": "other.xlam".encode("utf-16-le")}},
    ],
)
def test_a_key_that_does_no_harm_is_no_complaint(keys: Keys, tmp_path: Path) -> None:
    assert names(windows_with(tmp_path, keys)) == []


def test_macros_outside_trusted_folders(tmp_path: Path) -> None:
    keys: Keys = {rf"{SETTINGS}\Security": {"VBAWarnings": 3}}
    found = complaints(windows_with(tmp_path, keys, in_add_ins=True))
    assert [one.check for one in found] == ["macros_blocked"]
    assert "without --addins-folder" in found[0].finding.cure


def test_the_store_edition(tmp_path: Path) -> None:
    keys: Keys = {key: {"": STORE} for key in EXCEL_KEYS if "App Paths" in key}
    made = installed(windows(tmp_path, {**keys, OPTIONS: {}})[0])
    assert names(made) == ["store_edition"]


# --- Excel, by files ---------------------------------------------------------------------------------------


def test_mark_of_the_web(tmp_path: Path) -> None:
    made = windows_with(tmp_path, {})
    add_in = made.roaming / "Microsoft/Excel/XLSTART/ftroi.xlam"
    mark = add_in.with_name("ftroi.xlam:Zone.Identifier")
    mark.write_text("[ZoneTransfer]\nZoneId=3\n", encoding="utf-8")
    assert names(made) == ["mark_of_the_web"]
    mark.write_text("[ZoneTransfer]\nZoneId=1\n", encoding="utf-8")
    assert names(made) == []


def test_a_second_copy(tmp_path: Path) -> None:
    made = windows_with(tmp_path, {})
    (made.roaming / "Microsoft/AddIns").mkdir()
    (made.roaming / "Microsoft/AddIns/ftroi.xlam").touch()
    assert names(made) == ["loaded_twice"]


def test_an_add_in_that_an_antivirus_took(tmp_path: Path) -> None:
    made = windows_with(tmp_path, {})
    (made.roaming / "Microsoft/Excel/XLSTART/ftroi.xlam").unlink()
    found = complaints(made)
    assert [one.check for one in found] == ["steps_undone"]
    assert "have IT allow it" in found[0].finding.cure


def test_a_mac_is_told_what_works(tmp_path: Path) -> None:
    found = complaints(installed(mac(tmp_path)))
    assert [(one.check, one.is_advice) for one in found] == [("excel_on_a_mac", True)]


# --- Python ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [lambda folder: windows(folder)[0], linux])
def test_an_interpreter_that_has_gone(make: Callable[[Path], Machine], tmp_path: Path) -> None:
    made = installed(make(tmp_path))
    made.interpreter.unlink()
    assert names(made) == ["interpreter_gone"]


def test_the_python_below_the_environment_has_gone(tmp_path: Path) -> None:
    made = installed(linux(tmp_path))
    (made.environment.parent / "base-python").rmdir()
    found = complaints(made)
    assert [one.check for one in found] == ["interpreter_gone"]
    assert "base-python" in found[0].finding.what


def test_another_xlwings_than_the_add_in_was_built_with(tmp_path: Path) -> None:
    made = windows_with(tmp_path, {})
    site = made.environment / "Lib/site-packages"
    (site / "xlwings-0.37.8.dist-info").rename(site / "xlwings-0.38.0.dist-info")
    assert names(made) == ["versions_drifted", "library_missing"]


def test_the_library_of_another_bitness_is_not_missed(tmp_path: Path) -> None:
    made = windows_with(tmp_path, {})
    (made.environment / "xlwings32-0.37.8.dll").unlink()
    assert names(made) == []
    (made.environment / "xlwings64-0.37.8.dll").unlink()
    assert names(made) == ["library_missing"]


def test_onedrive(tmp_path: Path) -> None:
    made = windows_with(tmp_path, {})
    beside = replace(made, variables={**made.variables, "OneDrive": str(made.environment.parent)[:-1]})
    assert names(beside) == []
    within = replace(made, variables={**made.variables, "OneDriveCommercial": str(made.environment.parent).upper()})
    assert names(within) == ["in_onedrive"]


def test_letters_that_macros_cannot_write(tmp_path: Path) -> None:
    made = windows(tmp_path)[0]
    fine = make_environment(tmp_path / "Jürgen" / ".venv", "Windows")
    odd = make_environment(tmp_path / "Ольга" / ".venv", "Windows")
    assert names(replace(made, environment=fine)) == ["not_installed"]
    assert names(replace(made, environment=odd)) == ["not_installed", "odd_letters_in_the_path"]


def test_settings_on_a_network(tmp_path: Path) -> None:
    made = windows(tmp_path)[0]
    away = replace(made, variables={**made.variables, "APPDATA": r"\\server\home\someone"})
    assert names(away) == ["not_installed", "settings_on_a_network"]


# --- LibreOffice -------------------------------------------------------------------------------------------


def test_an_old_office(tmp_path: Path) -> None:
    assert names(linux(tmp_path, version="7.4")) == ["not_installed", "office_too_old"]


def test_an_office_with_another_python(tmp_path: Path) -> None:
    found = complaints(linux(tmp_path, python="3.13"))
    assert [one.check for one in found] == ["not_installed", "office_python_differs"]
    assert "python3.13" in found[1].finding.cure


def test_another_python_first_on_path(tmp_path: Path) -> None:
    made = installed(linux(tmp_path))
    own = made.environment / "bin"
    (own / "python3").touch()
    system = made.root / "usr/bin"
    first = replace(made, variables={"PATH": f"{own}:{system}"})
    last = replace(made, variables={"PATH": f"{system}:{own}"})
    assert [(one.check, one.is_advice) for one in complaints(first)] == [("other_python_first", True)]
    assert names(last) == []


# --- workbooks ---------------------------------------------------------------------------------------------


def workbook(path: Path, target: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            f'<Relationships><Relationship Id="rId1" Target="{target}" TargetMode="External"/></Relationships>',
        )
    return path


def test_formulas_with_somebody_elses_path(tmp_path: Path) -> None:
    made = installed(linux(tmp_path))
    theirs = "file:///C:\\Users\\someone\\AppData\\Roaming\\Microsoft\\AddIns\\FTROI.xlam"
    broken = workbook(tmp_path / "theirs.xlsx", theirs)
    sound = workbook(tmp_path / "ours.xlsx", "ftroi.xlam")
    other = workbook(tmp_path / "other.xlsx", "file:///C:\\budget.xlsx")
    assert names(made, sound, other) == []
    found = complaints(made, broken, sound)
    assert [one.check for one in found] == ["somebody_elses_path"]
    assert theirs in found[0].finding.what


def with_macros(path: Path, interpreter: Path) -> Path:
    project = macros_of(interpreter, tuple(FUNCTIONS.values())).project(["ThisWorkbook", "Sheet1"])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/vbaProject.bin", project)
    return path


def test_macros_with_somebody_elses_python(tmp_path: Path) -> None:
    made = installed(linux(tmp_path))
    sound = with_macros(tmp_path / "ours.xlsm", made.interpreter)
    broken = with_macros(tmp_path / "theirs.xlsm", Path("/home/someone/.venv/bin/python"))
    assert names(made, sound) == []
    found = complaints(made, broken, sound)
    assert [one.check for one in found] == ["somebody_elses_python"]
    assert "/home/someone/.venv/bin/python" in found[0].finding.what


def test_a_file_that_is_no_workbook(tmp_path: Path) -> None:
    (tmp_path / "notes.xlsx").write_text("notes", encoding="utf-8")
    made = installed(linux(tmp_path))
    assert names(made, tmp_path / "notes.xlsx", tmp_path / "missing.xlsx") == ["unreadable_workbook"] * 2


# --- the command -------------------------------------------------------------------------------------------


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[Machine], None]:
    """A function that lets the command run on a made-up machine."""
    return lambda machine: monkeypatch.setattr(doctor, "this_machine", lambda _environment: machine)


def test_the_command_ends_with_0_on_a_sound_machine(
    on: Callable[[Machine], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    on(installed(linux(tmp_path)))
    assert doctor.show_examination([], as_json=False) == 0
    assert capsys.readouterr().out == f"{len(CHECKS)} checks: nothing that keeps the functions from working\n"


def test_advice_alone_is_no_fault(
    on: Callable[[Machine], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    on(installed(mac(tmp_path)))
    assert doctor.show_examination([], as_json=False) == 0
    assert "\nNote: Excel: Excel on a Mac cannot run" in capsys.readouterr().out


def test_the_command_says_what_to_do(
    on: Callable[[Machine], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    on(windows(tmp_path)[0])
    assert doctor.show_examination([], as_json=False) == 1
    assert "\n  What to do: run python setup_addin.py\n" in capsys.readouterr().out
    assert doctor.show_examination([], as_json=True) == 1
    told = json.loads(capsys.readouterr().out)
    assert not told["sound"]
    assert [one["check"] for one in told["findings"]] == ["not_installed"]
    assert set(told["findings"][0]) == {"check", "advice", "where", "what", "cure"}
