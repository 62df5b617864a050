"""The UNO component of the extension ftroi.oxt: it passes each call of an FT_ function to ftroi.

ftroi has a Python environment of its own; settings.json beside this file holds its folders, and the names of the
methods. The import of this file must never fail, because all cells would then show Err:504 without a reason; problems
are reported in the cells instead.
"""

from __future__ import annotations

import json
import logging
import site
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import unohelper
from com.sun.star.lang import XServiceInfo
from com.sun.star.task import XJob
from org.ftroi.sheet import XFunctions

SERVICE, JOB = "org.ftroi.sheet.AddIn", "org.ftroi.sheet.Opened"
IMPLEMENTATION, JOB_IMPLEMENTATION = f"{SERVICE}Implementation", f"{JOB}Implementation"
INPUTS = "FT_Inputs"
HERE = Path(__file__).parent


@cache
def settings() -> dict[str, Any]:
    """The settings that the builder wrote; empty if the file cannot be read."""
    try:
        found: dict[str, Any] = json.loads((HERE / "settings.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


@cache
def answer() -> Callable[..., Any]:
    """The function that answers calls, imported once; if that fails, one that returns the reason as text."""
    try:
        use(settings()["paths"])
        from ftroi.hosts.office.inside.answers import answered
    except Exception as error:
        logging.getLogger("ftroi").exception("the engine could not be loaded")
        text = f"#FT: engine not loaded: {reason(error)}"
        return lambda *_: text
    return answered


def use(paths: list[str]) -> None:
    """Put ftroi's folders first on the import path, and start logging."""
    before = list(sys.path)
    for path in paths:
        site.addsitedir(path)
    added = [path for path in sys.path if path not in before]
    sys.path[:] = dict.fromkeys([*paths, *added, *before])
    from ftroi.hosts.log import log_to_file

    log_to_file()


def reason(error: Exception) -> str:
    """The reason in one line why the engine could not be loaded, and what to do."""
    here, made_for = "{}.{}".format(*sys.version_info[:2]), settings().get("python")
    told = str(error).split(" (or '")[0]  # LibreOffice's own import adds a guess at the name of a type
    words = " ".join(f"{type(error).__name__}: {told}".split())[:200]
    if made_for and made_for != here:
        return f"LibreOffice runs Python {here}, ftroi was installed with {made_for}; install it with {here} ({words})"
    return f"{words}; run setup_addin.py again"


def method(function: str) -> Callable[..., Any]:
    """The method for a function; Calc passes the calling document as first argument."""

    def call(_self: object, document: Any, *arguments: Any) -> Any:
        return answer()(function, document, arguments)

    return call


class AddIn(unohelper.Base, XFunctions, XServiceInfo):  # type: ignore[misc]  # LibreOffice's types are found while running
    """The add-in that Calc calls; its methods are those in settings.json."""

    def __init__(self, context: object) -> None:
        """Take LibreOffice's context, which is not needed."""

    def getImplementationName(self) -> str:  # noqa: N802 - LibreOffice's name
        """The component's own name."""
        return IMPLEMENTATION

    def supportsService(self, name: str) -> bool:  # noqa: N802 - LibreOffice's name
        """Say whether this is the service asked for."""
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self) -> tuple[str, ...]:  # noqa: N802 - LibreOffice's name
        """The services: an add-in, and this one."""
        return (SERVICE, "com.sun.star.sheet.AddIn")


for name, function in settings().get("methods", {}).items():
    setattr(AddIn, name, method(function))


class Opened(unohelper.Base, XJob, XServiceInfo):  # type: ignore[misc]  # LibreOffice's types are found while running
    """The job that LibreOffice runs when it has opened a spreadsheet."""

    def __init__(self, context: object) -> None:
        """Take LibreOffice's context, which is not needed."""

    def execute(self, arguments: Any) -> None:
        """Recalculate the document in the arguments, if it is a plan's and automatic calculation is on.

        It runs in this thread: a second thread that reads cells meanwhile could deadlock with this one.
        """
        given = {argument.Name: argument.Value for argument in arguments}
        document = {one.Name: one.Value for one in given["Environment"]}["Model"]
        if document.NamedRanges.hasByName(INPUTS) and document.isAutomaticCalculationEnabled():
            compute(document)

    def getImplementationName(self) -> str:  # noqa: N802 - LibreOffice's name
        """The job's own name."""
        return JOB_IMPLEMENTATION

    def supportsService(self, name: str) -> bool:  # noqa: N802 - LibreOffice's name
        """Say whether this is the service asked for."""
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self) -> tuple[str, ...]:  # noqa: N802 - LibreOffice's name
        """The services: a job, and this one."""
        return (JOB, "com.sun.star.task.Job")


def compute(document: Any) -> None:
    """Recalculate all cells of a document without marking it as modified.

    LibreOffice shows the values stored in a file, and those of FT_ functions say that there is no add-in.
    """
    was_modified = document.isModified()
    document.calculateAll()
    if not was_modified:
        set_unmodified(document)


def set_unmodified(document: Any) -> None:
    """Mark a document as unmodified, including its charts, which count as modified when their values change."""
    sheets = document.Sheets
    for charts in (sheets.getByIndex(place).Charts for place in range(sheets.Count)):
        for place in range(charts.Count):
            charts.getByIndex(place).EmbeddedObject.setModified(False)
    document.setModified(False)


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the name by which LibreOffice finds it
g_ImplementationHelper.addImplementation(AddIn, IMPLEMENTATION, AddIn(None).getSupportedServiceNames())
g_ImplementationHelper.addImplementation(Opened, JOB_IMPLEMENTATION, Opened(None).getSupportedServiceNames())
