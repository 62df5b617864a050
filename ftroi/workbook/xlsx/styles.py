"""How cells look: named styles, the kinds of cells that are made of them, and number formats by unit.

Inputs are blue on pale yellow, formulas black, links to other sheets green, units grey; sums are
bold under a hairline. A style is made once for each pair of kind and number format.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any, TypeVar

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle

from ftroi.termsheet import ThemeTable
from ftroi.termsheet.colour import WHITE, ink_on
from ftroi.workbook.xlsx.number_formats import decimals_of
from ftroi.workbook.xlsx.roles import ROLES, Role
from ftroi.workbook.xlsx.worksheet import Style

HOUSE = ThemeTable()
"""The look of a template that brings no house style of its own."""

PREFIX = "FT "
"""What the names of our styles begin with, so that none is taken for one of a spreadsheet program's own."""

_Part = TypeVar("_Part", Font, Alignment)

TITLE, SUBTITLE, BODY, SMALL = 20, 14, 11, 9
"""The sizes of type."""


def named_styles(theme: ThemeTable) -> list[NamedStyle]:
    """The named styles that all kinds of cells are made of, in a theme."""
    colours = theme.colours

    def font(size: int = BODY, *, bold: bool = False, ink: str = colours.ink) -> Font:
        return Font(name=theme.font, sz=size, b=bold, color=_argb(ink))

    def fill(colour: str) -> PatternFill:
        return PatternFill("solid", fgColor=_argb(colour))

    hair, thin = (Side(style, color=_argb(colours.hairline)) for style in ("hair", "thin"))
    middle = Alignment(vertical="center")
    made: dict[str, dict[str, Any]] = {
        "text": {"font": font()},
        "title": {"font": font(TITLE)},
        "subtitle": {"font": font(SUBTITLE)},
        "note": {"font": font(SMALL, ink=colours.grey)},
        "verdict": {
            "font": font(TITLE, bold=True), "alignment": Alignment(horizontal="left", vertical="center", indent=1)
        },
        "heading": {"font": font(bold=True), "fill": fill(colours.pale_grey)},
        "header": {
            "font": font(bold=True), "border": Border(bottom=thin),
            "alignment": Alignment(wrap_text=True, vertical="bottom"),
        },
        "band": {"font": font(bold=True), "fill": fill(colours.band)},
        "input": {
            "font": font(ink=colours.input_ink), "fill": fill(colours.input_fill), "border": Border(bottom=hair)
        },
        "chosen": {
            "font": font(bold=True, ink=colours.input_ink), "fill": fill(colours.input_fill),
            "border": Border(left=thin, right=thin, top=thin, bottom=thin), "alignment": middle,
        },
        "closed": {"font": font(), "fill": fill(colours.closed_fill)},
        "card": {
            "font": font(), "fill": fill(colours.closed_fill), "border": Border(left=Side("thick", color=_argb(WHITE)))
        },
        "calculation": {"font": font()},
        "total": {"font": font(bold=True), "border": Border(top=hair)},
        "link": {"font": font(ink=colours.link_ink)},
    }  # fmt: skip
    return [NamedStyle(f"{PREFIX}{name}", **look) for name, look in made.items()]


def mark(ink: str = "", fill: str = "", *, bold: bool = False) -> DifferentialStyle:
    """What a conditional format changes: the colours of text and ground, the weight of the text."""
    font = Font(name=None, sz=None, family=None, scheme=None, color=_argb(ink) if ink else None, b=bold or None)
    ground = PatternFill(bgColor=_argb(fill), fill_type="solid") if fill else None
    return DifferentialStyle(font=font, fill=ground)


def _argb(colour: str) -> str:
    return f"FF{colour.removeprefix('#')}"


NUMBERS = {
    "general": "General",
    "flag": '0;-0;"–"',
    "whole": '#,##0;(#,##0);"–"',
    "thousands": '#,##0,;(#,##0,);"–"',
    "cents": '#,##0.000;(#,##0.000);"–"',
    "price": "[>=1]#,##0.00;[<=-1](#,##0.00);0.00####",
    "percent": '#,##0.0%;(#,##0.0%);"–"',
    "factor": "0.0000",
    "multiple": '0.00"×"',
    "life multiple": '0.0"× life"',
    "months": "0.0",
    "months in words": '0.0" months"',
    "whole months in words": '0" months"',
    "decimal": '#,##0.0##;(#,##0.0##);"–"',
    "date": "yyyy-mm-dd",
    "calendar": "yyyy-mm",
    "year": '"Year "0',
    "unit share": ';;;"share"',
    "unit share a year": ';;;"share a year"',
    "unit share a month": ';;;"share a month"',
    "unit multiple": ';;;"times"',
    "unit number": ';;;"number"',
    "input whole": "[>=100000000000]0.00E+00;#,##0",
    "input price": "[>=1]#,##0.00;[<=-1]-#,##0.00;0.00####",
    "input percent": "0.0##%",
}
"""Number formats by kind. Inputs show a zero as what it is; elsewhere it is a dash.

Those of units tell in words what the term sheet writes as 1, 1/year or 1/month; the cell's text stays that."""

_ALONE = {
    "thousands": "#,##0,", "percent": "0.0%", "whole": "#,##0", "price": "#,##0.00##", "decimal": "#,##0.0##",
    "multiple": '0.00"×"', "factor": "0.0000", "months": "0.0", "flag": "0", "general": "General",
}  # fmt: skip
NUMBERS |= {
    f"reference {kind}": f'"Baseline "{shown};"Baseline "({shown});"Baseline –";"Baseline: "@'
    for kind, shown in _ALONE.items()
} | {"reference months in words": '"Baseline "0.0" months";"Baseline "0.0;"Baseline "0.0" months";"Baseline: "@'}
"""The same with the word before them, for the baseline's figures below those of the option shown."""

BOUND_NUMBERS = {"date": "date", "input percent": "input percent"}
"""Number formats that bounds share with the figures that they bound; others are shown as they are."""


_DECIMALS = {
    "price": "[>=1]#,##0{0};[<=-1](#,##0{0});0.00####",
    "input price": "[>=1]#,##0{0};[<=-1]-#,##0{0};0.00####",
}
"""Prices by the decimals that the currency has; below one unit of money they show as many as they need."""


def numbers_of(theme: ThemeTable, currency: str) -> dict[str, str]:
    """The number formats of a plan in a currency: the theme's, else those of NUMBERS."""
    digits = decimals_of(currency)
    decimals = f".{'0' * digits}" if digits else ""
    priced = {kind: text.format(decimals) for kind, text in _DECIMALS.items()}
    if not digits:
        priced["cents"] = NUMBERS["whole"]
    return {**NUMBERS, **priced, **theme.numbers.model_dump(exclude_none=True)}


class Styles:
    """The cell styles of one workbook."""

    def __init__(self, book: Workbook, theme: ThemeTable = HOUSE, currency: str = "USD") -> None:
        """Put the named styles into ``book``; others are made as they are asked for."""
        self.theme = theme
        self._named = {style.name.removeprefix(PREFIX): style for style in named_styles(theme)}
        for style in self._named.values():
            if style.name not in book.named_styles:
                book.add_named_style(style)
        self._cell = WriteOnlyCell(book.worksheets[0])
        self._numbers = numbers_of(theme, currency)
        self._made: dict[tuple[str, str], Style] = {}

    def of(self, role: str, number: str = "general") -> Style:
        """The style of a role of ROLES with a number format of NUMBERS."""
        key = (role, number)
        if key not in self._made:
            self._made[key] = self._make(ROLES[role], self._numbers[number])
        return self._made[key]

    def _make(self, role: Role, number: str) -> Style:
        named, cell = self._named[role.style], self._cell
        cell.style = named.name
        cell.font = self._font(role)
        cell.alignment = _alignment(role, named.alignment)
        cell.number_format = number
        return Style(cell.style_id)

    def _font(self, role: Role) -> Font:
        changes: dict[str, object] = {}
        if role.size:
            changes["sz"] = self._named[role.size].font.sz
        if role.bold is not None:
            changes["b"] = role.bold
        if role.underline:
            changes["u"] = "single"
        return _changed(self._named[role.type or role.style].font, changes)

    @property
    def verdict(self) -> dict[str, tuple[str, str]]:
        """The verdict's fill and the colour of the text on it, by the verdict's code."""
        fills: dict[str, str] = self.theme.verdict.model_dump()
        return {code: (fill, ink_on(fill, self.theme)) for code, fill in fills.items()}


def _alignment(role: Role, named: Alignment) -> Alignment:
    align = role.align or ("left" if role.indent else None)  # a text without a side ignores its indent
    changes: dict[str, object] = {"horizontal": align, "vertical": role.valign, "wrap_text": role.wrap}
    changes |= {"indent": role.indent or None, "shrink_to_fit": role.shrink or None}
    return _changed(named, {key: value for key, value in changes.items() if value is not None})


def _changed(part: _Part, changes: Mapping[str, object]) -> _Part:
    """A copy of a part of a style with some of its attributes changed."""
    made = copy(part)
    for key, value in changes.items():
        setattr(made, key, value)
    return made
