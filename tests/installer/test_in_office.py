"""In LibreOffice for real: installed for a person with a home folder of their own, computed, upgraded, taken back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from ftroi import installer
from ftroi.installer import Journal, Machine
from ftroi.installer.libre_office import packages_folder
from tests.conftest import ON_BUILD_SERVER
from tests.install_office import missing_tools, program_folder
from tests.support.office import ALWAYS_RECALCULATE

pytestmark = [
    pytest.mark.host,
    pytest.mark.skipif(bool(missing_tools()) and not ON_BUILD_SERVER, reason="LibreOffice is not on this machine"),
]
CSV_OF_ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """This machine with a home folder of its own, and an environment that shares the packages of the tests'."""
    environment = tmp_path / "env"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin/python").symlink_to(Path(sys.executable).resolve())
    (environment / "lib").symlink_to(Path(sys.prefix) / "lib")
    (environment / "pyvenv.cfg").write_text((Path(sys.prefix) / "pyvenv.cfg").read_text(encoding="utf-8"))
    home = tmp_path / "home"
    profile = home / ".config/libreoffice/4/user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    left_out = {"XDG_CONFIG_HOME", "FTROI_HOME"}
    variables = {name: value for name, value in os.environ.items() if name not in left_out}
    return Machine(
        "Linux",
        home,
        environment,
        {**variables, "HOME": str(home)},
        is_root=os.geteuid() == 0,
    )


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Make the sample workbook with a sheet that asks the functions; no value of it is stored in the file."""
    path = tmp_path / "plan.xlsx"
    command = [sys.executable, "-m", "ftroi", "new", str(path), "--preset", "support_assistant"]
    subprocess.run(command, check=True, capture_output=True)
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Probe")
    sheet["A1"], sheet["A2"] = "=FT_TCO(FT_Inputs)", "=FT_VERSION()"
    book.save(path)
    return path


def probe(workbook: Path, machine: Machine) -> list[str]:
    """Open the workbook as the person does, and give what the cells of the probe show."""
    folder = workbook.parent / "shown"
    soffice = str(Path(program_folder() or "") / "soffice")
    command = [soffice, "--headless", "--convert-to", CSV_OF_ALL_SHEETS, "--outdir", str(folder), str(workbook)]
    variables = {**machine.variables, "PATH": "/usr/bin:/bin"}
    subprocess.run(command, env=variables, check=True, capture_output=True, timeout=120)
    return (folder / "plan-Probe.csv").read_text(encoding="utf-8").replace('"', "").splitlines()


def expected_tco() -> float:
    """The figure that the command line computes for the same plan."""
    command = [sys.executable, "-m", "ftroi", "calc", "--preset", "support_assistant", "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout)["measures"]["tco"])


def do_install(machine: Machine) -> None:
    journal = Journal.of(machine)
    installer.install(installer.plan_install(machine, journal), machine, journal, print)


def upgrade(machine: Machine) -> None:
    """Install again, as over an earlier extension than the one that is built now."""
    journal = Journal.of(machine)
    journal.entries = [replace(entry, handed_over="an earlier one") for entry in journal.entries]
    journal.save()
    told: list[str] = []
    installer.install(installer.plan_install(machine, journal), machine, journal, told.append)
    assert "unopkg add" in told[-1]


def test_install_compute_upgrade_and_uninstall(machine: Machine, workbook: Path) -> None:
    kept = workbook.read_bytes()
    assert not probe(workbook, machine)[0].replace(".", "").isdigit()
    do_install(machine)
    upgrade(machine)
    assert installer.status(machine, Journal.of(machine))["installed"]
    assert [path.name for path in machine.built.iterdir()] == ["ftroi.oxt"]
    tco, version = probe(workbook, machine)
    assert float(tco) == pytest.approx(expected_tco(), rel=1e-9)
    assert "#" not in version
    installer.uninstall(installer.plan_uninstall(machine, Journal.of(machine)), machine, print)
    assert not probe(workbook, machine)[0].replace(".", "").isdigit()
    assert workbook.read_bytes() == kept
    left = [*machine.home.rglob("*ftroi*")]
    assert left == [], json.dumps([str(path) for path in left])
    assert b"ftroi" not in (packages_folder(machine) / "uno_packages.pmap").read_bytes()
    assert not machine.built.exists()
