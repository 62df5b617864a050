"""What Excel takes of a workbook file, and no reader that can run here refuses: limits, orders and references.

Sources: Microsoft's "Excel specifications and limits" (read November 2026), ECMA-376 part 1 (18.2 to 18.8).
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree
from openpyxl.utils import FORMULAE

from ftroi.workbook.xlsx.cells import column_number
from tests.support.package import parts

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"

_ROWS, _COLUMNS = 1_048_576, 16_384
_FORMULA, _NESTING, _ARGUMENTS, _TEXT_IN_FORMULA, _TEXT = 8_192, 64, 255, 255, 32_767
_STYLES, _FONTS, _NUMBER_FORMATS, _LINKS, _PAGE_BREAKS = 65_490, 512, 200, 65_530, 1_026
_SHEET_TITLE, _NAME, _SAID, _HEAD_OF_SAID = 31, 255, 255, 32
_ROW_HEIGHT, _COLUMN_WIDTH, _LEVEL = 409.5, 255, 7

_ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors",
    "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
]  # fmt: skip
"""The children of a worksheet in their order (CT_Worksheet)."""

_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([A-Za-z_][\w.]*))!")
_TOKEN = re.compile(r"([A-Za-z_][\w.]*)?\(|[),]")
_OWN_FUNCTIONS = ("_xlfn.", "FT_", "_xll.FT_")
_VALID_NAME = re.compile(r"[A-Za-z_\\][\w.\\?]*")
_LIKE_A_CELL = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_LIKE_ROW_AND_COLUMN = re.compile(r"R[0-9]*|C[0-9]*|R[0-9]*C[0-9]*", re.IGNORECASE)
_ERRORS = re.compile(r"#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)")


def breaches(path: Path) -> list[str]:
    """What Excel would not take of a workbook, each with its place."""
    return list(_breaches(parts(path)))


def _breaches(content: Mapping[str, bytes]) -> Iterator[str]:
    trees = {name: etree.fromstring(one) for name, one in content.items() if name.endswith((".xml", ".rels", ".vml"))}
    if found := list(_package(content, trees)):
        yield from found
        return
    book = trees["xl/workbook.xml"]
    titles = [str(one.get("name")) for one in book.iter(f"{_MAIN}sheet")]
    targets = _targets("xl/workbook.xml", trees)
    yield from _titles(book, titles)
    yield from _names(book, titles)
    yield from _styles(trees["xl/styles.xml"])
    texts = [_text(one) for one in trees["xl/sharedStrings.xml"]]
    yield from (f"a text of {len(one)} characters: {one[:40]}" for one in texts if len(one) > _TEXT)
    counts = {kind: _count(trees["xl/styles.xml"], kind) for kind in ("cellXfs", "dxfs")}
    for one in book.iter(f"{_MAIN}sheet"):
        sheet = trees[targets[str(one.get(f"{_RELATION}id"))]]
        found = [
            *_sheet(sheet),
            *_around(sheet, titles),
            *_cells(sheet, len(texts), counts["cellXfs"]),
            *_rules(sheet, counts["dxfs"]),
        ]
        yield from (f"{one.get('name')}: {each}" for each in found)
    yield from _formulas((trees[name] for name in set(targets.values()) if "worksheets/" in name), titles)


def _count(styles: Any, kind: str) -> int:
    found = styles.find(f"{_MAIN}{kind}")
    return 0 if found is None else len(found)


def _text(item: Any) -> str:
    return "".join(one.text or "" for one in item.iter(f"{_MAIN}t"))


# --- the package -------------------------------------------------------------------------------------------


def _package(content: Mapping[str, bytes], trees: Mapping[str, Any]) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    stated = [str(one.get("PartName")) for one in types if one.get("PartName")]
    endings = {one.get("Extension") for one in types if one.get("Extension")}
    yield from (f"[Content_Types].xml: {one} stands twice" for one in _doubles(stated))
    yield from (f"[Content_Types].xml: there is no {one}" for one in stated if one[1:] not in content)
    for name in content:
        if f"/{name}" not in stated and name.rpartition(".")[2] not in endings and name != "[Content_Types].xml":
            yield f"{name} has no content type"
    linked = {"[Content_Types].xml"} | {name for name in content if name.endswith(".rels")}
    for name in [one for one in content if one.endswith(".rels")]:
        owner = posixpath.normpath(posixpath.join(posixpath.dirname(name), "..", posixpath.basename(name)[:-5]))
        if owner not in {".", *content}:
            yield f"{name} belongs to no part"
        yield from (f"{name}: {one} stands twice" for one in _doubles(str(one.get("Id")) for one in trees[name]))
        targets = _targets("" if owner == "." else owner, trees)
        yield from (f"{name}: there is no {target}" for target in targets.values() if target not in content)
        used = (
            {value for one in trees[owner].iter() for key, value in one.items() if key.startswith(_RELATION)}
            if (owner in trees)
            else set(targets)
        )
        yield from (f"{owner} has no relation {one}" for one in used - set(targets) - _outside(trees[name]))
        linked |= set(targets.values())
    yield from (f"{name} is reached from nowhere" for name in set(content) - linked)
    for name, tree in trees.items():
        drawn = [str(one.get("id")) for one in tree.iter(f"{_DRAWING}cNvPr")]
        yield from (f"{name}: two drawings are numbered {one}" for one in _doubles(drawn))


def _targets(owner: str, trees: Mapping[str, Any]) -> dict[str, str]:
    """The parts that a part is related to, by the ids of the relations."""
    folder, file = posixpath.split(owner)
    related = trees.get(posixpath.join(folder, "_rels", f"{file}.rels"), ())
    inside = {str(one.get("Id")): unquote(str(one.get("Target"))) for one in related if not one.get("TargetMode")}
    return {one: posixpath.normpath(posixpath.join("/", folder, target))[1:] for one, target in inside.items()}


def _outside(related: Any) -> set[str]:
    return {str(one.get("Id")) for one in related if one.get("TargetMode")}


def _doubles(values: Iterable[str]) -> list[str]:
    return [one for one, count in Counter(value.lower() for value in values).items() if count > 1]


# --- sheets' titles and names ------------------------------------------------------------------------------


def _titles(book: Any, titles: list[str]) -> Iterator[str]:
    yield from (f"two sheets are called {one}" for one in _doubles(titles))
    yield from (f"two sheets have the {key} {one}" for key in ("sheetId", f"{_RELATION}id") for one in _doubles(
        str(sheet.get(key)) for sheet in book.iter(f"{_MAIN}sheet")
    ))  # fmt: skip
    for title in titles:
        if not 0 < len(title) <= _SHEET_TITLE or re.search(r"[\[\]:*?/\\]|^'|'$", title) or title.lower() == "history":
            yield f"no title of a sheet: {title}"


def _names(book: Any, titles: list[str]) -> Iterator[str]:
    names = list(book.iter(f"{_MAIN}definedName"))
    yield from (f"a name is defined twice: {one}" for one in _doubles(
        f"{one.get('name')} of sheet {one.get('localSheetId', 'any')}" for one in names
    ))  # fmt: skip
    for one in names:
        name, comment = str(one.get("name")), one.get("comment", "")
        if int(one.get("localSheetId", 0)) >= len(titles):
            yield f"{name} is the name of a sheet that is not there"
        if not name.startswith("_xlnm.") and not is_name(name):
            yield f"no valid name: {name}"
        if len(comment) > _SAID:
            yield f"{name} is explained in {len(comment)} characters"
        yield from (f"{name}: {found}" for found in _formula(str(one.text), titles))


def is_name(name: str) -> bool:
    """Whether Excel takes a text as a name: not like a cell's address in either notation."""
    if len(name) > _NAME or not _VALID_NAME.fullmatch(name) or _LIKE_ROW_AND_COLUMN.fullmatch(name):
        return False
    cell = _LIKE_A_CELL.fullmatch(name)
    return cell is None or column_number(cell[1].upper()) > _COLUMNS or not 0 < int(cell[2]) <= _ROWS


# --- styles ------------------------------------------------------------------------------------------------


def _styles(styles: Any) -> Iterator[str]:
    for kind, most in (("cellXfs", _STYLES), ("fonts", _FONTS), ("numFmts", _NUMBER_FORMATS)):
        if (found := _count(styles, kind)) > most:
            yield f"{found} {kind}, more than {most}"
    codes = [one for one in styles.iter(f"{_MAIN}numFmt") if len(str(one.get("formatCode"))) > _SAID]
    yield from (f"a number format is too long: {one.get('formatCode')}" for one in codes)
    counts = {kind: _count(styles, kind) for kind in ("fonts", "fills", "borders", "cellStyleXfs")}
    keys = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}
    for one in styles.iter(f"{_MAIN}xf"):
        yield from (f"a style has the {key} {one.get(key)}" for key, kind in keys.items() if (
            int(one.get(key, 0)) >= counts[kind]
        ))  # fmt: skip
    names = [str(one.get("name")) for one in styles.iter(f"{_MAIN}cellStyle")]
    yield from (f"two styles are called {one}" for one in _doubles(names))


# --- sheets ------------------------------------------------------------------------------------------------


def _sheet(sheet: Any) -> Iterator[str]:
    places = [_ORDER.index(etree.QName(one).localname) for one in sheet]
    if places != sorted(places):
        yield f"parts out of order: {[_ORDER[place] for place in places]}"
    columns = [
        (int(one.get("min")), int(one.get("max")), float(one.get("width", 0))) for one in sheet.iter(f"{_MAIN}col")
    ]
    for before, after in pairwise(columns):
        if after[0] <= before[1]:
            yield f"widths of columns overlap: {before}, {after}"
    yield from (f"a column of width {one[2]}" for one in columns if one[2] > _COLUMN_WIDTH)
    for row in sheet.iter(f"{_MAIN}row", f"{_MAIN}col"):
        if float(row.get("ht", 0)) > _ROW_HEIGHT or int(row.get("outlineLevel", 0)) > _LEVEL:
            yield f"a row or column with {dict(row.items())}"


def _around(sheet: Any, titles: list[str]) -> Iterator[str]:
    """What is wrong with headers, breaks, links and merged cells."""
    for kind in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
        yield from (f"{kind} is too long" for one in sheet.iter(f"{_MAIN}{kind}") if len(one.text or "") > _SAID)
    if sum(1 for _ in sheet.iter(f"{_MAIN}brk")) > _PAGE_BREAKS:
        yield "too many page breaks"
    links = list(sheet.iter(f"{_MAIN}hyperlink"))
    if len(links) > _LINKS:
        yield f"{len(links)} links"
    for link in links:
        yield from (
            f"the link of {link.get('ref')}: {one}" for one in _formula(str(link.get("location") or ""), titles)
        )
        if len(link.get("tooltip", "")) > _SAID:
            yield f"the tip of {link.get('ref')} is too long"
    merged = [one.get("ref") for one in sheet.iter(f"{_MAIN}mergeCell")]
    yield from (f"merged twice: {one}" for one in _doubles(merged))


def _cells(sheet: Any, texts: int, styles: int) -> Iterator[str]:
    above = 0
    for row in sheet.iter(f"{_MAIN}row"):
        number, left = int(row.get("r")), 0
        if not above < number <= _ROWS:
            yield f"row {number} comes after row {above}"
        above = number
        for cell in row:
            place = re.fullmatch(r"([A-Z]+)([0-9]+)", cell.get("r", ""))
            column = column_number(place[1]) if place and int(place[2]) == number else 0
            if not left < column <= _COLUMNS:
                yield f"{cell.get('r')} comes after column {left} of row {number}"
            left = column
            yield from (f"{cell.get('r')}: {one}" for one in _cell(cell, texts, styles))


def _cell(cell: Any, texts: int, styles: int) -> Iterator[str]:
    kind, value = cell.get("t", "n"), cell.find(f"{_MAIN}v")
    if int(cell.get("s", 0)) >= styles:
        yield "a style that is not there"
    if kind == "e":
        yield f"the error {value.text}"
    if kind == "s" and int(value.text) >= texts:
        yield "a text that is not there"
    if kind == "str" and len(value.text or "") > _TEXT:
        yield f"a text of {len(value.text)} characters"
    if cell.find(f"{_MAIN}f") is not None and value is None:
        yield "a formula without its value"


# --- rules of a sheet --------------------------------------------------------------------------------------


def _rules(sheet: Any, looks: int) -> Iterator[str]:
    for rule in sheet.iter(f"{_MAIN}dataValidation"):
        for key, most in (
            ("prompt", _SAID),
            ("error", _SAID),
            ("promptTitle", _HEAD_OF_SAID),
            ("errorTitle", _HEAD_OF_SAID),
        ):
            if len(rule.get(key, "")) > most:
                yield f"validation of {rule.get('sqref')}: {key} is too long"
        yield from (f"validation of {rule.get('sqref')} has {len(one.text)} characters" for one in rule if (
            len(one.text or "") > _SAID
        ))  # fmt: skip
    ranks = [one.get("priority") for one in sheet.iter(f"{_MAIN}cfRule")]
    yield from (f"two conditional formats have the priority {one}" for one in _doubles(ranks))
    for one in sheet.iter(f"{_MAIN}cfRule"):
        if int(one.get("dxfId", 0)) >= looks:
            yield "a conditional format with a look that is not there"


# --- formulas ----------------------------------------------------------------------------------------------


def _formulas(sheets: Iterable[Any], titles: list[str]) -> Iterator[str]:
    """What is wrong with formulas of cells, validations and conditional formats, each text looked at once."""
    kinds = [f"{_MAIN}{kind}" for kind in ("f", "formula", "formula1", "formula2")]
    texts = {one.text for sheet in sheets for one in sheet.iter(*kinds) if one.text}
    for text in sorted(texts):
        yield from (f"{one} in {text[:80]}" for one in _formula(text, titles))


def _formula(text: str, titles: list[str]) -> Iterator[str]:
    if len(text) > _FORMULA:
        yield f"{len(text)} characters"
    yield from (f"a text of {len(one)} characters" for one in _QUOTED.findall(text) if len(one) > _TEXT_IN_FORMULA)
    bare = _QUOTED.sub('""', text)
    if found := _ERRORS.search(bare):
        yield f"the error {found[0]}"
    known = {title.lower() for title in titles}
    for quoted, plain in _SHEET.findall(bare):
        if (quoted.replace("''", "'") or plain).lower() not in known:
            yield f"a sheet that is not there: {quoted or plain}"
    yield from _calls(_SHEET.sub("", bare))


def _calls(bare: str) -> Iterator[str]:
    """What is wrong with the calls of a formula without texts and sheets: depth, arguments, unknown functions."""
    open_calls: list[tuple[str, int]] = []
    for token in _TOKEN.finditer(bare):
        if token[0] == ",":
            if open_calls:
                name, count = open_calls[-1]
                open_calls[-1] = name, count + 1
        elif token[0] == ")":
            name, count = open_calls.pop()
            if name and count > _ARGUMENTS:
                yield f"{name} with {count} arguments"
        else:
            name = token[1] or ""
            open_calls.append((name, 1))
            if name and name.upper() not in FORMULAE and not name.startswith(_OWN_FUNCTIONS):
                yield f"{name}, which Excel 2007 had not, without the prefix of newer functions"
            if sum(1 for one, _ in open_calls if one) > _NESTING:
                yield f"more than {_NESTING} levels"
    if open_calls:
        yield "a parenthesis left open"
