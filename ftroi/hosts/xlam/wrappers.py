"""The FT_ functions as VBA: each hands its arguments to Python and gives back the answer.

A cell is answered for its own workbook, whichever is in front: inputs that are left out are the ranges that the
calling cell's workbook names ``FT_Inputs`` and ``FT_Gates``. Excel cannot see that such a call depends on them, so it
is volatile; a call that is given its inputs is not. Python gets no workbook: xlwings looks for code in one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from ftroi.hosts.xlam.vba_project import CODE_PAGE

NAME = "FtroiFunctions"
SERVED_BY = "ftroi.hosts.excel"  # the Python module whose functions are called
NAMED_RANGES = {"inputs": "FT_Inputs", "gates": "FT_Gates"}
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

' The range that the workbook of the calling cell gives this name to; it need not be the workbook in front.
Private Function RangeOfCaller(ByVal rangeName As String) As Range
    Dim book As Workbook
    Set book = Application.Caller.Worksheet.Parent
    On Error Resume Next
    Set RangeOfCaller = book.Names(rangeName).RefersToRange
    On Error GoTo 0
    If RangeOfCaller Is Nothing Then
        Err.Raise vbObjectError + 513, , "#FT: this workbook has no range named " & rangeName _
            & "; make a plan with New plan, or give the range"
    End If
End Function
"""


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


def wrappers_code(functions: Sequence[WrappedFunction]) -> str:
    """Give the code of the module with all functions, in their order."""
    return "\n".join([HELPER, *("\n".join(wrapper_lines(function)) + "\n" for function in functions)])


def wrapper_lines(function: WrappedFunction) -> Iterator[str]:
    """Give the lines of one function."""
    name = function.name
    names = [vba_name(argument.name) for argument in function.arguments]
    yield f"Function {name}({', '.join(map(parameter, function.arguments))})"
    yield f'Attribute {name}.VB_Description = "{wizard_text(function)}"'
    yield f'Attribute {name}.VB_ProcData.VB_Invoke_Func = " \\n{OWN_CATEGORY}"'
    yield "    If TypeOf Application.Caller Is Range Then On Error GoTo failed"
    for argument in function.arguments:
        if argument.is_optional and argument.name in NAMED_RANGES:
            yield from own_range(argument.name)
    call = f'XLPy.CallUDF("{SERVED_BY}", "{name}", Array({", ".join(names)}), Nothing, Application.Caller)'
    yield from (f"    {name} = {call}", "    Exit Function", "failed:", f"    {name} = Err.Description", "End Function")


def own_range(argument: str) -> Iterator[str]:
    """Give the lines that put the workbook's own range in the place of an argument that was left out."""
    yield f"    If IsMissing({argument}) Then"
    yield "        Application.Volatile"
    yield f'        Set {argument} = RangeOfCaller("{NAMED_RANGES[argument]}")'
    yield "    End If"


def parameter(argument: WrappedArgument) -> str:
    """Give an argument as the function's first line states it."""
    return ("Optional " if argument.is_optional else "") + vba_name(argument.name)


def vba_name(name: str) -> str:
    """Give an argument's name in VBA, where words of the language cannot be names."""
    return f"{name}_" if name.lower() in RESERVED else name


def wizard_text(function: WrappedFunction) -> str:
    """Give the help of the function wizard: the function's, then as much of the arguments' as fits into 255 signs."""
    text = function.help
    for argument in function.arguments:
        longer = f"{text} {vba_name(argument.name)}: {argument.help}"
        if len(longer) > LONGEST_HELP:
            break
        text = longer
    one_line = " ".join(text[:LONGEST_HELP].split())
    return one_line.replace('"', "'").encode(CODE_PAGE, "replace").decode(CODE_PAGE)
