"""A file is written whole or not at all, and read only where it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ftroi.atomic import read_plain, remove_leftovers, write_text, write_whole


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_text_is_written_with_its_folder(tmp_path: Path) -> None:
    write_text(tmp_path / "new" / "a.txt", "ä")
    assert (tmp_path / "new" / "a.txt").read_text(encoding="utf-8") == "ä"
    assert names(tmp_path / "new") == {"a.txt"}


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_fails_leaves_the_old_file_and_nothing_else(error: BaseException, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")

    def fail(fresh: Path) -> None:
        fresh.write_text("half")
        raise error

    with pytest.raises(type(error)):
        write_whole(tmp_path / "a.txt", fail)
    assert (tmp_path / "a.txt").read_text() == "old"
    assert names(tmp_path) == {"a.txt"}


def test_who_looks_again_sees_the_whole_file_and_may_refuse(tmp_path: Path) -> None:
    def refuse(fresh: Path) -> None:
        assert fresh.read_text() == "new"
        raise OSError(0, "no")

    with pytest.raises(OSError, match="no"):
        write_whole(tmp_path / "a.txt", lambda fresh: fresh.write_text("new"), refuse)
    assert names(tmp_path) == set()


KILLED = """
import sys, time
from pathlib import Path
from ftroi.atomic import write_whole
def slowly(fresh):
    fresh.write_text("half")
    print("half", flush=True)
    time.sleep(60)
write_whole(Path(sys.argv[1]), slowly)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot be asked whether a process is gone")
def test_the_hidden_file_of_a_killed_process_is_taken_away_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.readline()
        remove_leftovers(tmp_path)
        assert len(names(tmp_path)) == 2, "the file of a living process stays"
        running.send_signal(signal.SIGKILL)
    assert path.read_text() == "old"
    assert len(names(tmp_path)) == 2
    write_text(path, "new")
    assert names(tmp_path) == {"a.txt"}


def test_a_hidden_file_of_another_machine_is_taken_away_after_a_day(tmp_path: Path) -> None:
    left = tmp_path / ".ftroi-00000000-1-x.xlsx"
    left.touch()
    remove_leftovers(tmp_path)
    assert left.exists()
    os.utime(left, (time.time() - 90_000,) * 2)
    remove_leftovers(tmp_path)
    assert not left.exists()


def test_a_larger_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(11))
    assert read_plain(tmp_path / "a", 11) == bytes(11)
    with pytest.raises(OSError, match="more than 10 bytes"):
        read_plain(tmp_path / "a", 10)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_and_a_device_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    for name in ("pipe", "zero"):
        with pytest.raises(OSError, match="no plain file"):
            read_plain(tmp_path / name, 100)
