"""The look of workbooks and papers as a workbook: every style shown and named, to be changed and read back.

``python -m ftroi.workbook.xlsx.look FILE`` writes the standard one, which stands in the template's folder.
"""

from __future__ import annotations

import colorsys
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.custom import CustomPropertyList, StringProperty
from openpyxl.styles import NamedStyle, PatternFill
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.xml.functions import fromstring

from ftroi.errors import Finding, WorkbookError
from ftroi.termsheet import Look, Template, ThemeTable
from ftroi.termsheet.look import STANDARD, theme_of
from ftroi.workbook.xlsx.file import File
from ftroi.workbook.xlsx.installed_fonts import is_installed
from ftroi.workbook.xlsx.logo import logo_in
from ftroi.workbook.xlsx.package_parts import Parts, open_parts
from ftroi.workbook.xlsx.styles import NUMBERS, PREFIX, Styles, named_styles

LOOK_FILE = "look.xlsx"
"""The look in a template's folder, which it may go without."""

SHEET = "Look"

_FIRST_ROW = 3
_MOST_ROWS = 300
_MOST_UNPACKED = 20_000_000
_STORED, _PIECE = "FT look ", 250
"""How the properties of a workbook are called that keep its look, and the characters that each holds."""

_LITERAL = re.compile(r"\\(.)")
_SHOWN_AS_THEY_ARE = "$-+/():!^&'~{}<>= "
"""Characters that a number format shows without quotes (ECMA-376, 18.8.31)."""

_STANDARD = "the standard look is used instead"


@dataclass(frozen=True)
class Taken:
    """What is taken from a named style: its font, the colour of its text, fill or line, or its number format."""

    style: str
    part: str
    about: str


def _taken() -> dict[str, Taken]:
    """What each value of a theme is taken from, by its path in the theme."""
    theme = ThemeTable()
    places = {
        "ink": ("text", "ink"), "grey": ("note", "ink"), "pale_grey": ("heading", "fill"),
        "closed_fill": ("closed", "fill"), "hairline": ("total", "line"), "band": ("band", "fill"),
        "input_ink": ("input", "ink"), "input_fill": ("input", "fill"), "link_ink": ("link", "ink"),
        "accent": ("accent", "fill"),
    }  # fmt: skip
    fields = type(theme.colours).model_fields
    found = {"font": Taken("text", "font", "The one family of type, of every cell, chart and paper.")}
    found |= {f"colours.{name}": Taken(*place, fields[name].description or "") for name, place in places.items()}
    for palette in ("visible", "hidden"):
        about = fields[palette].description or ""
        for number in range(len(getattr(theme.colours, palette))):
            found[f"colours.{palette}.{number}"] = Taken(f"{palette} {number + 1}", "fill", f"In charts: {about}")
    for code in type(theme.verdict).model_fields:
        said = f"The verdict's bar: {code.replace('_', ' ')}."
        found[f"verdict.{code}"] = Taken(f"verdict {code.replace('_', ' ')}", "fill", said)
    for kind, field in type(theme.numbers).model_fields.items():
        found[f"numbers.{kind}"] = Taken(f"number {kind}", "number", field.description or f"How a {kind} is written.")
    return found


TAKEN: Mapping[str, Taken] = _taken()

_PARTS = {
    "font": "font", "ink": "colour of text", "fill": "fill", "line": "colour of its upper line",
    "number": "number format",
}  # fmt: skip

# --- making ------------------------------------------------------------------------------------------------


def write_look(path: Path) -> None:
    """Write the standard look: one sheet that shows each named style, names it, and says what is taken from it."""
    theme = ThemeTable()
    file = File()
    sheet = file.add_worksheet(SHEET)
    styles = Styles(file.book, theme)
    sheet.write_string(0, 0, "Look", styles.of("title"))
    about = (
        "Change fonts, colours and number formats of the samples or of the named styles, put a logo (PNG) anywhere, "
        "save, then: ftroi new plan.xlsx --look FILE"
    )
    sheet.write_string(1, 0, about, styles.of("hint"))
    for column, (head, width) in enumerate((("Style", 28), ("Sample", 20), ("What is taken from it", 34), ("For", 70))):
        sheet.write_string(2, column, head, styles.of("header text"))
        sheet.set_column(column, column, width)
    made = [*named_styles(theme), *_swatches(theme)]
    for row, style in enumerate(made, start=_FIRST_ROW):
        sheet.write_string(row, 0, style.name, styles.of("text"))
        _write_sample(file.book, sheet, row, style)
        taken = [one for one in TAKEN.values() if f"{PREFIX}{one.style}" == style.name]
        sheet.write_string(row, 2, ", ".join(_PARTS[one.part] for one in taken) or "nothing", styles.of("hint"))
        sheet.write_string(row, 3, " ".join(one.about for one in taken), styles.of("hint"))
    sheet.freeze_panes(_FIRST_ROW, 0)
    sheet.around.sheet_view.showGridLines = False
    file.show_first(SHEET)
    file.describe("Look", "House style of ftroi's workbooks", "", datetime(2026, 1, 1))  # noqa: DTZ001 - no clock
    file.save(path)


def _swatches(theme: ThemeTable) -> Iterator[NamedStyle]:
    """Make the named styles that only show a colour of charts or a number format."""
    values = theme.model_dump()
    made = {f"{PREFIX}{one}" for one in ("text", "note", "heading", "closed", "total", "band", "input", "link")}
    for path, taken in TAKEN.items():
        name = f"{PREFIX}{taken.style}"
        if name in made:
            continue
        if taken.part == "number":
            kind = path.rpartition(".")[2]
            yield NamedStyle(name, number_format=values["numbers"][kind] or NUMBERS[kind])
        else:
            colour = _at(values, path).removeprefix("#")
            yield NamedStyle(name, fill=PatternFill("solid", fgColor=f"FF{colour}"))


def _at(values: Any, path: str) -> str:  # noqa: ANN401 - what a theme holds
    for key in path.split("."):
        values = values[int(key)] if key.isdigit() else values[key]
    return str(values)


def _write_sample(book: Workbook, sheet: Any, row: int, style: NamedStyle) -> None:  # noqa: ANN401 - a sheet of ours
    if style.name not in book.named_styles:
        book.add_named_style(style)
    cell = WriteOnlyCell(book.worksheets[0])
    cell.style = style.name
    number: int = cell.style_id
    if style.number_format != "General":
        sheet.write_number(row, 1, 46_000.5 if "yy" in style.number_format else 1234.5, number)
    else:
        sheet.write_string(row, 1, "Sample", number)


# --- reading -----------------------------------------------------------------------------------------------


def read_look(path: Path) -> Look:
    """Read a look; what cannot be used is a finding of it, and as the standard look has it.

    Raises WorkbookError where there is no such file.
    """
    if not path.is_file():
        cure = f"name a copy of the template's {LOOK_FILE}, changed in a spreadsheet program"
        raise WorkbookError(Finding(str(path), "there is no such look", cure))
    try:
        with open_parts(path) as parts:
            return _read(path, parts)
    except WorkbookError as error:
        return Look(findings=tuple(_odd(finding.where, finding.what) for finding in error.findings))
    except (ArithmeticError, AttributeError, LookupError, OSError, SyntaxError, TypeError, ValueError) as error:
        return Look(findings=(_odd(path, f"cannot be read ({type(error).__name__})"),))


def _odd(where: Path | str, what: str) -> Finding:
    cure = f"begin again from a copy of the template's {LOOK_FILE}, saved as .xlsx"
    return Finding(str(where), f"{what}; {_STANDARD}", cure)


def _read(path: Path, parts: Parts) -> Look:
    names = parts.part_names
    if any("vbaproject" in name.lower() for name in names):
        return Look(findings=(_odd(path, "has macros"),))
    if any("externallink" in name.lower() for name in names):
        return Look(findings=(_odd(path, "has links to other files"),))
    if sum(parts.size(name) for name in names if not name.startswith("xl/media/")) > _MOST_UNPACKED:
        return Look(findings=(_odd(path, f"holds more than {_MOST_UNPACKED:,} bytes besides pictures"),))
    parts.require_plain()
    theme, findings = _theme(path)
    logo, faults = logo_in(path, parts)
    return Look(theme, logo, (*findings, *faults))


def _theme(path: Path) -> tuple[ThemeTable, list[Finding]]:
    book = load_workbook(path, read_only=True, keep_links=False)
    try:
        cells = _samples(book)
        scheme = _scheme(book.loaded_theme)
    finally:
        book.close()
    values: dict[str, str] = {}
    findings = []
    for place, taken in TAKEN.items():
        name = f"{PREFIX}{taken.style}"
        value = _value(cells[name], taken.part, scheme) if name in cells else ""
        if value:
            values[place] = value
        else:
            what = f"has no {_PARTS[taken.part]}" if name in cells else "is missing"
            findings.append(_fault(path, taken, what))
    values = {place: value for place, value in values.items() if value != NUMBERS.get(place.removeprefix("numbers."))}
    theme, refused = theme_of(values)
    findings += [
        _fault(path, TAKEN[place], f"has a {_PARTS[TAKEN[place].part]} that cannot be used") for place in refused
    ]
    return theme, findings


def _fault(path: Path, taken: Taken, what: str) -> Finding:
    cure = f"give the sample of that style on the sheet {SHEET} another {_PARTS[taken.part]}"
    return Finding(f"{path}: style {PREFIX}{taken.style}", f"{what}; that of the standard look is used", cure)


def _samples(book: Workbook) -> dict[str, Any]:
    """Cells that wear each named style: the sample on the sheet, else one that is made with the style."""
    scratch = WriteOnlyCell  # a cell that stands on no sheet
    wanted = {f"{PREFIX}{taken.style}" for taken in TAKEN.values()}
    found: dict[str, Any] = {}
    for name in wanted.intersection(book.named_styles):
        cell = scratch(book.worksheets[0])
        cell.style = name
        found[name] = cell
    if SHEET in book.sheetnames:
        for named, sample in book[SHEET].iter_rows(max_row=_MOST_ROWS, max_col=2):
            if named.value in wanted and getattr(sample, "font", None) is not None:
                found[str(named.value)] = sample
    return found


def _value(cell: Any, part: str, scheme: list[str]) -> str:  # noqa: ANN401 - a cell of openpyxl's, of either kind
    """What a cell has of a part, "" for nothing."""
    if part == "font":
        return str(cell.font.name or "")
    if part == "number":
        return _unescaped(str(cell.number_format or ""))
    if part == "fill":
        return _colour(cell.fill.fgColor, scheme) if cell.fill.fill_type == "solid" else ""
    if part == "line":
        return _colour(cell.border.top.color, scheme) if cell.border.top and cell.border.top.style else ""
    return _colour(cell.font.color, scheme)


def _unescaped(number_format: str) -> str:
    """A number format with its literals in quotes; LibreOffice puts a backslash before each of their characters."""
    return _LITERAL.sub(lambda one: one[1] if one[1] in _SHOWN_AS_THEY_ARE else f'"{one[1]}"', number_format)


def _colour(colour: Any, scheme: list[str]) -> str:  # noqa: ANN401 - openpyxl's types say less
    """A colour as six digits, however the spreadsheet program stores it; "" where it is none."""
    if colour is None:
        return ""
    if colour.type == "theme":
        return _tinted(scheme[colour.theme], colour.tint) if colour.theme < len(scheme) else ""
    if colour.type == "indexed":
        return str(COLOR_INDEX[colour.indexed])[2:] if colour.indexed < len(COLOR_INDEX) else ""
    return str(colour.rgb)[2:]


def _tinted(digits: str, tint: float) -> str:
    """A colour lighter or darker, as ECMA-376 (18.3.1.15) has it."""
    red, green, blue = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, light, depth = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(255 * part):02X}" for part in colorsys.hls_to_rgb(hue, light, depth))


def _scheme(theme: bytes | None) -> list[str]:
    """The colours of a spreadsheet's own theme in the order in which cells number them."""
    if not theme:
        return []
    found = [
        str(one[0].get("lastClr") or one[0].get("val"))
        for one in next(fromstring(theme).iter("{http://schemas.openxmlformats.org/drawingml/2006/main}clrScheme"))
    ]
    return [found[1], found[0], found[3], found[2], *found[4:]]


# --- which look a workbook has -----------------------------------------------------------------------------


def dressed(template: Template, chosen: Path | None = None) -> Template:
    """A template in its look: the one of a file that was chosen, else its own, its folder's or the standard one.

    Raises WorkbookError where the file that was chosen is not there.
    """
    if chosen is not None:
        look = read_look(chosen)
        findings = (*look.findings, *_not_here(chosen, look))
        return replace(template, look=replace(look, findings=findings, is_chosen=True))
    path = template.folder / LOOK_FILE
    if template.look is not None or not path.is_file():
        return template
    return replace(template, look=read_look(path))


def _not_here(path: Path, look: Look) -> Iterator[Finding]:
    """Find a font that this machine does not have; the cells name it all the same, for machines that do."""
    font = look.theme.font
    if font != STANDARD.theme.font and is_installed(font) is False:
        what = f"the font {font[:60]} is not installed on this machine: programs here show another in its place"
        yield Finding(str(path), what, f"install it, or give the sample of the style {PREFIX}text another font")


def store_look(book: Workbook, look: Look) -> None:
    """Keep a chosen look in the properties of a workbook, of which no program drops any."""
    properties: Any = book.custom_doc_props  # type: ignore[attr-defined]  # openpyxl's types lack it
    text = look.theme.model_dump_json(exclude_defaults=True)
    for number, first in enumerate(range(0, len(text), _PIECE)):
        properties.append(StringProperty(name=f"{_STORED}{number:03}", value=text[first : first + _PIECE]))


def stored_look(path: Path) -> Look | None:
    """Read the look that a workbook was given, None for one that has its template's."""
    with open_parts(path) as parts:
        content = parts.content("docProps/custom.xml")
        if not content or _STORED.encode() not in content:
            return None
        try:
            tree: Any = fromstring(content)
            listed: Any = CustomPropertyList.from_tree(tree)
            held = {one.name: str(one.value) for one in listed.props if one.name.startswith(_STORED)}
            theme = ThemeTable.model_validate(json.loads("".join(held[name] for name in sorted(held))))
        except (AttributeError, LookupError, SyntaxError, TypeError, ValueError):
            return Look(findings=(_odd(path, "holds a look that cannot be read"),))
        logo, faults = logo_in(path, parts, is_ours=True)
        return Look(theme, logo, faults, is_chosen=True)


if __name__ == "__main__":
    write_look(Path(sys.argv[1]))
