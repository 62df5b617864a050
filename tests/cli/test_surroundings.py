"""The command line on machines that are not as usual: homes, locales, clocks, odd paths, two writers at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.depth import at_depth
from tests.support.edited import small_workbook

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the surroundings are those of other systems")

COMMAND = [sys.executable, "-m", "ftroi"]
ODD_NAMES = (
    "it's a \"plan\" & 100% $(touch pwned) `touch pwned` #1;x", "-ä ö ü ß", "%TEMP%", " blanks ",
    "日本 é {x} [1] ~user", "two\nlines\ttab", "back\\slash * ?",
)  # fmt: skip
SURROUNDINGS: dict[str, Mapping[str, str | None]] = {
    "a home that cannot be written, and no temporary folder": {"FTROI_HOME": "/proc/x", "TMPDIR": "/nonexistent"},
    "a home that is a file": {"FTROI_HOME": "/etc/hostname", "HOME": "/etc/hostname"},
    "no home at all": dict.fromkeys(("HOME", "FTROI_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "PATH")),
    "a home of an unknown user": {"FTROI_HOME": "~nobody_of_that_name/x", "TMPDIR": "/proc"},
    "plain ASCII": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    "a locale of no country": {"LC_ALL": "xx_YY.bogus", "TZ": "No/Where", "COLUMNS": "x"},
    "a clock half a week ahead": {"TZ": "ABC-84", "COLUMNS": "1", "LC_ALL": "tr_TR.ISO-8859-9"},
}
FEW = at_depth(1, 3)


def run(*words: object, folder: Path, changes: Mapping[str, str | None] | None = None) -> tuple[int, str]:
    """Run a command in a folder with other variables (None: without them); gives exit code and what was told."""
    variables = {name: text for name, text in {**os.environ, **(changes or {})}.items() if text is not None}
    answer = subprocess.run(
        [*COMMAND, *map(str, words)], cwd=folder, env=variables, capture_output=True, text=True, check=False,
        errors="replace",
    )  # fmt: skip
    told = answer.stdout + answer.stderr
    assert "Traceback" not in told, told
    assert "did not expect" not in told, told
    return answer.returncode, told


@pytest.mark.parametrize("name", list(SURROUNDINGS))
def test_a_workbook_is_computed_and_written_wherever_it_is(name: str, tmp_path: Path) -> None:
    small_workbook(tmp_path)
    commands = (["regenerate", "plan.xlsx"], ["calc", "plan.xlsx"], ["simulate", "plan.xlsx", "--draws", "64"])
    for words in commands[:FEW]:
        code, told = run(*words, folder=tmp_path, changes=SURROUNDINGS[name])
        assert code == 0, told
    code, told = run("template", "list", folder=tmp_path, changes=SURROUNDINGS[name])
    assert code in (0, 2), told
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("odd", ODD_NAMES)
def test_an_odd_path_is_a_path_and_nothing_else(odd: str, tmp_path: Path) -> None:
    folder = tmp_path / odd
    folder.mkdir()
    path = small_workbook(folder, f"{odd}.xlsx")
    code, told = run("regenerate", f"./{odd}.xlsx", folder=folder)
    assert code == 0, told
    if at_depth(0, 1):
        assert run("check", path, folder=tmp_path)[0] == 0
        assert run("report", path, "--format", "html", folder=tmp_path)[0] == 0
    assert len(list(folder.iterdir())) == 2 + at_depth(0, 1)
    assert not list(tmp_path.rglob("pwned"))


def test_of_two_writers_each_writes_all_or_nothing(tmp_path: Path) -> None:
    """Both begin with the same file: the later one finds another in its place, and leaves it."""
    path = small_workbook(tmp_path)
    before = path.read_bytes()
    words = (["regenerate", "plan.xlsx"], ["approve", "plan.xlsx", "--by", "A. Smith"])
    both = [
        subprocess.Popen(
            [*COMMAND, *one], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for one in words
    ]  # fmt: skip
    told = [one.communicate()[0] for one in both]
    codes = [one.returncode for one in both]
    assert set(codes) <= {0, 2}
    assert 0 in codes
    assert all("changed by another program" in text for code, text in zip(codes, told, strict=True) if code == 2)
    assert run("check", "plan.xlsx", folder=tmp_path)[0] == 0
    backups = [one.read_bytes() for one in tmp_path.glob("*backup*")]
    assert before in backups
    assert len(backups) == codes.count(0)
