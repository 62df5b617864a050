"""What starts Python: no workbook can choose the program, and nothing is imported from a workbook's folder."""

from __future__ import annotations

import re
from pathlib import PureWindowsPath

import pytest

from ftroi.errors import HostError
from ftroi.hosts.xlam import support
from ftroi.hosts.xlam.build import modules
from tests.support.xlam_functions import FUNCTIONS, INTERPRETER

UPSTREAM = support.read_upstream()
OURS = support.adapt(UPSTREAM, str(INTERPRETER))


def code_lines(text: str) -> list[str]:
    """A module's lines without remarks."""
    return [line for line in text.splitlines() if line.strip() and not line.strip().startswith("'")]


def test_upstream_still_has_the_routes_that_we_take_out() -> None:
    """Or the next test proves nothing."""
    assert all(word in UPSTREAM for word in ROUTES)


ROUTES = (
    *("GetConfigFromSheet", "GetConfigFromFile", "GetDirectoryConfigFilePath", "GetConfigFilePath", "GetDirectoryPath"),
    *("ActiveWorkbook", "ThisWorkbook", ".conf", "prepare_sys_path", "PYTHONPATH", "WScript", "Environ(", "Open "),
    *("ExpandEnvironmentStrings", "RunPython", "ImportPythonUDFs", "LICENSE_KEY", "SheetExists"),
)


@pytest.mark.parametrize("word", ROUTES)
def test_nothing_reads_a_setting_from_a_workbook_or_a_file(word: str) -> None:
    assert word not in "\n".join(code_lines(OURS))


@pytest.mark.parametrize("word", ["ActiveWorkbook", ".conf", "Environ(", "Open ", "Shell"])
def test_no_function_has_such_a_route_either(word: str) -> None:
    wrappers = next(module for module in modules(INTERPRETER, FUNCTIONS) if module.name == "FtroiFunctions")
    assert word not in wrappers.source


def test_the_only_setting_is_the_interpreter_written_into_the_text() -> None:
    body = re.search(r"Function GetConfig\(.*?\n(.*?)End Function", OURS, re.DOTALL)
    assert body is not None
    assert body[1] == f'    If configKey = "INTERPRETER_WIN" Then GetConfig = "{INTERPRETER}"\n'
    assert OURS.count("Function GetConfig(") == 1


def test_python_is_started_without_the_current_folder() -> None:
    lines = code_lines(OURS)
    first = next(number for number, line in enumerate(lines) if "cmd.exe" in line)
    command = "".join(lines[first : first + 2])
    assert " -P " in command
    assert "GetConfig(" in command
    assert OURS.count("cmd.exe") == 1


def test_the_shell_is_started_by_its_whole_path() -> None:
    """Or a cmd.exe that lies beside a workbook would be."""
    command = next(line for line in code_lines(OURS) if "cmd.exe" in line)
    assert command.strip().startswith('XLPyCommand = quote & "C:\\Windows\\System32\\cmd.exe" & quote & " /K "')


def test_licence_of_xlwings_stays() -> None:
    start = UPSTREAM.index("'xlwings is distributed under a BSD 3-clause license.")
    end = UPSTREAM.index("POSSIBILITY OF SUCH DAMAGE.") + len("POSSIBILITY OF SUCH DAMAGE.")
    assert UPSTREAM[start:end] in OURS


def test_every_procedure_that_is_called_is_there() -> None:
    words = ("XLPyLoadDLL", "XLPyCommand", "GetConfig", "ParentFolder")
    assert all(len(re.findall(rf"(?:Sub|Function) {word}\b", OURS)) == 1 for word in words)


@pytest.mark.parametrize(
    "old, new",
    [
        ('GetConfig("CONDA ENV")\n\n    If (PYTHON_WIN', 'Environ("CONDA")\n\n    If (PYTHON_WIN'),
        ("XLPyDLLActivateAuto(XLPy, XLPyCommand, 1)", "XLPyDLLActivateAuto(XLPy, Range(1), 1)"),
        ("XLPyDLLActivateAuto(unused, XLPyCommand, -1)", "XLPyDLLActivateAuto(unused, XLPyCommand, -2)"),
        ('InStrRev(Folder, "\\") - 1', 'InStrRev(Folder, "\\") - 2'),
        ('Lib "KERNEL32"', 'Lib "KERNEL33"'),
        ("Function XLPy()", "Function XLPython()"),
        ("Sub KillPy()", "Sub KillPy()\nEnd Sub\n\nSub KillPy()"),
    ],
)
def test_changed_upstream_is_refused(old: str, new: str) -> None:
    changed = UPSTREAM.replace(old, new)
    assert changed != UPSTREAM
    with pytest.raises(HostError, match="is not the text that ftroi knows"):
        support.adapt(changed, str(INTERPRETER))


def test_all_that_changed_is_named_at_once() -> None:
    with pytest.raises(HostError) as caught:
        support.adapt("nothing of xlwings", str(INTERPRETER))
    assert len(caught.value.findings) == len(support.TAKEN)


def test_another_version_number_alone_is_no_change() -> None:
    newer = support.adapt(UPSTREAM.replace("0.37.8", "0.37.9"), str(INTERPRETER))
    assert newer == OURS.replace("0.37.8", "0.37.9")


@pytest.mark.parametrize(
    "path",
    [
        'C:\\a"b\\python.exe',
        "C:\\%TEMP%\\python.exe",
        "C:\\a\nb.exe",
        "C:\\Οικία\\python.exe",
        "C:\\$(CLSID)\\python.exe",
    ],
)
def test_path_that_cannot_be_written_is_refused(path: str) -> None:
    with pytest.raises(HostError, match="the path to Python"):
        support.support_code(PureWindowsPath(path))
