"""An installation that stopped half-way, against tables written by hand: how far it is, how it goes on, how it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.errors import HostError
from ftroi.installer import Journal, Machine, status, status_lines
from tests.support.installing import do_install, removal, table
from tests.support.machines import linux, programs_of, windows

LINUX_STATUS = """\
done      make_folder   ~/.config
done      make_folder   ~/.config/ftroi
done      write_journal ~/.config/ftroi/addin.json
done      make_folder   ENV/ftroi-addin
done      run           ENV/bin/python -P -m ftroi addin build --host calc --output ENV/ftroi-addin (makes ENV/ftroi-addin/ftroi.oxt)
not done  run           env PATH=/usr/bin:/bin ROOT/usr/lib/libreoffice/program/unopkg add --suppress-license -f ENV/ftroi-addin/ftroi.oxt (changes ~/.config/libreoffice/4/user/uno_packages/cache)
"""  # noqa: E501 - one step is one line
LINUX_GOES_ON = """\
run           ENV/bin/python -P -m ftroi addin build --host calc --output ENV/ftroi-addin (makes ENV/ftroi-addin/ftroi.oxt)
run           env PATH=/usr/bin:/bin ROOT/usr/lib/libreoffice/program/unopkg add --suppress-license -f ENV/ftroi-addin/ftroi.oxt (changes ~/.config/libreoffice/4/user/uno_packages/cache)
"""  # noqa: E501 - one step is one line
LINUX_GOES = """\
remove_copies ~/.config/libreoffice/4/user/uno_packages/cache/uno_packages (the folders that hold ftroi.oxt)
remove_copies ~/.config/libreoffice/4/user/extensions/tmp/extensions (the folders that hold ftroi.oxt)
remove_file   ENV/ftroi-addin/ftroi.oxt
remove_folder ENV/ftroi-addin (if empty)
remove_file   ~/.config/ftroi/addin.json
remove_folder ~/.config/ftroi (if empty)
remove_folder ~/.config (if empty)
"""
WINDOWS_STATUS = """\
done      make_folder   ~/AppData/Local/ftroi
done      write_journal ~/AppData/Local/ftroi/addin.json
done      make_folder   ENV/ftroi-addin
not done  run           ENV/Scripts/python.exe -P -m ftroi addin build --host excel --output ENV/ftroi-addin (makes ENV/ftroi-addin/ftroi.xlam)
not done  write_file    ~/AppData/Roaming/Microsoft/Excel/XLSTART/ftroi.xlam (from ENV/ftroi-addin/ftroi.xlam)
"""  # noqa: E501 - one step is one line
WINDOWS_GOES = """\
remove_file   ENV/ftroi-addin/ftroi.xlam
remove_folder ENV/ftroi-addin (if empty)
remove_file   ~/AppData/Local/ftroi/addin.json
remove_folder ~/AppData/Local/ftroi (if empty)
"""


def stopped(machine: Machine, at: str) -> Machine:
    """Install, and have the command that holds this word fail."""
    programs_of(machine).failing = at
    with pytest.raises(HostError):
        do_install(machine)
    programs_of(machine).failing = ""
    return machine


def told(machine: Machine) -> str:
    lines = status_lines(status(machine, Journal.of(machine)))
    steps = [line for line in lines if line.startswith(("done ", "not done", "begun "))]
    return table("".join(f"{line}\n" for line in steps), machine)


def test_linux_before_the_extension_is_added(tmp_path: Path) -> None:
    made = stopped(linux(tmp_path), " add ")
    assert told(made) == LINUX_STATUS
    assert removal(made) == LINUX_GOES
    went_on = table("".join(f"{line.strip()}\n" for line in do_install(made)), made)
    assert went_on == LINUX_GOES_ON
    assert status(made, Journal.of(made))["installed"]


def test_windows_before_the_add_in_is_built(tmp_path: Path) -> None:
    made = stopped(windows(tmp_path)[0], "addin build")
    assert told(made) == WINDOWS_STATUS
    assert removal(made) == WINDOWS_GOES
