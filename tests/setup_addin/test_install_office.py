"""How the tests' own tools are found and installed: no network, no root, nothing is changed."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests import install_office
from tests.install_office import CannotInstallError, backports_source, read_version

STANZAS = """\
# The archive, by a company's mirror
Types: deb
URIs: http://mirror.example.org/debian-security
Suites: bookworm-security
Components: main

Types: deb deb-src
# a comment within
URIs: http://mirror.example.org/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQINBF
 -----END PGP PUBLIC KEY BLOCK-----
"""
DERIVED_STANZA = """\
Types: deb
Uris: http://mirror.example.org/debian
Suites: bookworm-backports
Components: main contrib
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQINBF
 -----END PGP PUBLIC KEY BLOCK-----
"""
LINES = """\
# deb http://old.example.org/debian bookworm main
deb cdrom:[Debian 12 Bookworm]/ bookworm main
deb-src http://mirror.example.org/debian bookworm main
deb [ arch=amd64 signed-by=/usr/share/keyrings/debian.gpg ] http://mirror.example.org/debian bookworm main contrib # us
deb http://mirror.example.org/debian-security bookworm-security main
"""
DERIVED_LINE = (
    "deb [ arch=amd64 signed-by=/usr/share/keyrings/debian.gpg ] "
    "http://mirror.example.org/debian bookworm-backports main contrib\n"
)
OTHER_VENDORS = """\
deb https://docker.example.com/linux/debian bookworm stable
deb https://node.example.com/node_20.x bookworm main
"""
POLICY = "libreoffice-calc:\n  Installed: (none)\n  Candidate: {}\n  Version table:\n"


@pytest.fixture
def apt(tmp_path: Path) -> Path:
    """Make an empty folder of apt's settings."""
    (tmp_path / "sources.list.d").mkdir()
    return tmp_path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch, apt: Path) -> list[str]:
    """Pretend to be root on a Debian 12 that has nothing; give the list that apt's commands are noted in."""
    noted: list[str] = []

    def note(*command: str, dry_run: bool) -> None:
        noted.append(" ".join(command) + (" (dry run)" if dry_run else ""))

    monkeypatch.setattr(install_office, "run", note)
    monkeypatch.setattr(install_office, "APT_FOLDER", apt)
    monkeypatch.setattr(install_office, "release", lambda: {"ID": "debian", "VERSION_CODENAME": "bookworm"})
    monkeypatch.setattr(install_office, "missing_tools", lambda: ["LibreOffice Calc"])
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    offer(monkeypatch, "4:7.4.7-1+deb12u8")
    (apt / "sources.list").write_text(LINES, encoding="utf-8")
    return noted


def offer(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    """Let apt offer this version of LibreOffice."""
    monkeypatch.setattr(install_office, "apt_answer", lambda *_arguments: POLICY.format(version))


@pytest.mark.parametrize(
    "text,version",
    [
        ("LibreOffice 25.2.3.2 520(Build:2)", (25, 2)),
        ("4:25.2.3-2+deb13u5~bpo12+1", (25, 2)),
        ("4:7.4.7-1+deb12u8", (7, 4)),
        ("1:26.8.0", (26, 8)),
        ("no version", (0, 0)),
    ],
)
def test_versions_are_read(text: str, version: tuple[int, int]) -> None:
    assert read_version(text) == version


def test_backports_from_a_sources_file_keep_mirror_and_key(apt: Path) -> None:
    (apt / "sources.list.d" / "debian.sources").write_text(STANZAS, encoding="utf-8")
    source = backports_source(apt, "bookworm")
    assert (source.text, source.ending) == (DERIVED_STANZA, ".sources")


@pytest.mark.parametrize("name", ["sources.list", "sources.list.d/debian.list"])
def test_backports_from_a_list_file_keep_mirror_and_options(apt: Path, name: str) -> None:
    (apt / name).write_text(LINES, encoding="utf-8")
    source = backports_source(apt, "bookworm")
    assert (source.text, source.ending) == (DERIVED_LINE, ".list")


def test_other_vendors_are_not_taken_for_debian(apt: Path) -> None:
    (apt / "sources.list.d" / "a-vendor.list").write_text(OTHER_VENDORS, encoding="utf-8")
    (apt / "sources.list.d" / "debian.sources").write_text(STANZAS, encoding="utf-8")
    assert backports_source(apt, "bookworm").text == DERIVED_STANZA


def test_a_source_that_is_switched_off_is_not_used(apt: Path) -> None:
    (apt / "sources.list.d" / "debian.sources").write_text(
        STANZAS.replace("Components: main contrib", "Components: main contrib\nEnabled: no"), encoding="utf-8"
    )
    with pytest.raises(CannotInstallError, match=r"no apt source under .* serves bookworm"):
        backports_source(apt, "bookworm")


def test_files_that_apt_ignores_are_ignored(apt: Path) -> None:
    (apt / "sources.list.d" / "debian.list.save").write_text(LINES, encoding="utf-8")
    with pytest.raises(CannotInstallError):
        backports_source(apt, "bookworm")


def test_debian_12_installs_from_its_backports(commands: list[str], apt: Path) -> None:
    install_office.install(dry_run=False)
    assert (apt / "sources.list.d" / "bookworm-backports.list").read_text(encoding="utf-8") == DERIVED_LINE
    assert commands == [
        "apt-get update",
        "apt-get update",
        f"apt-get install -y --no-install-recommends -t bookworm-backports {' '.join(install_office.PACKAGES)}",
    ]


def test_a_dry_run_shows_the_same_and_writes_nothing(
    commands: list[str], apt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install_office.install(dry_run=True)
    assert not list((apt / "sources.list.d").iterdir())
    assert DERIVED_LINE in capsys.readouterr().out
    assert commands[-1].endswith("fonts-crosextra-carlito (dry run)")


def test_a_system_that_offers_a_new_one_needs_no_backports(
    commands: list[str], apt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, "4:25.2.3-2")
    install_office.install(dry_run=False)
    assert not list((apt / "sources.list.d").iterdir())
    assert " -t " not in commands[-1]


def test_backports_that_cannot_be_fetched_are_taken_back(
    commands: list[str], apt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_once_added(*command: str, dry_run: bool) -> None:
        commands.append(" ".join(command))
        if list((apt / "sources.list.d").iterdir()) and not dry_run:
            raise CannotInstallError("this command failed")

    monkeypatch.setattr(install_office, "run", fail_once_added)
    with pytest.raises(CannotInstallError):
        install_office.install(dry_run=False)
    assert not list((apt / "sources.list.d").iterdir())
    assert commands == ["apt-get update", "apt-get update"]


@pytest.mark.usefixtures("commands")
def test_another_system_with_an_old_one_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install_office, "release", lambda: {"ID": "ubuntu", "VERSION_CODENAME": "jammy"})
    with pytest.raises(CannotInstallError, match=r"4:7\.4\.7"):
        install_office.install(dry_run=False)


@pytest.mark.usefixtures("commands")
def test_without_root_the_command_to_type_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(sys, "argv", ["install_office.py"])
    assert install_office.main() == 1
    said = capsys.readouterr().out
    assert "only root may install system packages" in said
    assert f"To install it: sudo {sys.executable} {install_office.__file__}" in said


@pytest.mark.usefixtures("commands")
def test_without_apt_the_download_page_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(sys, "argv", ["install_office.py"])
    assert install_office.main() == 1
    assert "get LibreOffice 25.2 or newer from https://www.libreoffice.org/" in capsys.readouterr().out


@pytest.mark.usefixtures("commands")
def test_an_installation_that_changes_nothing_is_a_failure() -> None:
    with pytest.raises(CannotInstallError, match="still missing afterwards: LibreOffice Calc"):
        install_office.ensure_tools(dry_run=False)
