"""What installing does on each system, step by step, against tables written by hand; and that all of it goes again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ftroi.errors import HostError
from ftroi.installer import Journal, Machine, install, plan_install, plan_uninstall, status, uninstall
from ftroi.resources import cache_folder, user_folder
from tests.support.installing import SILENT, do_install, do_uninstall, removal, steps
from tests.support.machines import OPTIONS, linux, mac, programs_of, snapshot, windows

WINDOWS_STEPS = """\
make_folder   ~/AppData/Local/ftroi
write_journal ~/AppData/Local/ftroi/addin.json
make_folder   ENV/ftroi-addin
run           ENV/Scripts/python.exe -P -m ftroi addin build --host excel --output ENV/ftroi-addin (makes ENV/ftroi-addin/ftroi.xlam)
write_file    ~/AppData/Roaming/Microsoft/Excel/XLSTART/ftroi.xlam (from ENV/ftroi-addin/ftroi.xlam)
"""  # noqa: E501 - one step is one line
WINDOWS_ADD_INS_STEPS = r"""
make_folder   ~/AppData/Local/ftroi
write_journal ~/AppData/Local/ftroi/addin.json
make_folder   ENV/ftroi-addin
run           ENV/Scripts/python.exe -P -m ftroi addin build --host excel --output ENV/ftroi-addin (makes ENV/ftroi-addin/ftroi.xlam)
make_folder   ~/AppData/Roaming/Microsoft/AddIns
write_file    ~/AppData/Roaming/Microsoft/AddIns/ftroi.xlam (from ENV/ftroi-addin/ftroi.xlam)
set_key       HKCU\Software\Microsoft\Office\16.0\Excel\Options, value OPEN, text /R "~/AppData/Roaming/Microsoft/AddIns/ftroi.xlam"
""".lstrip()  # noqa: E501 - one step is one line
LINUX_STEPS = """\
make_folder   ~/.config
make_folder   ~/.config/ftroi
write_journal ~/.config/ftroi/addin.json
make_folder   ENV/ftroi-addin
run           ENV/bin/python -P -m ftroi addin build --host calc --output ENV/ftroi-addin (makes ENV/ftroi-addin/ftroi.oxt)
run           env PATH=/usr/bin:/bin ROOT/usr/lib/libreoffice/program/unopkg add --suppress-license -f ENV/ftroi-addin/ftroi.oxt (changes ~/.config/libreoffice/4/user/uno_packages/cache)
"""  # noqa: E501 - one step is one line
MAC_STEPS = """\
make_folder   ~/Library/Application Support/ftroi
write_journal ~/Library/Application Support/ftroi/addin.json
make_folder   ENV/ftroi-addin
run           ENV/bin/python -P -m ftroi addin build --host calc --output ENV/ftroi-addin (makes ENV/ftroi-addin/ftroi.oxt)
run           env PATH=/usr/bin:/bin ROOT/Applications/LibreOffice.app/Contents/MacOS/unopkg add --suppress-license -f ENV/ftroi-addin/ftroi.oxt (changes ~/Library/Application Support/LibreOffice/4/user/uno_packages/cache)
"""  # noqa: E501 - one step is one line
WINDOWS_REMOVAL = """\
remove_file   ~/AppData/Roaming/Microsoft/Excel/XLSTART/ftroi.xlam
remove_file   ENV/ftroi-addin/ftroi.xlam
remove_folder ENV/ftroi-addin (if empty)
remove_file   ~/AppData/Local/ftroi/addin.json
remove_folder ~/AppData/Local/ftroi (if empty)
"""
LINUX_REMOVAL = """\
run           env PATH=/usr/bin:/bin ROOT/usr/lib/libreoffice/program/unopkg remove org.ftroi.sheet (changes ~/.config/libreoffice/4/user/uno_packages/cache)
remove_copies ~/.config/libreoffice/4/user/uno_packages/cache/uno_packages (the folders that hold ftroi.oxt)
remove_copies ~/.config/libreoffice/4/user/extensions/tmp/extensions (the folders that hold ftroi.oxt)
remove_file   ENV/ftroi-addin/ftroi.oxt
remove_folder ENV/ftroi-addin (if empty)
remove_file   ~/.config/ftroi/addin.json
remove_folder ~/.config/ftroi (if empty)
remove_folder ~/.config (if empty)
"""  # noqa: E501 - one step is one line


# --- the tables --------------------------------------------------------------------------------------------


def test_windows_installs_into_the_start_folder(tmp_path: Path) -> None:
    assert steps(windows(tmp_path)[0]) == WINDOWS_STEPS


def test_windows_installs_into_the_folder_of_add_ins_when_asked(tmp_path: Path) -> None:
    assert steps(windows(tmp_path)[0], in_add_ins=True) == WINDOWS_ADD_INS_STEPS


def test_linux_adds_the_extension(tmp_path: Path) -> None:
    assert steps(linux(tmp_path)) == LINUX_STEPS


def test_a_mac_adds_the_extension_and_says_what_works_in_excel(tmp_path: Path) -> None:
    made = mac(tmp_path)
    assert steps(made) == MAC_STEPS
    remarks = plan_install(made, Journal.of(made)).remarks
    assert len(remarks) == 1
    assert remarks[0].startswith("Excel on a Mac cannot run the FT_ functions")


def test_root_adds_the_extension_under_another_name(tmp_path: Path) -> None:
    assert "run           unshare -U env PATH=" in steps(replace(linux(tmp_path), is_root=True))


def test_windows_removal(tmp_path: Path) -> None:
    made = windows(tmp_path)[0]
    do_install(made)
    assert removal(made) == WINDOWS_REMOVAL


def test_linux_removal(tmp_path: Path) -> None:
    made = linux(tmp_path)
    do_install(made)
    assert removal(made) == LINUX_REMOVAL


def test_missing_folders_and_keys_are_steps_of_their_own(tmp_path: Path) -> None:
    keys = {r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe": {"": r"C:\Excel\EXCEL.EXE"}}
    made, api = windows(tmp_path, {**keys, r"HKCU\Software\Microsoft": {}})
    before = {**api.keys}
    for folder in ("Excel/XLSTART", "Excel", ""):
        (made.roaming / "Microsoft" / folder).rmdir()
    assert [line.split()[1] for line in steps(made, in_add_ins=True).splitlines() if line.startswith("make_")] == [
        "~/AppData/Local/ftroi",
        "ENV/ftroi-addin",
        "~/AppData/Roaming/Microsoft",
        "~/AppData/Roaming/Microsoft/AddIns",
        r"HKCU\Software\Microsoft\Office",
        r"HKCU\Software\Microsoft\Office\16.0",
        r"HKCU\Software\Microsoft\Office\16.0\Excel",
        r"HKCU\Software\Microsoft\Office\16.0\Excel\Options",
    ]
    do_install(made, in_add_ins=True)
    do_uninstall(made)
    assert api.keys == before
    assert not (made.roaming / "Microsoft").exists()


# --- install, again, upgrade -------------------------------------------------------------------------------


def test_every_file_is_accounted_for(machine: Machine, tmp_path: Path) -> None:
    before = snapshot(tmp_path)
    plan = plan_install(machine, Journal.of(machine))
    do_install(machine)
    made = {str(tmp_path / name) for name in snapshot(tmp_path).keys() - before.keys()}
    named = {step.target for step in plan.operations} | {path for step in plan.operations for path in step.makes}
    office = {path for path in made if "libreoffice" in path.lower()}  # its own folders are its own business
    assert made - office == named - {step.target for step in plan.operations if step.undo}


def test_a_second_installation_changes_nothing(machine: Machine, tmp_path: Path) -> None:
    first_plan = steps(machine)
    do_install(machine)
    before = snapshot(tmp_path)
    assert steps(machine) == first_plan
    told = do_install(machine)
    assert snapshot(tmp_path) == before
    assert [line.split()[0] for line in told] == ["run"]  # it builds again, and finds the same
    assert "addin build" in told[0]


def test_an_upgrade_puts_the_new_add_in_in_place(machine: Machine, tmp_path: Path) -> None:
    do_install(machine)
    programs_of(machine).build = "second build"
    told = do_install(machine)
    assert [line.split()[0] for line in told] == ["run", "write_file" if machine.system == "Windows" else "run"]
    texts = [text for name, text in snapshot(tmp_path).items() if name.endswith((".xlam", ".oxt"))]
    assert len(texts) == 2  # as built, and as the program loads it
    assert all(text.endswith("second build") for text in texts)


def test_uninstalling_restores_what_was_there_before(machine: Machine, tmp_path: Path) -> None:
    (machine.home / "my plan.xlsx").write_text("a person's work", encoding="utf-8")
    before = snapshot(tmp_path)
    do_install(machine)
    do_install(machine)
    do_uninstall(machine)
    left = {name: text for name, text in snapshot(tmp_path).items() if name not in before}
    assert all("libreoffice" in name.lower() or name.endswith(".config") for name in left)
    assert not any(name.endswith("pmap") and "ftroi" in text for name, text in left.items())
    assert before.items() <= snapshot(tmp_path).items()
    do_uninstall(machine)


def test_what_ftroi_keeps_for_a_person_goes_only_when_told(machine: Machine) -> None:
    machine.settings.mkdir(parents=True)
    (machine.settings / "templates.json").write_text("{}", encoding="utf-8")
    do_install(machine)
    do_uninstall(machine)
    assert snapshot(machine.settings) == {"templates.json": "{}"}
    assert [line.split()[0] for line in removal(machine, forget=True).splitlines()] == ["remove_file", "remove_folder"]
    do_uninstall(machine, forget=True)
    assert not machine.settings.exists()


def test_what_is_not_ftrois_stays_in_a_folder_that_a_person_named(machine: Machine) -> None:
    (machine.settings / "logs").mkdir(parents=True)
    for name in ("templates.json", "logs/ftroi-1.log", "taxes.xlsx", "logs/diary.txt"):
        (machine.settings / name).write_text(name, encoding="utf-8")
    do_uninstall(machine, forget=True)
    kept = {"logs": "/", "taxes.xlsx": "taxes.xlsx", "logs/diary.txt": "logs/diary.txt"}
    assert {name.replace("\\", "/"): text for name, text in snapshot(machine.settings).items()} == kept


# --- files and values of others ----------------------------------------------------------------------------


def test_a_file_of_somebody_elses_comes_back(tmp_path: Path) -> None:
    made = windows(tmp_path)[0]
    theirs = made.roaming / "Microsoft/Excel/XLSTART/ftroi.xlam"
    theirs.write_text("theirs", encoding="utf-8")
    do_install(made)
    do_install(made)
    assert theirs.read_text(encoding="utf-8") == "ftroi.xlam, first build"
    do_uninstall(made)
    assert theirs.read_text(encoding="utf-8") == "theirs"
    assert not made.settings.exists()


def test_a_second_removal_leaves_the_file_of_somebody_else(tmp_path: Path) -> None:
    made = windows(tmp_path)[0]
    theirs = made.roaming / "Microsoft/Excel/XLSTART/ftroi.xlam"
    theirs.write_text("theirs", encoding="utf-8")
    do_install(made)
    plan = plan_uninstall(made, Journal.of(made))
    uninstall(replace(plan, operations=plan.operations[:2]), made, SILENT)
    do_uninstall(made)
    assert theirs.read_text(encoding="utf-8") == "theirs"


@pytest.mark.parametrize(
    "others,slot",
    [
        ({}, "OPEN"),
        ({"OPEN": "a"}, "OPEN1"),
        ({"OPEN": "a", "OPEN1": "b"}, "OPEN2"),
        ({"OPEN": "a", "Maximized": 3}, "OPEN1"),
    ],
)
def test_excel_opens_the_add_in_after_those_of_others(tmp_path: Path, others: dict[str, object], slot: str) -> None:
    made, api = windows(tmp_path)
    api.keys[OPTIONS.replace("HKCU", "HKEY_CURRENT_USER")].update(others)
    do_install(made, in_add_ins=True)
    ours = f'/R "{made.roaming / "Microsoft/AddIns/ftroi.xlam"}"'
    assert api.values(OPTIONS) == {**others, slot: ours}
    do_install(made, in_add_ins=True)
    assert api.values(OPTIONS) == {**others, slot: ours}
    do_uninstall(made)
    assert api.values(OPTIONS) == others


def test_the_values_behind_ours_move_up(tmp_path: Path) -> None:
    made, api = windows(tmp_path)
    options = api.keys[OPTIONS.replace("HKCU", "HKEY_CURRENT_USER")]
    options.update({"OPEN": "a"})
    do_install(made, in_add_ins=True)
    options.update({"OPEN2": "b", "OPEN3": "c"})
    do_uninstall(made)
    assert options == {"OPEN": "a", "OPEN1": "b", "OPEN2": "c"}


def test_the_first_gap_is_used_and_no_value_is_lost(tmp_path: Path) -> None:
    made, api = windows(tmp_path)
    options = api.keys[OPTIONS.replace("HKCU", "HKEY_CURRENT_USER")]
    options.update({"OPEN": "a", "OPEN2": "b"})
    do_install(made, in_add_ins=True)
    assert options["OPEN1"] == f'/R "{made.roaming / "Microsoft/AddIns/ftroi.xlam"}"'
    do_uninstall(made)
    assert options == {"OPEN": "a", "OPEN1": "b"}


def test_another_place_takes_back_the_first(tmp_path: Path) -> None:
    made, api = windows(tmp_path)
    before = snapshot(made.roaming)
    do_install(made, in_add_ins=True)
    do_install(made)
    assert api.values(OPTIONS) == {}
    assert snapshot(made.roaming).keys() - before.keys() == {"Microsoft/Excel/XLSTART/ftroi.xlam"}
    assert "OPEN" not in Journal.of(made).path.read_text(encoding="utf-8")


# --- half-finished -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("failing", ["addin build", " add "])
def test_a_half_finished_installation_goes_on(tmp_path: Path, failing: str) -> None:
    made = linux(tmp_path)
    programs_of(made).failing = failing
    with pytest.raises(HostError, match="it is in use; close Excel and LibreOffice and try again"):
        do_install(made)
    assert not status(made, Journal.of(made))["installed"]
    programs_of(made).failing = ""
    do_install(made)
    assert status(made, Journal.of(made))["installed"]


class StoppedError(Exception):
    """Somebody pulled the plug."""


@pytest.mark.parametrize("after", range(6))
@pytest.mark.parametrize("resumes", [True, False])
def test_wherever_it_stops_it_can_go_on_and_be_taken_back(
    machine: Machine, tmp_path: Path, after: int, resumes: bool
) -> None:
    before = snapshot(tmp_path)
    lines: list[str] = []

    def stop(line: str) -> None:
        lines.append(line)
        if len(lines) > after:
            raise StoppedError

    journal = Journal.of(machine)
    try:
        install(plan_install(machine, journal), machine, journal, stop)
    except StoppedError:
        assert not status(machine, Journal.of(machine))["installed"]
    if resumes:
        do_install(machine)
        assert status(machine, Journal.of(machine))["installed"]
    do_uninstall(machine)
    left = {name: text for name, text in snapshot(tmp_path).items() if name not in before}
    assert all(text == "/" or "libreoffice" in name.lower() for name, text in left.items())
    assert before.items() <= snapshot(tmp_path).items()


def test_a_file_that_is_in_use_is_a_plain_message(tmp_path: Path) -> None:
    made = windows(tmp_path)[0]
    (made.roaming / "Microsoft/Excel/XLSTART").rmdir()
    (made.roaming / "Microsoft/Excel/XLSTART").touch()
    with pytest.raises(HostError, match=r"XLSTART.*: make folder failed \(.*\); close Excel"):
        do_install(made)


def test_a_damaged_journal_is_refused(machine: Machine) -> None:
    machine.settings.mkdir(parents=True)
    for text in ("{", "[]", '{"versions": {}, "steps": [{"operation": {"kind": "x", "target": ""}}]}'):
        (machine.settings / "addin.json").write_text(text, encoding="utf-8")
        with pytest.raises(HostError, match="the list of what was installed cannot be read"):
            Journal.of(machine)


# --- status ------------------------------------------------------------------------------------------------


def test_status_tells_how_far_it_is(machine: Machine, tmp_path: Path) -> None:
    before = snapshot(tmp_path)
    told = status(machine, Journal.of(machine))
    assert snapshot(tmp_path) == before
    assert not told["installed"]
    assert {step["state"] for step in told["operations"]} == {"missing"}
    do_install(machine)
    told = status(machine, Journal.of(machine))
    json.dumps(told)
    assert told["installed"]
    assert told["versions"] == {"ftroi": "0.1.0", "numpy": "2.4.1", "xlwings": "0.37.8"}
    assert {step["state"] for step in told["operations"]} == {"done"}


def test_status_notices_what_has_gone(machine: Machine) -> None:
    do_install(machine)
    last = plan_install(machine, Journal.of(machine)).operations[-1]
    Path(last.proof or last.target).unlink()
    told = status(machine, Journal.of(machine))
    assert not told["installed"]
    assert [step["state"] for step in told["operations"]][-1] == "missing"


def test_the_folder_for_settings_is_that_of_ftroi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FTROI_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for variables in ({}, {"XDG_CONFIG_HOME": str(tmp_path / "elsewhere")}, {"FTROI_HOME": str(tmp_path / "own")}):
        monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        made = Machine("Linux", tmp_path, tmp_path / ".venv", variables)
        assert made.settings == user_folder()
        assert made.cache == cache_folder()
