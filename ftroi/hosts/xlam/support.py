"""The VBA module that starts Python, taken from the installed xlwings with everything left out that we do not use.

xlwings' own module reads its settings from a sheet of the active workbook, or from a file beside it; so any workbook
could choose the program that is run. Ours has no such route: only the declarations and the procedures in `TAKEN` are
copied, and `GetConfig` and `XLPyCommand` are our own. Each copied text must be, but for xlwings' version number, the
one that was read and judged here: its SHA-256 is compared, and anything else is refused.
"""

from __future__ import annotations

import hashlib
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePath

from ftroi.errors import Finding, HostError
from ftroi.hosts.xlam.vba_project import CODE_PAGE

UPSTREAM = "xlwings/xlwings_custom_addin.bas"
NAME = "FtroiPython"
HEAD_END = "Public Const XLWINGS_VERSION"
LICENCE_START, LICENCE_END = "'xlwings is distributed under a BSD 3-clause license.", '\'Attribute VB_Name = "Main"'
VERSION_MARK = re.compile(r"'Version: ([0-9][0-9A-Za-z.]*)\n")
# What is copied, with the hash of the text that was judged (xlwings' version taken out).
HEAD = "declarations"
TAKEN = {
    HEAD: "2f0b1c1779583d76de7f347f8b86e5ef2396f03cf0927f87c4bb7031d1c49733",
    "Private Sub XLPyLoadDLL()": "6f93da0e6917ed52fa306cfc4e3d0dd54fa35ed120b38cb13ccc73055f018cf0",
    "Function XLPy()": "10cc55f9d5babc81a392c04182b21948e6cfef4b84422a2eb107c5040ebf8d47",
    "Sub KillPy()": "450263e9e0b161cf20bc39fb0391aff8b11d94492dbdde8d514bbcd73540e054",
    "Function ParentFolder(ByVal Folder)": "65e0b8e248ad1b765182c0a62a29e124966e7a31e2634807c16149585015b12c",
}
# What a path may not hold: signs that end a text in VBA, or that Windows' command line reads in a way of its own.
# `$(` would be read as a name of xlwings' own, such as $(CLSID).
UNSAFE = re.compile(r'["%\x00-\x1f]|\$\(')

SHELL = r"C:\Windows\System32\cmd.exe"
"""Where Windows keeps its shell; one that is installed on another drive is told by the add-in's first error."""

TOP = """\
Option Private Module
' From xlwings, shortened and changed for ftroi: see the procedures at the end.
"""
OUR_PROCEDURES = """\
' What follows replaces xlwings' reading of settings. The interpreter was fixed when this file was built: no sheet
' and no file is asked, and no folder of a workbook is handed to Python.
Private Function GetConfig(configKey As String, Optional default As String = "") As String
    If configKey = "INTERPRETER_WIN" Then GetConfig = "{interpreter}"
End Function

' -E and -s: no settings of the user's; -P: nothing is imported from the current folder; -B: no files are written.
Private Function XLPyCommand() As String
    Dim quote As String
    quote = Chr$(34)
    ' The shell by its whole path: Windows seeks a bare name in the current folder first, which may be a workbook's.
    XLPyCommand = quote & "{shell}" & quote & " /K " & quote & quote & GetConfig("INTERPRETER_WIN") & quote _
        & " -E -s -P -B -c " & quote & "import xlwings; xlwings.serve('$(CLSID)')" & quote & quote
End Function
"""
INTERPRETER = re.compile(r'INTERPRETER_WIN" Then GetConfig = "([^"\r\n]*)"')


def support_code(interpreter: PurePath) -> str:
    """The code of the module that starts `interpreter` (the path as Windows will see it).

    Raises HostError where xlwings is missing, its text is not the one that was judged, or the path cannot be written.
    """
    return adapt(read_upstream(), str(interpreter))


def interpreter_in(code: str) -> str:
    """The interpreter that our module's code starts; "" where it names none."""
    found = INTERPRETER.search(code)
    return found[1] if found else ""


def read_upstream() -> str:
    """Read the module of the installed xlwings; it is not imported, which would want Excel's libraries."""
    try:
        path = Path(str(distribution("xlwings").locate_file(UPSTREAM)))
        return path.read_text(encoding=CODE_PAGE)
    except (PackageNotFoundError, OSError) as error:
        cure = "install it beside ftroi: pip install xlwings"
        raise HostError(Finding("xlwings", "its VBA module was not found", cure)) from error


def adapt(upstream: str, interpreter: str) -> str:
    """Our module, made of `upstream`; every part that is not as expected, and a bad path, is a finding."""
    parts = {name: take(upstream, name) for name in TAKEN}
    findings = [*changed_parts(parts, version_of(upstream)), *path_findings(interpreter)]
    if findings:
        raise HostError(*findings)
    copied = [parts[name] for name in TAKEN if name != HEAD]
    ours = OUR_PROCEDURES.replace("{interpreter}", interpreter).replace("{shell}", SHELL)
    return "\n".join([TOP + licence(upstream), parts[HEAD], *copied, ours])


def version_of(upstream: str) -> str:
    """The version of xlwings that a text says it is of; "" where it says none."""
    found = VERSION_MARK.search(upstream)
    return found[1] if found else ""


def licence(upstream: str) -> str:
    """Xlwings' licence, which stands as a comment on top of its module and stays with every copy."""
    return between(upstream, LICENCE_START, LICENCE_END)


def take(upstream: str, name: str) -> str:
    """One part of the module: a procedure from its first line to its end, or the licence and declarations."""
    if name == HEAD:
        return between(upstream, LICENCE_END, HEAD_END).removeprefix(LICENCE_END).strip("\n") + "\n"
    end = "End Sub\n" if " Sub " in f" {name}" else "End Function\n"
    body = between(upstream, f"\n{name}\n", f"\n{end}")
    return body.lstrip("\n") + f"\n{end}" if body else ""


def between(text: str, start: str, end: str) -> str:
    """The text from `start` up to `end`; "" where one of them is missing, or the start stands twice."""
    first = text.find(start)
    last = text.find(end, first + len(start))
    return text[first:last] if first >= 0 and last >= 0 and text.count(start) == 1 else ""


def changed_parts(parts: dict[str, str], version: str) -> list[Finding]:
    """Find the parts that are not the text that was judged."""
    cure = "install the version of xlwings that this version of ftroi names, or a newer ftroi"
    return [
        Finding(UPSTREAM, f"'{name}' is not the text that ftroi knows", cure)
        for name, expected in TAKEN.items()
        if fingerprint(parts[name], version) != expected
    ]


def fingerprint(part: str, version: str) -> str:
    """The SHA-256 of a part with xlwings' version number taken out."""
    plain = part.replace(f"-{version}.dll", "-(version).dll") if version else part
    return hashlib.sha256(plain.encode()).hexdigest()


def path_findings(interpreter: str) -> list[Finding]:
    """Find what keeps the interpreter's path from being written into VBA, and run, as it is."""
    unsafe = UNSAFE.findall(interpreter)
    cure = "install ftroi's environment in a folder with a plain path"
    if unsafe:
        return [Finding(interpreter, f"the path to Python holds {unsafe[0]!r}", cure)]
    if not can_be_written(interpreter):
        return [Finding(interpreter, "the path to Python has letters that Excel's macros cannot write", cure)]
    return []


def can_be_written(text: str) -> bool:
    """Whether a text fits the code page of VBA's sources."""
    try:
        text.encode(CODE_PAGE)
    except UnicodeEncodeError:
        return False
    return True
