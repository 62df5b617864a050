"""The declarations that LibreOffice reads of the functions: their types (IDL), and the help of the function wizard.

They also declare a job that computes a plan's cells when its workbook has been opened.

Sources: the UNO type language (UNOIDL) and the schemas of ``org.openoffice.Office.CalcAddIns`` and ``.Jobs``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from ftroi.functions.registry import Argument, Function

MODULE = "org.ftroi.sheet"
INTERFACE = "XFunctions"
SERVICE, JOB = f"{MODULE}.AddIn", f"{MODULE}.Opened"
SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
DOCUMENT = "[in] com::sun::star::beans::XPropertySet document"
"""The first argument of every method, which Calc hides from the user, and sets to the calling document."""

CATEGORY = "Add-In"
"""The category in the function wizard; Calc allows only its own categories."""

_NAMES = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'


def method_name(name: str) -> str:
    """The name of a function or argument in UNOIDL, which does not allow underscores.

    >>> method_name("FT_TCO_PV")
    'ftTcoPv'
    """
    first, *rest = name.lower().split("_")
    return first + "".join(word.capitalize() for word in rest)


def idl(functions: Iterable[Function]) -> str:
    """The interface with a method for each function; arguments of the type ``any`` are optional.

    Results have the type ``any``, too; tables are volatile results (see `inside.volatile_results`).
    """
    names = MODULE.split(".")
    opening = " ".join(f"module {name} {{" for name in names)
    methods = "".join(f"    {_method(function)};\n" for function in functions)
    body = f"interface {INTERFACE} : com::sun::star::uno::XInterface\n{{\n{methods}}};"
    return f"{opening}\n{body}\n{'}; ' * len(names)}\n"


def _method(function: Function) -> str:
    arguments = ", ".join([DOCUMENT, *(f"[in] any {method_name(argument.name)}" for argument in function.arguments)])
    return f"any {method_name(function.name)}( {arguments} )"


def configuration(functions: Iterable[Function]) -> str:
    """The file CalcAddIns.xcu: the functions' names in cells and in saved files, and the function wizard's help."""
    nodes = "".join(_node(method_name(function.name), _function(function)) for function in functions)
    methods = f'<node oor:name="AddInFunctions">{nodes}</node>'
    return _component("CalcAddIns", f'<node oor:name="AddInInfo">{_node(SERVICE, methods)}</node>')


def jobs() -> str:
    """The file Jobs.xcu: the job that LibreOffice runs when it has opened a spreadsheet."""
    job = _node(JOB, f"{_plain('Service', JOB)}{_plain('Context', SPREADSHEET)}")
    event = f'<node oor:name="OnLoadFinished" oor:op="fuse"><node oor:name="JobList">{_node(JOB, "")}</node></node>'
    return _component("Jobs", f'<node oor:name="Jobs">{job}</node><node oor:name="Events">{event}</node>')


def _component(name: str, content: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:component-data {_NAMES} oor:name="{name}" oor:package="org.openoffice.Office">'
        f"{content}</oor:component-data>\n"
    )


def _function(function: Function) -> str:
    parameters = "".join(
        _node(method_name(argument.name), "".join(_shown(argument.name, _help(argument))))
        for argument in function.arguments
    )
    return "".join([
        *_shown(function.name, function.help),
        _plain("Category", CATEGORY),
        _text("CompatibilityName", function.name),
        f'<node oor:name="Parameters">{parameters}</node>',
    ])  # fmt: skip


def _help(argument: Argument) -> str:
    return f"{argument.help} (May be left out.)" if argument.is_optional else argument.help


def _shown(name: str, text: str) -> Iterator[str]:
    yield _text("DisplayName", name)
    yield _text("Description", text)


def _node(name: str, content: str) -> str:
    return f'<node oor:name="{name}" oor:op="replace">{content}</node>\n'


def _plain(name: str, value: str) -> str:
    return f'<prop oor:name="{name}"><value>{value}</value></prop>'


def _text(name: str, text: str) -> str:
    return f'<prop oor:name="{name}"><value xml:lang="en-US">{escape(text)}</value></prop>'
