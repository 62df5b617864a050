"""The FT_ functions as VBA: each hands its arguments to Python and gives back the answer.

A cell is answered for its own workbook, whichever is in front: where inputs are left out, Python gets the calling
cell's workbook, and looks up the ranges that it names ``FT_Inputs``, ``FT_GateTable`` and ``FT_AsOf``. Excel cannot see
that such a call depends on them, so it is volatile; a call that is given its inputs is not. The workbook goes along as
an argument and not where xlwings expects it, which would look for code in its sheets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from ftroi.hosts.xlam.vba_project import CODE_PAGE
from ftroi.workbook.references.engine import FAILED

NAME = "FtroiFunctions"
SERVED_BY = "ftroi.hosts.excel"  # the Python module whose functions are called
BOOK, DAYS, SIZE = "book", "days", "size"  # what is handed over beside the typed arguments
INPUTS, GATES = "inputs", "gates"  # the arguments in whose place the workbook's own ranges may stand
LONGEST_HELP = 255
OWN_CATEGORY = 20  # the first behind Excel's own
RESERVED_WORDS = """
and any as boolean byref byte byval call case cdbl close const currency date declare dim do double each else elseif
empty end enum eqv erase error event exit false for friend function get global gosub goto if imp implements in
input integer is let like lock long loop lset me mod name new next not nothing null object on open option optional
or paramarray preserve print private property public put raiseevent redim rem resume return rset seek select set
single static step stop string sub then to true type typeof unlock until variant wend while with write xor
"""
RESERVED = frozenset(RESERVED_WORDS.split())
HELPER = """\
Option Explicit

' The workbook of the calling cell, where it is wanted; it need not be the workbook in front.
Private Function CallersBook(ByVal isWanted As Boolean) As Workbook
    If Not isWanted Then Exit Function
    If TypeOf Application.Caller Is Range Then Set CallersBook = Application.Caller.Worksheet.Parent
End Function

' What is added to a date's number: days between the two days that Excel counts from, where the workbook's is the later.
Private Function CallersDays() As Long
    If Not TypeOf Application.Caller Is Range Then Exit Function
    If Application.Caller.Worksheet.Parent.Date1904 Then CallersDays = 1462
End Function

' The rows and columns of the calling range: more than one cell each where an array formula was entered in a range.
Private Function CallersSize() As Variant
    CallersSize = Array(1, 1)
    If TypeOf Application.Caller Is Range Then
        CallersSize = Array(Application.Caller.Rows.Count, Application.Caller.Columns.Count)
    End If
End Function
"""
UNANSWERED = """
' What a cell shows where Python cannot be started; every other trouble is told by Python itself.
Private Function Unanswered(ByVal reason As String) As Variant
    Unanswered = {shown}
End Function
"""
BY_TEXT = f'"{FAILED}: Python did not answer (" & reason & "); run: ftroi doctor"'
BY_ERROR = "CVErr(xlErrNA)"
"""How a cell says that Python does not answer: a text; or the error of a value that is not there, for workbooks that
travel to machines without ftroi, where their formulas then say that it is not loaded."""


class WrappedArgument(Protocol):
    """What a wrapper needs to know of an argument."""

    @property
    def name(self) -> str:
        """The argument's name, in lower case."""

    @property
    def help(self) -> str:
        """What to give, in one sentence."""

    @property
    def is_optional(self) -> bool:
        """Whether a call may leave it out."""


class WrappedFunction(Protocol):
    """What a wrapper needs to know of a function."""

    @property
    def name(self) -> str:
        """The name in a cell, such as FT_TCO."""

    @property
    def arguments(self) -> Sequence[WrappedArgument]:
        """The arguments in order; behind an optional one all are optional."""

    @property
    def help(self) -> str:
        """What it gives, in one sentence."""

    @property
    def gives_table(self) -> bool:
        """Whether the answer fills a range."""


def wrappers_code(functions: Sequence[WrappedFunction], unanswered: str = BY_TEXT) -> str:
    """The code of the module with all functions, in their order; `unanswered` is BY_TEXT or BY_ERROR."""
    wrapped = ("\n".join(wrapper_lines(function)) + "\n" for function in functions)
    return "\n".join([HELPER + UNANSWERED.format(shown=unanswered), *wrapped])


def wrapper_lines(function: WrappedFunction) -> Iterator[str]:
    """The lines of one function."""
    name = function.name
    handed = [*(vba_name(argument.name) for argument in function.arguments), *handed_over(function).values()]
    yield f"Function {name}({', '.join(map(parameter, function.arguments))})"
    yield f'Attribute {name}.VB_Description = "{wizard_text(function)}"'
    yield f'Attribute {name}.VB_ProcData.VB_Invoke_Func = " \\n{OWN_CATEGORY}"'
    yield "    If TypeOf Application.Caller Is Range Then On Error GoTo failed"
    yield from volatile_lines(function)
    call = f'XLPy.CallUDF("{SERVED_BY}", "{name}", Array({", ".join(handed)}), Nothing, Application.Caller)'
    yield from (
        f"    {name} = {call}",
        "    Exit Function",
        "failed:",
        f"    {name} = Unanswered(Err.Description)",
        "End Function",
    )


def handed_over(function: WrappedFunction) -> dict[str, str]:
    """What is handed over behind the typed arguments, and the VBA that gives it.

    The workbook goes along only where it is wanted: Python's first look at it takes longer than a call. So the day
    that it counts from is handed over by itself.
    """
    names = {argument.name for argument in function.arguments}
    wanted = "True" if GATES in names else f"IsMissing({INPUTS})"
    book = {BOOK: f"CallersBook({wanted})", DAYS: "CallersDays()"} if INPUTS in names else {}
    return book | ({SIZE: "CallersSize()"} if function.gives_table else {})


def volatile_lines(function: WrappedFunction) -> Iterator[str]:
    """The line that has Excel ask again whenever it calculates; functions on gates always read the day as well."""
    names = {argument.name for argument in function.arguments}
    if GATES in names:
        yield "    Application.Volatile"
    elif INPUTS in names:
        yield f"    If IsMissing({INPUTS}) Then Application.Volatile"


def parameter(argument: WrappedArgument) -> str:
    """An argument as the function's first line states it."""
    return ("Optional " if argument.is_optional else "") + vba_name(argument.name)


def vba_name(name: str) -> str:
    """An argument's name in VBA, where words of the language cannot be names."""
    return f"{name}_" if name.lower() in RESERVED else name


def wizard_text(function: WrappedFunction) -> str:
    """The help of the function wizard: the function's, then as much of the arguments' as fits into 255 signs."""
    text = function.help
    for argument in function.arguments:
        longer = f"{text} {vba_name(argument.name)}: {argument.help}"
        if len(longer) > LONGEST_HELP:
            break
        text = longer
    one_line = " ".join(text[:LONGEST_HELP].split())
    return one_line.replace('"', "'").encode(CODE_PAGE, "replace").decode(CODE_PAGE)
