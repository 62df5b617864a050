"""The ribbon's buttons with the VBA that they run, and what ties formulas to the add-in that lost it.

A workbook with macros of its own has the same buttons but those that close the workbook, for its code would stop
there, and but the one that ties formulas to an add-in, for its formulas find their functions in itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

NAME = "FtroiRibbon"
NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"


@dataclass(frozen=True)
class Button:
    """One button: the macro that it runs, its label, its tip, and one of Office's own pictures."""

    macro: str
    label: str
    tip: str
    picture: str


BUTTONS = (
    Button("FtroiNewPlan", "New plan", "Make a workbook with a plan and open it", "FileNew"),
    Button("FtroiRegenerate", "Regenerate", "Bring this workbook up to date, keeping what was typed", "Refresh"),
    Button("FtroiCheck", "Check", "Check this workbook, as last saved", "ReviewTrackChanges"),
    Button("FtroiSimulate", "Simulate", "Draw the plan's range of outcomes, as last saved", "ChartInsert"),
    Button("FtroiReport", "Report", "Write a report on this workbook, as last saved", "FilePrint"),
    Button("FtroiReconnect", "Reconnect formulas", "Tie this workbook's FT_ formulas to ftroi", "HyperlinkInsert"),
    Button("FtroiHelp", "Help", "What the add-in offers, and what to do when it does not answer", "Help"),
)
IN_WORKBOOK = tuple(one for one in BUTTONS if one.macro not in ("FtroiRegenerate", "FtroiReconnect"))
"""The buttons of a workbook with macros of its own."""

WORKBOOK_CODE = """\
Option Explicit
Private WithEvents spreadsheet As Application

Private Sub Workbook_Open()
    Set spreadsheet = Application
End Sub

Private Sub spreadsheet_WorkbookOpen(ByVal Wb As Workbook)
    ReconnectQuietly Wb
End Sub
"""

_SHARED_CODE = """\
Option Explicit

Public Sub FtroiCheck(control As IRibbonControl)
    RunOnSaved "check"
End Sub

Public Sub FtroiReport(control As IRibbonControl)
    RunOnSaved "report"
End Sub

Public Sub FtroiHelp(control As IRibbonControl)
    MsgBox "Type =FT_ in a cell to see the functions; the function wizard explains each." & vbCrLf _
        & "When they do not answer, run in a terminal: ftroi doctor", vbInformation, "ftroi"
End Sub

Private Sub NewPlan(ByVal file As String, ByVal kind As String)
    Dim path As Variant
    path = Application.GetSaveAsFilename(file, kind, , "New plan")
    If VarType(path) = vbBoolean Then Exit Sub
    ShowText RunCommand("new", CStr(path))
    On Error Resume Next
    Workbooks.Open CStr(path)
End Sub

Private Sub RunOnSaved(ByVal action As String)
    Dim path As String
    path = SavedPath()
    If path <> "" Then ShowText RunCommand(action, path)
End Sub

' A workbook that was opened from OneDrive or SharePoint has an address of the web, and no path on this machine.
Private Function SavedPath() As String
    If ActiveWorkbook Is Nothing Then Exit Function
    If ActiveWorkbook.Path = "" Then
        MsgBox "Save this workbook first.", vbInformation, "ftroi"
    ElseIf LCase$(Left$(ActiveWorkbook.FullName, 4)) = "http" Then
        MsgBox "This workbook is on the web (OneDrive or SharePoint). Save a copy in a folder of this machine first.", _
            vbInformation, "ftroi"
    Else
        SavedPath = ActiveWorkbook.FullName
    End If
End Function

Private Function RunCommand(ByVal action As String, ByVal path As String) As String
    On Error GoTo failed
    RunCommand = XLPy.Str(XLPy.Call(XLPy.Module("ftroi.hosts.xlam.actions"), "run", XLPy.Tuple(action, path)))
    Exit Function
failed:
    RunCommand = "Python did not answer: " & Err.Description & vbCrLf & "Run in a terminal: ftroi doctor"
End Function

' A message box holds some thousand letters; more goes into a new workbook, as text that is no formula.
Private Sub ShowText(ByVal text As String)
    Dim lines As Variant, row As Long
    If Len(text) <= 900 Then
        MsgBox text, vbInformation, "ftroi"
        Exit Sub
    End If
    lines = Split(Replace(text, vbCr, ""), vbLf)
    With Workbooks.Add(xlWBATWorksheet).Worksheets(1)
        .Columns(1).NumberFormat = "@"
        .Columns(1).Font.Name = "Consolas"
        For row = 0 To UBound(lines)
            .Cells(row + 1, 1).Value = lines(row)
        Next row
        .Parent.Saved = True
    End With
End Sub
"""

_WORKBOOK_ONLY_CODE = """
Public Sub FtroiNewPlan(control As IRibbonControl)
    NewPlan "plan.xlsm", "Excel workbook with macros (*.xlsm), *.xlsm"
End Sub

Public Sub FtroiSimulate(control As IRibbonControl)
    RunOnSaved "simulate"
End Sub
"""

_ADD_IN_ONLY_CODE = """
Public Sub FtroiNewPlan(control As IRibbonControl)
    NewPlan "plan.xlsx", "Excel workbook (*.xlsx), *.xlsx"
End Sub

Public Sub FtroiSimulate(control As IRibbonControl)
    Select Case MsgBox("Write the figures into the sheet Risk too? For that this workbook is saved, closed and " _
        & "opened again.", vbYesNoCancel + vbQuestion, "ftroi")
        Case vbYes: RunOnClosed "simulate_write"
        Case vbNo: RunOnSaved "simulate"
    End Select
End Sub

Public Sub FtroiRegenerate(control As IRibbonControl)
    If MsgBox("Save and close this workbook, bring it up to date, and open it again?", vbOKCancel, "ftroi") = vbOK _
        Then RunOnClosed "regenerate"
End Sub

' A command that writes a workbook needs it closed; whatever comes of it, the workbook is opened again.
Private Sub RunOnClosed(ByVal action As String)
    Dim path As String
    path = SavedPath()
    If path = "" Then Exit Sub
    ActiveWorkbook.Close SaveChanges:=True
    ShowText RunCommand(action, path)
    Workbooks.Open path
End Sub

Public Sub FtroiReconnect(control As IRibbonControl)
    If ActiveWorkbook Is Nothing Then Exit Sub
    Reconnect ActiveWorkbook
    Application.CalculateFull
End Sub

' Only a workbook that carries the name FT_Inputs is touched, and it does not count as changed by it.
Public Sub ReconnectQuietly(ByVal book As Workbook)
    Dim inputs As Name, wasSaved As Boolean
    On Error Resume Next
    Set inputs = book.Names("FT_Inputs")
    If inputs Is Nothing Then Exit Sub
    wasSaved = book.Saved
    Reconnect book
    book.Saved = wasSaved
End Sub

' 'C:\\Users\\somebody\\ftroi.xlam'!FT_TCO becomes FT_TCO; a plain FT_TCO is entered anew, which ties it to this add-in.
Private Sub Reconnect(ByVal book As Workbook)
    Dim sheet As Worksheet, found As Range, cell As Range, links As Variant
    links = book.LinkSources(xlExcelLinks)
    On Error Resume Next
    For Each sheet In book.Worksheets
        Set found = Nothing
        Set found = sheet.UsedRange.SpecialCells(xlCellTypeFormulas)
        If Not found Is Nothing Then
            For Each cell In found.Cells
                If InStr(1, cell.Formula, "FT_", vbBinaryCompare) > 0 Then EnterAnew cell, links
            Next cell
        End If
    Next sheet
End Sub

Private Sub EnterAnew(ByVal cell As Range, ByVal links As Variant)
    Dim formula As String, spills As Boolean
    If cell.HasArray Then
        If cell.Address = cell.CurrentArray.Cells(1, 1).Address Then
            cell.CurrentArray.FormulaArray = WithoutPath(cell.FormulaArray, links)
        End If
        Exit Sub
    End If
    ' Excel before 2021 has neither Formula2 nor formulas that spill.
    On Error Resume Next
    formula = CallByName(cell, "Formula2", VbGet)
    spills = CallByName(cell, "HasSpill", VbGet)
    If formula = "" Then
        cell.Formula = WithoutPath(cell.Formula, links)
    ElseIf Not spills Then
        CallByName cell, "Formula2", VbLet, WithoutPath(formula, links)
    ElseIf CallByName(cell, "SpillParent", VbGet).Address = cell.Address Then
        CallByName cell, "Formula2", VbLet, WithoutPath(formula, links)
    End If
End Sub

Private Function WithoutPath(ByVal formula As String, ByVal links As Variant) As String
    Dim link As Variant, folder As String, file As String
    WithoutPath = formula
    If IsEmpty(links) Then Exit Function
    For Each link In links
        file = Mid$(link, InStrRev(Replace(link, "/", "\\"), "\\") + 1)
        folder = Left$(link, Len(link) - Len(file))
        If LCase$(file) = "ftroi.xlam" Then
            WithoutPath = Replace(WithoutPath, "'" & Replace(link, "'", "''") & "'!FT_", "FT_", , , vbTextCompare)
            WithoutPath = Replace(WithoutPath, "'" & Replace(folder, "'", "''") & "[" & file & "]'!FT_", "FT_", , , _
                vbTextCompare)
            WithoutPath = Replace(WithoutPath, file & "!FT_", "FT_", , , vbTextCompare)
        End If
    Next link
End Function
"""

CODE = _SHARED_CODE + _ADD_IN_ONLY_CODE
"""The code behind the add-in's buttons."""
CODE_IN_WORKBOOK = _SHARED_CODE + _WORKBOOK_ONLY_CODE
"""The code behind the buttons of a workbook with macros of its own."""


def ribbon_xml(buttons: Sequence[Button] = BUTTONS) -> str:
    """The ribbon's part of the package: one tab with one group of buttons."""
    shown = "".join(map(button_xml, buttons))
    group = f'<group id="ftroiGroup" label="Fine-tuning plans">{shown}</group>'
    tab = f'<tab id="ftroiTab" label="ftroi">{group}</tab>'
    return f'<customUI xmlns="{NAMESPACE}"><ribbon><tabs>{tab}</tabs></ribbon></customUI>'


def button_xml(button: Button) -> str:
    """One button."""
    values = {"id": button.macro, "label": button.label, "screentip": button.tip, "imageMso": button.picture}
    values |= {"size": "large", "onAction": f"{NAME}.{button.macro}"}
    return f"<button {' '.join(f'{key}={quoteattr(value)}' for key, value in values.items())}/>"
