"""The FT_ functions in LibreOffice Calc: each call is handed to ftroi, which has a Python environment of its own.

This file is the component of the extension ftroi.oxt. It must never fail at its import, because all cells
would then show Err:504 without a reason; what is wrong is told in the cells instead. What it knows stands in
settings.json beside it: where ftroi is, and what the methods are called.
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
    """What the builder wrote; nothing where the file cannot be read."""
    try:
        found: dict[str, Any] = json.loads((HERE / "settings.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


@cache
def answer() -> Callable[..., Any]:
    """What answers calls: the engine, imported once, or else the reason why there is none."""
    try:
        use(settings()["paths"])
        from ftroi.hosts.office.inside.answers import answered
    except Exception as error:
        logging.getLogger("ftroi").exception("the engine could not be loaded")
        text = f"#FT: engine not loaded: {reason(error)}"
        return lambda *_: text
    return answered


def use(paths: list[str]) -> None:
    """Let ftroi's own folders come first; nothing else is looked at for it."""
    before = list(sys.path)
    for path in paths:
        site.addsitedir(path)
    added = [path for path in sys.path if path not in before]
    sys.path[:] = dict.fromkeys([*paths, *added, *before])
    from ftroi.hosts.log import log_to_file

    log_to_file()


def reason(error: Exception) -> str:
    """Say in one line why the engine could not be loaded, and what to do."""
    here, made_for = "{}.{}".format(*sys.version_info[:2]), settings().get("python")
    told = str(error).split(" (or '")[0]  # LibreOffice's own import adds a guess at the name of a type
    words = " ".join(f"{type(error).__name__}: {told}".split())[:200]
    if made_for and made_for != here:
        return f"LibreOffice runs Python {here}, ftroi was installed with {made_for}; install it with {here} ({words})"
    return f"{words}; run setup_addin.py again"


def method(function: str) -> Callable[..., Any]:
    """The method that answers a function; Calc puts the calling document first."""

    def call(_self: object, document: Any, *arguments: Any) -> Any:
        return answer()(function, document, arguments)

    return call


class AddIn(unohelper.Base, XFunctions, XServiceInfo):  # type: ignore[misc]  # LibreOffice's types are found while running
    """What Calc calls; its methods are those of settings.json."""

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
    """What LibreOffice calls when it has opened a spreadsheet."""

    def __init__(self, context: object) -> None:
        """Take LibreOffice's context, which is not needed."""

    def execute(self, arguments: Any) -> None:
        """Compute the document that the arguments name, if it is a plan's and nobody turned automatic computing off.

        This waits for it: a second thread that asks for cells meanwhile could wait for this one for ever.
        """
        given = {one.Name: one.Value for one in arguments}
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
    """Compute every cell of a document afresh, without a question about saving when it is closed.

    LibreOffice trusts the values in a file, and those of the engine's cells say that there is no add-in.
    """
    was_modified = document.isModified()
    document.calculateAll()
    if not was_modified:
        set_unmodified(document)


def set_unmodified(document: Any) -> None:
    """Say that nothing is to be saved; a chart that shows new figures counts as a change of its own."""
    sheets = document.Sheets
    for charts in (sheets.getByIndex(place).Charts for place in range(sheets.Count)):
        for place in range(charts.Count):
            charts.getByIndex(place).EmbeddedObject.setModified(False)
    document.setModified(False)


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the name by which LibreOffice finds it
g_ImplementationHelper.addImplementation(AddIn, IMPLEMENTATION, AddIn(None).getSupportedServiceNames())
g_ImplementationHelper.addImplementation(Opened, JOB_IMPLEMENTATION, Opened(None).getSupportedServiceNames())
